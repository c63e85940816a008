"""The other way round: the forms in which a register writes a day, for a reader that scores texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ner.dates.grammar import read_date
from ner.dates.reading import WrittenYear
from ner.dates.tokens import words_of
from registers.dates import (
    COMPLEMENTARY,
    GREGORIAN_MONTHS,
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    REPUBLICAN_MONTHS,
    ROMAN_YEARS,
    Calendar,
    Period,
    RepublicanDay,
)
from registers.knowledge import Holds

_T = TypeVar("_T")
_BARE_FIRST = math.log(0.15)
"""How much rarer "1 mai" is than "1er mai"."""


class MonthStyle(StrEnum):
    """How months are written: in full, cut ("Janv."), or September to December as 7bre to Xbre."""

    FULL = "full"
    SHORT = "short"
    BRE = "bre"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a hand writes dates; None leaves a habit open. `capital`: months begin with a capital."""

    month: MonthStyle | None = None
    year_digits: int | None = None
    capital: bool | None = None


_BRE = {9: ("7bre",), 10: ("8bre",), 11: ("9bre",), 12: ("xbre", "10bre")}
_SHORT = ("janv.", "fév.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_REPUBLICAN_SHORT = (
    *(
        "vend.",
        "brum.",
        "frim.",
        "niv.",
        "pluv.",
        "vent.",
        "germ.",
        "flor.",
        "prair.",
        "mess.",
        "therm.",
        "fruct.",
    ),
    "jour compl.",
)


def written_forms(
    day: date, style: DateStyle | None = None, *, calendar: Calendar = Calendar.GREGORIAN
) -> tuple[str, ...]:
    """The forms in which a hand of this style writes the day, the most usual first.

    Raises ValueError for a Republican form of a day outside that calendar.
    """
    style = style or DateStyle()
    if calendar is Calendar.REPUBLICAN:
        return tuple(dict.fromkeys(_republican(RepublicanDay.from_gregorian(day), style)))
    return tuple(dict.fromkeys(_gregorian(day, style)))


def _gregorian(day: date, style: DateStyle) -> Iterator[str]:
    numbers = ("1er", "1") if day.day == 1 else (str(day.day),)
    for number in numbers:
        for year in _years(day.year, style.year_digits):
            for month in _gregorian_months(day.month, style):
                yield f"{number} {month} {year}"


def _years(year: int, digits: int | None) -> tuple[str, ...]:
    full = f"{year:04d}"
    return (full, full[2:], full[1:]) if digits is None else (full[-digits:],)


def _gregorian_months(month: int, style: DateStyle) -> Iterator[str]:
    if style.month is not MonthStyle.SHORT:
        if month in _BRE and style.month is not MonthStyle.FULL:
            yield from _capitals(_BRE[month], style)
        if style.month is not MonthStyle.BRE or month not in _BRE:
            yield from _capitals((GREGORIAN_MONTHS[month - 1],), style)
    if style.month in (None, MonthStyle.SHORT):
        yield from _capitals((_SHORT[month - 1],), style)


def _capitals(words: Sequence[str], style: DateStyle) -> Iterator[str]:
    for word in words:
        if style.capital is not False:
            yield word[0].upper() + word[1:]
        if not style.capital:
            yield word


def _republican(day: RepublicanDay, style: DateStyle) -> Iterator[str]:
    usual = "1er" if day.day == 1 else f"{day.day}e" if day.month == COMPLEMENTARY else str(day.day)
    months = [REPUBLICAN_MONTHS[day.month - 1], _REPUBLICAN_SHORT[day.month - 1]]
    if style.month is not None:
        months = months[1:] if style.month is MonthStyle.SHORT else months[:1]
    for month in months:
        for written in _capitals((month,), style):
            for year in (f"an {ROMAN_YEARS[day.year]}", f"an {day.year}", str(day.year)):
                for number in dict.fromkeys((usual, str(day.day))):
                    yield f"{number} {written} {year}"


def learn_style(texts: Iterable[str]) -> DateStyle:
    """The habits of a hand, from the dates of its other rows; a habit it keeps in 9 of 10 is settled."""
    digits: Counter[int] = Counter()
    bre: Counter[bool] = Counter()
    capital: Counter[bool] = Counter()
    for text in texts:
        reading = read_date(text)
        if isinstance(reading.year, WrittenYear) and reading.year.digits:
            digits[len(reading.year.digits)] += 1
        for word in words_of(text):
            if word.months and word in reading.used:
                written = text[word.start : word.end].replace("^", "").lstrip("0123456789")
                capital[written[:1].isupper()] += 1
                if word.months[0].month >= 9 and word.months[0].calendar is Calendar.GREGORIAN:
                    bre["bre" in word.folded and len(word.folded) < 6] += 1
    style = None
    if _settled(bre) is not None:
        style = MonthStyle.BRE if _settled(bre) else MonthStyle.FULL
    return DateStyle(style, _settled(digits), _settled(capital))


def _settled(counts: Counter[_T]) -> _T | None:
    if counts.total() < 10:
        return None
    value, count = counts.most_common(1)[0]
    return value if count * 10 >= counts.total() * 9 else None


@cache
def _forms_of(period: Period, style: DateStyle | None) -> tuple[str, ...]:
    """Every form of every day, in both calendars where both were in use."""
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    forms = [form for day in days for form in written_forms(day, style)]
    for day in days:
        if REPUBLICAN_FIRST_DAY <= day <= REPUBLICAN_LAST_DAY:
            forms += written_forms(day, style, calendar=Calendar.REPUBLICAN)
    return tuple(dict.fromkeys(forms))


class DateAcceptor:
    """All days of a period, as a hand may write them (registers.knowledge.Acceptor).

    Every day is as likely as every other; forms of one day share its weight, a first without "er" has less
    of it: what looks like "1 mai" is more often "14 mai" with a pale 4.
    """

    def __init__(self, period: Period, style: DateStyle | None = None) -> None:
        self.period = period
        self.style = style

    @property
    def holds(self) -> Holds:
        return Holds.DATE

    def texts(self) -> tuple[str, ...]:
        """Every text that the acceptor knows."""
        return _forms_of(self.period, self.style)

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        """Forms near the raw reading, the nearest first, each with its log prior; all where it is empty."""
        texts = self.texts()
        usual = -math.log(max(len(texts), 1))
        near = near.replace("^", "").strip()
        if near:
            found = process.extract(near, texts, scorer=Levenshtein.distance, limit=max(limit, 0))
            texts = tuple(text for text, _, _ in found)
        return tuple(
            (text, usual + _BARE_FIRST if text.startswith("1 ") else usual) for text in texts[: max(limit, 0)]
        )
