"""Every span of years that a letter may mean: written, one of a list, counted from a year, by an age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ner.letters.dates import YEAR, Years, other_years_in, years_in
from ner.letters.relative import BOTH, ages_in, by_wars, steps_in
from ner.letters.words import flat

_NEAREST = 4
MOST = 60
"""Spans of years of a letter that are weighed at most; the rules read a letter of more."""
_YOUNG = re.compile(
    r"\b(?P<n>\d{1,2}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|quelques) "
    r"(?P<unit>mois|semaines?|jours?)\b"
)


class Way(IntEnum):
    """How the years are told."""

    PLAIN = 1
    OF_SOMETHING_ELSE = 2
    FIRST = 3
    LAST = 4
    ONE_OF_MANY = 5
    BORN_BY_AGE = 6
    EVENT_BY_AGE = 7
    RELATIVE = 8
    BETWEEN_BOTH = 9
    BY_WAR = 10
    MONTHS_OLD = 12


@dataclass(frozen=True, slots=True)
class Told:
    """First and last year, where they are told, and the date they are counted from (else the same place)."""

    first: int | None
    last: int | None
    start: int
    end: int
    base_start: int
    base_end: int
    way: Way

    @property
    def years(self) -> tuple[int | None, int | None]:
        return self.first, self.last


def told_years(text: str) -> tuple[Told, ...]:
    """What the years of an act may be by the text, without saying whose or which act's."""
    plain = flat(text)
    written = sorted(
        [(years, Way.PLAIN) for years in years_in(text)]
        + [(years, Way.OF_SOMETHING_ELSE) for years in other_years_in(text)],
        key=lambda pair: pair[0].start,
    )
    found: list[Told] = []
    for years, way in written:
        found += _of_written(plain, years, way)
    closed = [years for years, _ in written if years.first is not None and years.last is not None]
    found += _counted(plain, closed)
    return tuple(found)


def _of_written(plain: str, years: Years, way: Way) -> Iterator[Told]:
    place = (years.start, years.end)
    yield Told(years.first, years.last, *place, *place, way)
    if years.first is not None and years.last is not None and years.last - years.first > 1:
        yield Told(years.first, years.first, *place, *place, Way.FIRST)
        yield Told(years.last, years.last, *place, *place, Way.LAST)
    for match in re.finditer(YEAR, plain[years.start : years.end]):
        year = int(match[0])
        if year not in (years.first, years.last):
            start, end = years.start + match.start(), years.start + match.end()
            yield Told(year, year, start, end, *place, Way.ONE_OF_MANY)


def _counted(plain: str, closed: Sequence[Years]) -> Iterator[Told]:
    exact = [years for years in closed if (years.last or 0) - (years.first or 0) <= 1]
    for age in ages_in(plain):
        for years in _near(age.start, exact):
            yield _shifted(years, age.start, age.end, (-age.age - 1, -age.age), Way.BORN_BY_AGE)
            yield _shifted(years, age.start, age.end, (age.age, age.age + 1), Way.EVENT_BY_AGE)
    for match in _YOUNG.finditer(plain):
        whole = int(match["n"]) // 12 if match["n"].isdigit() and match["unit"] == "mois" else 0
        for years in _near(match.start(), exact)[:2]:
            yield _shifted(years, *match.span(), (-whole - 1, -whole), Way.MONTHS_OLD)
    for start, end, step, _ in steps_in(plain):
        for years in _near(start, closed):
            yield _shifted(years, start, end, step, Way.RELATIVE)
    for match in BOTH.finditer(plain):
        before = [years.first for years in exact if years.end <= match.start() and years.first is not None]
        if len(before) > 1:
            yield Told(min(before[-2:]), max(before[-2:]), *match.span(), *match.span(), Way.BETWEEN_BOTH)
    for years in by_wars(plain):
        place = (years.start, years.end)
        yield Told(years.first, years.last, *place, *place, Way.BY_WAR)


def _near(at: int, pool: Sequence[Years]) -> list[Years]:
    return sorted(pool, key=lambda years: abs(years.start - at))[:_NEAREST]


def _shifted(years: Years, start: int, end: int, step: tuple[int, int], way: Way) -> Told:
    first, last = (years.first or 0) + step[0], (years.last or 0) + step[1]
    return Told(first, last, start, end, years.start, years.end, way)
