"""The parts of a date, the section's period and the row above -> the days that it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ner.dates.months import SURE_MARGIN, MonthReading
from ner.dates.reading import DITTO, DateReading, WrittenYear
from ner.dates.years import gregorian_years, republican_years
from registers.dates import (
    COMPLEMENTARY,
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    Calendar,
    Period,
    RegisterDate,
    RepublicanDay,
    month_bounds,
    republican_month_length,
)
from registers.entry import Flag

MOST_ALTERNATIVES = 12
_TORN_YEAR = 0.5
"""What a single digit for a Gregorian year costs: beside a Republican month it is a year of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day, or the span of a month or a year, that the writing may mean."""

    first: date
    last: date
    calendar: Calendar
    cost: float = 0.0

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def meets(self, period: Period) -> bool:
        return self.first <= period.last and period.first <= self.last


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the candidates come to."""

    date: RegisterDate
    flags: tuple[Flag, ...]
    alternatives: tuple[RegisterDate, ...] = ()


def resolve(
    text: str, reading: DateReading, period: Period | None, previous: RegisterDate | None
) -> Resolution:
    """The date of a reading inside the period; every day that fits as well is an alternative.

    An impossible date (31 June) has no day: it is bounded by its year and flagged, never guessed.
    """
    if reading.day is DITTO and reading.months is DITTO and reading.year is DITTO:
        return _as_above(text, period, previous)
    filled, headless = _without_dittos(reading, previous)
    flags: list[Flag] = [Flag.DITTO_WITHOUT_HEAD] if headless else []
    if filled.empty or (filled.months == () and filled.year is None):
        missing = Flag.DATE_AMBIGUOUS if not filled.empty else Flag.DATE_MISSING
        return Resolution(RegisterDate.unknown(text, period), (*flags, missing))
    candidates = list(_candidates(filled, period))
    if not candidates:
        return Resolution(_impossible(text, filled, period), (*flags, Flag.DATE_AMBIGUOUS))
    inside = [c for c in candidates if period is None or c.meets(period)]
    if not inside:
        flags.append(Flag.DATE_OUTSIDE_PERIOD)
    chosen = _likeliest(inside or candidates)
    if filled.repaired or min(c.cost for c in chosen) >= 0.2:
        flags.append(Flag.REPAIRED)
    return _settled(text, chosen, period if inside else None, filled, flags)


def _as_above(text: str, period: Period | None, previous: RegisterDate | None) -> Resolution:
    if previous is None or not previous.iso:
        return Resolution(RegisterDate.unknown(text, period), (Flag.DITTO_WITHOUT_HEAD, Flag.DATE_MISSING))
    flags = () if previous.exact else (Flag.DATE_AMBIGUOUS,)
    if period and previous.exact and previous.exact not in period:
        flags = (Flag.DATE_OUTSIDE_PERIOD,)
    return Resolution(replace(previous, text=text), flags)


def _without_dittos(reading: DateReading, previous: RegisterDate | None) -> tuple[DateReading, bool]:
    """The reading with what the row above lends it, and whether something could not be lent."""
    headless = False
    day, months, year = reading.day, reading.months, reading.year
    republican = previous.republican if previous else None
    if months is DITTO:
        months = ()
        if republican:
            months = (MonthReading(Calendar.REPUBLICAN, republican.month),)
        elif previous and previous.month and previous.calendar is Calendar.GREGORIAN:
            months = (MonthReading(Calendar.GREGORIAN, previous.month),)
        else:
            headless = True
    is_republican = bool(months) and months[0].calendar is Calendar.REPUBLICAN  # type: ignore[index]
    if year is DITTO:
        year = None
        if republican and is_republican:
            year = WrittenYear(republican.year, str(republican.year), marked=True)
        elif previous and previous.year:
            year = WrittenYear(previous.year, f"{previous.year:04d}")
        else:
            headless = True
    if day is DITTO:
        day = republican.day if republican and is_republican else previous.day if previous else None
        headless = headless or day is None
    return replace(reading, day=day, months=months, year=year), headless


def _candidates(reading: DateReading, period: Period | None) -> Iterator[Candidate]:
    year = reading.year if isinstance(reading.year, WrittenYear) else None
    day = reading.day if isinstance(reading.day, int) else None
    months = reading.months if isinstance(reading.months, tuple) else ()
    if not months:
        yield from _whole_years(year, period)
    for month in months:
        for one in (day, *reading.other_days):
            if month.calendar is Calendar.GREGORIAN:
                yield from _gregorian(one, month, year, period)
            else:
                yield from _republican(one, month, year, period)


def _whole_years(year: WrittenYear | None, period: Period | None) -> Iterator[Candidate]:
    if year is not None and (year.marked or year.roman) and republican_years(year):
        first = RepublicanDay(year.value, 1, 1).to_gregorian()
        last = (
            REPUBLICAN_LAST_DAY
            if year.value == 14
            else RepublicanDay(
                year.value, COMPLEMENTARY, republican_month_length(year.value, COMPLEMENTARY)
            ).to_gregorian()
        )
        yield Candidate(first, last, Calendar.REPUBLICAN)
        return
    for value in gregorian_years(year, period) if year is not None else ():
        yield Candidate(date(value, 1, 1), date(value, 12, 31), Calendar.GREGORIAN)


def _gregorian(
    day: int | None, month: MonthReading, year: WrittenYear | None, period: Period | None
) -> Iterator[Candidate]:
    years = gregorian_years(year, period)
    span: Period | None = None
    if year is not None and (year.marked or year.roman) and republican_years(year):
        only = next(_whole_years(year, period))
        span, years = Period(only.first, only.last), (only.first.year, only.last.year)
    torn = _TORN_YEAR if year is not None and len(year.digits) == 1 and span is None else 0.0
    if span is not None and month.cost > 0:
        torn = _TORN_YEAR  # beside a year of the Republic "Bre" is brumaire
    for value in years:
        found = _gregorian_span(value, month.month, day)
        if found and (span is None or found.first in span):
            yield Candidate(found.first, found.last, Calendar.GREGORIAN, month.cost + torn)


def _gregorian_span(year: int, month: int, day: int | None) -> Period | None:
    bounds = month_bounds(year, month)
    if day is None:
        return bounds
    return Period(date(year, month, day), date(year, month, day)) if 1 <= day <= bounds.last.day else None


def _republican(
    day: int | None, month: MonthReading, year: WrittenYear | None, period: Period | None
) -> Iterator[Candidate]:
    years: Sequence[int] = republican_years(year)
    only: set[int] | None = None
    if year is not None and not years:
        only = set(gregorian_years(year, Period(REPUBLICAN_FIRST_DAY, REPUBLICAN_LAST_DAY)))
        years = republican_years(None)
    if year is None and period is None:
        return
    for value in years:
        for found in _republican_span(value, month.month, day):
            if only is None or found.first.year in only:
                yield Candidate(found.first, found.last, Calendar.REPUBLICAN, month.cost)


def _republican_span(year: int, month: int, day: int | None) -> Iterator[Period]:
    try:
        if day is not None:
            only = RepublicanDay(year, month, day).to_gregorian()
            yield Period(only, only)
        else:
            first = RepublicanDay(year, month, 1).to_gregorian()
            last = RepublicanDay(year, month, republican_month_length(year, month)).to_gregorian()
            yield Period(first, min(last, REPUBLICAN_LAST_DAY))
    except ValueError:
        return


def _likeliest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The cheapest and those that cost hardly more, the same day once."""
    least = min(c.cost for c in candidates)
    kept: dict[tuple[date, date], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.cost, c.first)):
        if candidate.cost <= least + SURE_MARGIN:
            kept.setdefault((candidate.first, candidate.last), candidate)
    return list(kept.values())


def _settled(
    text: str, chosen: Sequence[Candidate], period: Period | None, reading: DateReading, flags: list[Flag]
) -> Resolution:
    if len(chosen) == 1 and chosen[0].is_day:
        settled = RegisterDate.of_day(chosen[0].first, text=text, calendar=chosen[0].calendar)
        return Resolution(settled, tuple(flags))
    flags.insert(0, Flag.DATE_AMBIGUOUS)
    first, last = min(c.first for c in chosen), max(c.last for c in chosen)
    if period is not None:
        first, last = max(first, period.first), min(last, period.last)
    years = {c.first.year for c in chosen} | {c.last.year for c in chosen}
    months = {c.first.month for c in chosen} | {c.last.month for c in chosen}
    days = {c.first.day for c in chosen} | {c.last.day for c in chosen}
    month = months.pop() if len(months) == 1 else None
    partial = RegisterDate(
        text,
        chosen[0].calendar,
        years.pop() if len(years) == 1 else None,
        month,
        days.pop() if month and len(days) == 1 and reading.day is not None else None,
        first,
        last,
    )
    days_only = [c for c in chosen if c.is_day][:MOST_ALTERNATIVES]
    others = tuple(RegisterDate.of_day(c.first, text=text, calendar=c.calendar) for c in days_only)
    return Resolution(partial, tuple(flags), others)


def _impossible(text: str, reading: DateReading, period: Period | None) -> RegisterDate:
    """A day that never was, bounded by the year as written where that lies in the period."""
    unknown = RegisterDate.unknown(text, period)
    year = reading.year if isinstance(reading.year, WrittenYear) else None
    months = reading.months if isinstance(reading.months, tuple) else ()
    if year and any(month.calendar is Calendar.REPUBLICAN for month in months) and republican_years(year):
        year = replace(year, marked=True)
    spans = list(_whole_years(year, period))
    if len(spans) != 1 or (period is not None and not spans[0].meets(period)):
        return unknown
    first, last = spans[0].first, spans[0].last
    if period is not None:
        first, last = max(first, period.first), min(last, period.last)
    return replace(unknown, earliest=first, latest=last)
