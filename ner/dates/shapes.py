"""Dates without a written month: numeric ones, dittos on the month, a year or a day alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ner.dates.months import MonthReading
from ner.dates.parts import plain_year, with_marks, year_after
from ner.dates.reading import DITTO, DateReading, DittoPart, WrittenYear
from ner.dates.tokens import DateWord, Token
from registers.dates import Calendar


def read_without_month(words: Sequence[DateWord]) -> DateReading:
    """Numeric dates, dittos on the month, a year or a day alone, an illegible month."""
    solid = [w for w in words if w.token not in (Token.POINT, Token.FILLER, Token.YEAR_MARK)]
    dittos_only = all(w.token in (Token.DITTO, Token.DASH) for w in solid)
    if solid and dittos_only:
        return DateReading(DITTO, DITTO, DITTO, used=tuple(words))
    shape = _shape(solid)
    numbers = [w for w in solid if w.token is Token.NUMBER]
    if shape[:3] in ("n.n.n", "nnn") or shape.replace("-", "")[:3] == "nnn":
        return _numeric_date(words, numbers)
    if shape == "n--" and (day := solid[0].number) is not None and 1 <= day <= 31:
        return DateReading(day, DITTO, DITTO, repaired=solid[0].repaired, used=with_marks(words, solid))
    plain = [w for w in solid if w.token is not Token.DASH or shape.count("-") == 1]
    return _ditto_month(words, plain, _shape(plain)) or _lone_numbers(words, numbers, solid)


def _shape(words: Sequence[DateWord]) -> str:
    """n a number, d a ditto, - a dash, r a Roman numeral, ? illegible, x another word."""
    letters = {
        Token.NUMBER: "n",
        Token.DITTO: "d",
        Token.DASH: "-",
        Token.ILLEGIBLE: "?",
        Token.NUMBER_WORD: "w",
    }
    return "".join(letters.get(w.token) or ("r" if w.roman else "x") for w in words)


def _numeric_date(words: Sequence[DateWord], numbers: Sequence[DateWord]) -> DateReading:
    first, second, third = numbers[:3]
    if len(first.digits) == 4:
        first, third = third, first
    day, month = first.number or 0, second.number or 0
    if not 1 <= day <= 31 or not 1 <= month <= 12 or second.repaired:
        return _lone_numbers(words, numbers, numbers)
    return DateReading(
        day,
        (MonthReading(Calendar.GREGORIAN, month),),
        WrittenYear(third.number or 0, third.digits),
        repaired=any(w.repaired for w in numbers[:3]),
        used=with_marks(words, numbers[:3]),
    )


def _ditto_month(words: Sequence[DateWord], solid: Sequence[DateWord], shape: str) -> DateReading | None:
    """A day and a ditto, a Roman month or something illegible: "12 id 92", "3 VII 1862", "21 § 89"."""
    if shape == "ddn":
        reading = DateReading(DITTO, DITTO, plain_year(solid[2]))
    elif shape == "dn":
        reading = DateReading(None, DITTO, plain_year(solid[1]))
    elif shape == "nn":
        return _two_numbers(words, solid)
    else:
        reading = _from_shape(solid, shape)
    if reading.empty:
        return None
    illegible = solid[1].token in (Token.ILLEGIBLE, Token.OTHER) and reading.months == ()
    used = [w for w in solid[:3] if not (illegible and w is solid[1])]
    return replace(
        reading,
        month_illegible=illegible,
        repaired=any(w.repaired for w in used),
        used=with_marks(words, used),
    )


def _from_shape(solid: Sequence[DateWord], shape: str) -> DateReading:
    """The reading of a day followed by a ditto, a dash, a Roman month or an illegible one."""
    day = solid[0].number if shape[:1] == "n" else None
    if day is None or not 1 <= day <= 31 or len(shape) < 2:
        return DateReading()
    year: WrittenYear | DittoPart | None = plain_year(solid[2]) if shape[2:3] == "n" else None
    if shape[1] in "d-":
        if shape[2:3] in ("", "d", "-"):
            year = DITTO
        return DateReading(day, DITTO, year)
    if shape[1:3] == "rn" and (solid[1].roman or 13) <= 12:
        return DateReading(day, (MonthReading(Calendar.GREGORIAN, solid[1].roman or 0),), year)
    if shape[1:3] in ("?n", "xn", "rn", "wn"):
        return DateReading(day, (), year)
    return DateReading()


def _two_numbers(words: Sequence[DateWord], solid: Sequence[DateWord]) -> DateReading | None:
    """ "3.7" is a day and a month, "12 92" a day and a year whose month is not written."""
    day, other = solid[0].number, solid[1]
    repaired = any(w.repaired for w in solid)
    used = with_marks(words, solid)
    if other.number and other.number <= 12 and len(other.digits) <= 2:
        months = (MonthReading(Calendar.GREGORIAN, other.number),)
        return DateReading(day, months, repaired=repaired, used=used)
    if other.number is not None and len(other.digits) >= 2 and other.number > 31:
        year = plain_year(other)
        return DateReading(day, (), year, month_illegible=True, repaired=repaired, used=used)
    return None


def _lone_numbers(
    words: Sequence[DateWord], numbers: Sequence[DateWord], solid: Sequence[DateWord]
) -> DateReading:
    """A year alone ("1883", "an XI"), or a day alone, which says nothing by itself."""
    year: WrittenYear | None = None
    used: tuple[DateWord, ...] = ()
    marks = [index for index, word in enumerate(words) if word.token is Token.YEAR_MARK]
    if marks:
        found, used = year_after(words, marks[0], republican=True)
        year = found if isinstance(found, WrittenYear) else None
    full = [word for word in numbers if len(word.digits) == 4]
    if year is None and full:
        year, used = plain_year(full[0]), (full[0],)
    if year is None and len(solid) == len(numbers) == 1 and len(numbers[0].digits) in (1, 2):
        lone = numbers[0]
        if lone.number and 1 <= lone.number <= 31:
            return DateReading(lone.number, month_illegible=True, repaired=lone.repaired, used=(lone,))
        year, used = (plain_year(lone), (lone,)) if lone.number else (None, ())
    if year is None:
        return DateReading()
    return DateReading(year=year, repaired=any(w.repaired for w in used), used=with_marks(words, used))
