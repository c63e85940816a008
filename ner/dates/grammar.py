"""Which words of a date are its day, its month and its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ner.dates.parts import SKIPPED, day_before, days_joined, plain_year, with_marks, year_after
from ner.dates.reading import DateReading, WrittenYear
from ner.dates.shapes import read_without_month
from ner.dates.tokens import DateWord, Token, words_of
from registers.dates import Calendar


@lru_cache(maxsize=16384)
def read_date(text: str) -> DateReading:
    """The parts of the first date that a text writes; an empty reading where there is none."""
    words = words_of(text)
    if not words:
        return DateReading()
    month = _month_at(words)
    if month is not None:
        return _around_month(words, month)
    return read_without_month(words)


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
        if words[index].token not in SKIPPED:
            return words[index]
        index += step
    return None


def _numeric(word: DateWord | None) -> bool:
    return word is not None and word.token in (Token.NUMBER, Token.NUMBER_WORD)


def _around_month(words: Sequence[DateWord], at: int) -> DateReading:
    words, at = _rejoined(words, at)
    month = words[at]
    day, day_words = day_before(words, at)
    others, other_words = days_joined(words, day, day_words)
    year, year_words = year_after(words, at + 1, republican=month.months[0].calendar is Calendar.REPUBLICAN)
    if day is None and isinstance(year, WrittenYear) and not year.marked and 1 <= year.value <= 31:
        later, later_words = year_after(words, words.index(year_words[-1]) + 1, republican=False)
        if later is not None:
            day, day_words, year, year_words = year.value, year_words, later, later_words
    if year is None:
        year, year_words = _year_before(words, at, day_words)
    used = (*other_words, *day_words, month, *year_words)
    return DateReading(
        day,
        month.months,
        year,
        other_days=others,
        year_illegible=year is None and any(w.token is Token.ILLEGIBLE for w in words[at + 1 :]),
        repaired=any(w.repaired for w in used),
        used=with_marks(words, used),
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


def _year_before(
    words: Sequence[DateWord], at: int, day_words: tuple[DateWord, ...]
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """A year that stands first: "1883, 4 juin", "an XII, 26 messidor", "Mil huit cent dix, le trois mars"."""
    first = min((word.start for word in day_words), default=words[at].start)
    for index, word in enumerate(words[:at]):
        if word.start >= first:
            break
        if word.token is Token.NUMBER and len(word.digits) == 4:
            return plain_year(word), (word,)
        if word.token is Token.YEAR_MARK or word.folded in ("mil", "mille"):
            before = [w for w in words[:at] if w.start < first]
            year, used = year_after(before, index, republican=True)
            return (year, used) if isinstance(year, WrittenYear) else (None, ())
    return None, ()
