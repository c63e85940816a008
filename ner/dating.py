"""Dates of a section's rows, one after another: dittos need the date above, the period bounds them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ner.dates import ParsedDate, parse_date
from ner.rows import RowText
from registers.dates import Period, RegisterDate

_ENOUGH_DATES = 6
_LONGEST_PERIOD = 21


def read_dates(rows: Sequence[RowText], period: Period | None) -> tuple[ParsedDate, ...]:
    """The date of each row; `rows` are those of one section, in reading order."""
    parsed: list[ParsedDate] = []
    previous: RegisterDate | None = None
    for row in rows:
        found = parse_date(row.date_text, period=period, previous=previous)
        parsed.append(replace(found, date=replace(found.date, text=row.date_text)))
        if found.date.iso:
            previous = found.date
    return tuple(parsed)


def period_of_dates(rows: Sequence[RowText]) -> Period | None:
    """The years that the written dates span, for a section of which nothing else is known, or None.

    Only dates with a full year count; a few strays outside the main years are left out.
    """
    days = [found for row in rows if (found := parse_date(row.date_text).date.exact) is not None]
    if len(days) < _ENOUGH_DATES:
        return None
    years = _main_years(days)
    return Period.of_years(years[0], years[-1]) if years[-1] - years[0] < _LONGEST_PERIOD else None


def _main_years(days: Sequence[date]) -> list[int]:
    counts = Counter(day.year for day in days)
    floor = 0.02 * len(days)
    return sorted(year for year, count in counts.items() if count > floor)
