"""Which words of a date are its day, its month and its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ner.date_months import MonthReading
from ner.date_numbers import from_words
from ner.date_tokens import DateWord, Token, words_of
from registers.dates import Calendar


class _Ditto:
    """The part is taken from the row above."""

    def __repr__(self) -> str:
        return "DITTO"


DITTO: Final = _Ditto()


@dataclass(frozen=True, slots=True)
class WrittenYear:
    """A year as written: `digits` keeps leading zeros and length; `marked` by "an", `roman` in Roman.

    `others` are the digits that it may have been where it was misread.
    """

    value: int
    digits: str = ""
    marked: bool = False
    roman: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateReading:
    """The parts of a date before the period resolves them; None where a part is not written.

    `months` is empty where none is written; `month_illegible` where something stands in its place.
    `used` are the words that belong to the date.
    """

    day: int | _Ditto | None = None
    months: tuple[MonthReading, ...] | _Ditto = ()
    year: WrittenYear | _Ditto | None = None
    month_illegible: bool = False
    year_illegible: bool = False
    repaired: bool = False
    used: tuple[DateWord, ...] = ()

    @property
    def empty(self) -> bool:
        return self.day is None and self.months == () and self.year is None

    @property
    def has_ditto(self) -> bool:
        return DITTO in (self.day, self.months, self.year)


_SKIPPED = frozenset({Token.FILLER, Token.POINT, Token.DASH})


def read_date(text: str) -> DateReading:
    """The parts of the first date that a text writes; an empty reading where there is none."""
    words = words_of(text)
    if not words:
        return DateReading()
    month = _month_at(words)
    if month is not None:
        return _around_month(words, month)
    return _without_month(words)


def _month_at(words: Sequence[DateWord]) -> int | None:
    """The month's place: the cheapest month word, one beside a number before one that stands alone."""
    best: tuple[bool, float, int] | None = None
    for index, word in enumerate(words):
        if not word.months:
            continue
        before = _neighbour(words, index, -1)
        after = _neighbour(words, index, 1)
        numbered = _numeric(before) or (_numeric(after) and word.token is Token.MONTH)
        if not numbered and word.repaired:
            continue
        if word.token is Token.NUMBER_WORD and not (_numeric(before) and not (after and after.months)):
            continue
        rank = (not numbered, word.months[0].cost, index)
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def _neighbour(words: Sequence[DateWord], index: int, step: int) -> DateWord | None:
    index += step
    while 0 <= index < len(words):
        if words[index].token not in _SKIPPED:
            return words[index]
        index += step
    return None


def _numeric(word: DateWord | None) -> bool:
    return word is not None and word.token in (Token.NUMBER, Token.NUMBER_WORD)


def _around_month(words: Sequence[DateWord], at: int) -> DateReading:
    words, at = _rejoined(words, at)
    month = words[at]
    day, day_words = _day_before(words, at)
    year, year_words = _year_after(words, at + 1, republican=month.months[0].calendar is Calendar.REPUBLICAN)
    if day is None and isinstance(year, WrittenYear) and not year.marked and 1 <= year.value <= 31:
        later, later_words = _year_after(words, words.index(year_words[-1]) + 1, republican=False)
        if later is not None:
            day, day_words, year, year_words = year.value, year_words, later, later_words
    if year is None:
        year, year_words = _year_before(words, at, day_words)
    used = (*day_words, month, *year_words)
    return DateReading(
        day,
        month.months,
        year,
        year_illegible=year is None and any(w.token is Token.ILLEGIBLE for w in words[at + 1 :]),
        repaired=any(w.repaired for w in used),
        used=_with_marks(words, used),
    )


def _rejoined(words: Sequence[DateWord], at: int) -> tuple[list[DateWord], int]:
    """The words with numbers that a speck tore put together ("19.15", "2.2 mai"); beside a written month
    a point parts no numbers."""
    joined: list[DateWord] = []
    month = words[at]
    for word in words:
        torn = joined[-2:]
        if (
            len(torn) == 2
            and word.token is torn[0].token is Token.NUMBER
            and torn[1].token is Token.POINT
            and torn[0].end == torn[1].start
            and torn[1].end == word.start
            and len(torn[0].digits + word.digits) <= 4
        ):
            digits = torn[0].digits + word.digits
            joined[-2:] = [replace(torn[0], end=word.end, number=int(digits), digits=digits, repaired=True)]
        else:
            joined.append(word)
    return joined, joined.index(month)


def _day_before(words: Sequence[DateWord], at: int) -> tuple[int | _Ditto | None, tuple[DateWord, ...]]:
    index = at - 1
    while index >= 0 and words[index].token in _SKIPPED:
        index -= 1
    if index < 0:
        return None, ()
    if words[index].token is Token.DITTO:
        return DITTO, (words[index],)
    word = words[index]
    if word.token is Token.OTHER and word.roman and word.number is not None:
        word = replace(word, token=Token.NUMBER, repaired=True)  # "ll" is eleven sooner than two in Roman
    if word.token is Token.NUMBER:
        number = word.number
        return (number, (word,)) if number is not None and 1 <= number <= 31 else (None, ())
    run = _number_words_ending(words, index)
    value = from_words([w.folded for w in run])
    if value is not None and 1 <= value <= 31:
        return value, run
    return (word.roman, (word,)) if word.roman and len(word.folded) > 1 else (None, ())


def _number_words_ending(words: Sequence[DateWord], index: int) -> tuple[DateWord, ...]:
    first = index + 1
    while first > 0 and (
        words[first - 1].token is Token.NUMBER_WORD
        or (first <= index and (words[first - 1].folded == "et" or words[first - 1].token is Token.DASH))
    ):
        first -= 1
    return tuple(w for w in words[first : index + 1] if w.token is Token.NUMBER_WORD)


def _year_after(
    words: Sequence[DateWord], index: int, *, republican: bool
) -> tuple[WrittenYear | _Ditto | None, tuple[DateWord, ...]]:
    marked = False
    while index < len(words) and (words[index].token in _SKIPPED or words[index].token is Token.YEAR_MARK):
        if words[index].folded == "(":
            return None, ()
        marked = marked or words[index].token is Token.YEAR_MARK
        index += 1
    if index == len(words):
        return None, ()
    word = words[index]
    if word.token is Token.DITTO:
        return DITTO, (word,)
    if word.token is Token.NUMBER and word.number is not None:
        return _digits_year(words, index, marked=marked)
    if word.roman and (marked or republican):
        return WrittenYear(word.roman, marked=marked, roman=True), (word,)
    return _year_in_words(words, index, marked=marked)


def _year_in_words(
    words: Sequence[DateWord], index: int, *, marked: bool
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """ "an cinq", "mil huit cent quatre-vingt-trois"."""
    end = index
    while end < len(words) and (
        words[end].token in (Token.NUMBER_WORD, Token.DASH) or words[end].folded == "et"
    ):
        end += 1
    run = tuple(w for w in words[index:end] if w.token is Token.NUMBER_WORD)
    value = from_words([w.folded for w in run])
    if value is None:
        return None, ()
    if value % 100 == 0 and end < len(words) and len(words[end].digits) == 2:
        value, run = value + int(words[end].digits), (*run, words[end])  # "mil huit cent 84"
    return WrittenYear(value, str(value), marked=marked), run


def _digits_year(
    words: Sequence[DateWord], index: int, *, marked: bool
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """A year in digits, also when a reader tore it ("18 83", "188-9")."""
    word = words[index]
    behind = [w for w in words[index + 1 : index + 3] if w.token is not Token.DASH]
    after = behind[0] if behind else None
    if (
        word.digits[:2] in ("17", "18", "19")
        and after is not None
        and after.token is Token.NUMBER
        and len(word.digits + after.digits) == 4
        and after.start - word.end <= 1
    ):
        digits = word.digits + after.digits
        return WrittenYear(int(digits), digits, marked), (word, after)
    return WrittenYear(word.number or 0, word.digits, marked, others=word.other_digits), (word,)


def _year_before(
    words: Sequence[DateWord], at: int, day_words: tuple[DateWord, ...]
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """A year that stands first: "1883, 4 juin", "an XII, 26 messidor", "Mil huit cent dix, le trois mars"."""
    first = min((word.start for word in day_words), default=words[at].start)
    for index, word in enumerate(words[:at]):
        if word.start >= first:
            break
        if word.token is Token.NUMBER and len(word.digits) == 4:
            return _plain_year(word), (word,)
        if word.token is Token.YEAR_MARK or word.folded in ("mil", "mille"):
            before = [w for w in words[:at] if w.start < first]
            year, used = _year_after(before, index, republican=True)
            return (year, used) if isinstance(year, WrittenYear) else (None, ())
    return None, ()


def _with_marks(words: Sequence[DateWord], used: Sequence[DateWord]) -> tuple[DateWord, ...]:
    """The used words with the fillers and "an" between and right behind them."""
    if not used:
        return ()
    starts = {word.start for word in used}
    places = [index for index, word in enumerate(words) if word.start in starts]
    first, last = min(places), max(places)
    while last + 1 < len(words) and (
        words[last + 1].token is Token.FILLER or words[last + 1].folded in ".,;:"
    ):
        last += 1
    while first > 0 and words[first - 1].token in (Token.FILLER, Token.YEAR_MARK):
        first -= 1
    loose = (Token.FILLER, Token.POINT, Token.DASH, Token.YEAR_MARK)
    return tuple(w for i, w in enumerate(words[first : last + 1], first) if w.token in loose or i in places)


def _without_month(words: Sequence[DateWord]) -> DateReading:
    """Numeric dates, dittos on the month, a year or a day alone, an illegible month."""
    solid = [w for w in words if w.token not in (Token.POINT, Token.FILLER, Token.YEAR_MARK)]
    dittos_only = all(w.token in (Token.DITTO, Token.DASH) for w in solid)
    if solid and dittos_only:
        return DateReading(DITTO, DITTO, DITTO, used=tuple(words))
    shape = _shape(solid)
    numbers = [w for w in solid if w.token is Token.NUMBER]
    if shape[:3] in ("n.n.n", "nnn") or shape.replace("-", "")[:3] == "nnn":
        return _numeric_date(words, numbers)
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
        used=_with_marks(words, numbers[:3]),
    )


def _ditto_month(words: Sequence[DateWord], solid: Sequence[DateWord], shape: str) -> DateReading | None:
    """A day and a ditto, a Roman month or something illegible: "12 id 92", "3 VII 1862", "21 § 89"."""
    if shape == "ddn":
        reading = DateReading(DITTO, DITTO, _plain_year(solid[2]))
    elif shape == "dn":
        reading = DateReading(None, DITTO, _plain_year(solid[1]))
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
        used=_with_marks(words, used),
    )


def _from_shape(solid: Sequence[DateWord], shape: str) -> DateReading:
    """The reading of a day followed by a ditto, a dash, a Roman month or an illegible one."""
    day = solid[0].number if shape[:1] == "n" else None
    if day is None or not 1 <= day <= 31 or len(shape) < 2:
        return DateReading()
    year: WrittenYear | _Ditto | None = _plain_year(solid[2]) if shape[2:3] == "n" else None
    if shape[1] in "d-":
        if shape[2:3] in ("", "d", "-"):
            year = DITTO
        return DateReading(day, DITTO, year)
    if shape[1:3] == "rn" and (solid[1].roman or 13) <= 12:
        return DateReading(day, (MonthReading(Calendar.GREGORIAN, solid[1].roman or 0),), year)
    if shape[1:3] in ("?n", "xn", "rn", "wn"):
        return DateReading(day, (), year)
    return DateReading()


def _plain_year(word: DateWord) -> WrittenYear:
    return WrittenYear(word.number or 0, word.digits, others=word.other_digits)


def _two_numbers(words: Sequence[DateWord], solid: Sequence[DateWord]) -> DateReading | None:
    """ "3.7" is a day and a month, "12 92" a day and a year whose month is not written."""
    day, other = solid[0].number, solid[1]
    repaired = any(w.repaired for w in solid)
    used = _with_marks(words, solid)
    if other.number and other.number <= 12 and len(other.digits) <= 2:
        months = (MonthReading(Calendar.GREGORIAN, other.number),)
        return DateReading(day, months, repaired=repaired, used=used)
    if other.number is not None and len(other.digits) >= 2 and other.number > 31:
        year = _plain_year(other)
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
        found, used = _year_after(words, marks[0], republican=True)
        year = found if isinstance(found, WrittenYear) else None
    full = [word for word in numbers if len(word.digits) == 4]
    if year is None and full:
        year, used = _plain_year(full[0]), (full[0],)
    if year is None and len(solid) == len(numbers) == 1 and len(numbers[0].digits) in (1, 2):
        lone = numbers[0]
        if lone.number and 1 <= lone.number <= 31:
            return DateReading(lone.number, month_illegible=True, repaired=lone.repaired, used=(lone,))
        year, used = (_plain_year(lone), (lone,)) if lone.number else (None, ())
    if year is None:
        return DateReading()
    return DateReading(year=year, repaired=any(w.repaired for w in used), used=_with_marks(words, used))
