"""Dates of a section's rows, one after another: dittos need the date above, the period bounds them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from ner.alternatives import best_score
from ner.dates.mending import mend_digits
from ner.dates.parse import ParsedDate, parse_date
from ner.rows import RowText
from registers.dates import Period, RegisterDate
from registers.knowledge import Holds

_ENOUGH_DATES = 6
_LONGEST_PERIOD = 21
_MOST = 0.85


def read_dates(
    rows: Sequence[RowText], overflows: Sequence[str], period: Period | None
) -> tuple[ParsedDate, ...]:
    """The date of each row; `rows` are those of one section, in reading order.

    `overflows` are dates that stand in the name's cell, used where the row has no other.
    """
    parsed: list[ParsedDate] = []
    previous: RegisterDate | None = None
    for row, overflow in zip(rows, overflows, strict=True):
        text = row.date_text or overflow
        found = parse_date(text, period=period, previous=previous)
        parsed.append(replace(found, date=replace(found.date, text=text)))
        if found.date.iso:
            previous = found.date
    return mend_digits(parsed, [" ".join(row.written) for row in rows], period)


def other_days(row: RowText, date: RegisterDate, period: Period | None) -> dict[RegisterDate, float]:
    """The days that other readings of a row's date cell say, with the log probability that each lost; none
    where the date stands in several cells."""
    cells = row.cells.get(Holds.DATE, ())
    if len(cells) != 1 or cells[0].text.strip() != date.text:
        return {}
    best = best_score(cells[0])
    found: dict[RegisterDate, float] = {}
    for other in cells[0].alternatives:
        parsed = parse_date(other.text, period=period)
        if parsed.date.exact not in {None, date.exact} and not parsed.flags and not parsed.remainder:
            day = replace(parsed.date, text=date.text)
            found[day] = max(min(0.0, other.score - best), found.get(day, -inf))
    return found


def period_of_dates(rows: Sequence[RowText]) -> Period | None:
    """The years that the written dates span, for a section of which nothing else is known, or None.

    Only dates with a full year count; a few strays outside the main years are left out.
    """
    days = [found for row in rows if (found := parse_date(row.date_text).date.exact) is not None]
    if len(days) < _ENOUGH_DATES:
        return None
    counts = Counter(day.year for day in days)
    window = max((_window(counts, first) for first in counts), key=lambda found: sum(found.values()))
    if sum(window.values()) < _MOST * len(days):
        return None
    years = sorted(year for year, count in window.items() if count > 0.02 * len(days))
    return Period.of_years(years[0], years[-1])


def _window(counts: Counter[int], first: int) -> Counter[int]:
    """The years of the longest period that could begin in this year."""
    return Counter({year: n for year, n in counts.items() if first <= year < first + _LONGEST_PERIOD})
