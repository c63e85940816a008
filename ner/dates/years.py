"""Which years a written year may be: cut to two or three digits, torn off, Republican, or not written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ner.dates.reading import WrittenYear
from registers.dates import Period

FIRST_YEAR = 1792
"""Civil status begins; cut years are sought from here."""
LAST_YEAR = 2049
LONGEST_PERIOD = 130
"""A period longer than this says nothing of a year that is not written."""
NEAR = 20
"""A two-digit year outside the period is taken for the one near it only within this many years."""
REPUBLICAN_YEARS = range(1, 15)


def gregorian_years(year: WrittenYear | None, period: Period | None) -> tuple[int, ...]:
    """The Gregorian years that a writing may mean, those of the period where any are; may be empty.

    A single digit is a torn year that says nothing.
    """
    if year is None:
        return _all_of(period)
    for digits in year.others if period is not None else ():
        found = _within(gregorian_years(WrittenYear(int(digits), digits), period), period)
        if found and not _within(gregorian_years(replace(year, others=()), period), period):
            return found
    if len(year.digits) >= 4 or year.value >= 1000:
        return (year.value,) if 1500 <= year.value <= LAST_YEAR else ()
    if len(year.digits) == 3:
        return _three_digits(year.value, period)
    if len(year.digits) == 2:
        return _two_digits(year.value, period)
    return _all_of(period)


def republican_years(year: WrittenYear | None) -> tuple[int, ...]:
    """The Republican years; every one where none is written, none for a Gregorian year."""
    if year is None:
        return tuple(REPUBLICAN_YEARS)
    return (year.value,) if year.value in REPUBLICAN_YEARS and len(year.digits) < 3 else ()


def _all_of(period: Period | None) -> tuple[int, ...]:
    if period is None or period.last.year - period.first.year > LONGEST_PERIOD:
        return ()
    return tuple(range(period.first.year, period.last.year + 1))


def _three_digits(value: int, period: Period | None) -> tuple[int, ...]:
    """ "898" is 1898; "182" has lost its last digit and is one of 1820 to 1829."""
    whole = [y for y in (1000 + value, 2000 + value) if FIRST_YEAR <= y <= LAST_YEAR]
    torn = [y for y in range(value * 10, value * 10 + 10) if FIRST_YEAR <= y <= LAST_YEAR]
    return _within(whole, period) or tuple(whole) or _within(torn, period) or tuple(torn)


def _two_digits(value: int, period: Period | None) -> tuple[int, ...]:
    years = [y for y in range(FIRST_YEAR, LAST_YEAR + 1) if y % 100 == value]
    if period is None:
        return tuple(years)
    inside = _within(years, period)
    if inside:
        return inside
    near = [y for y in years if period.first.year - NEAR <= y <= period.last.year + NEAR]
    return tuple(near) if len(near) == 1 else tuple(years)


def _within(years: Iterable[int], period: Period | None) -> tuple[int, ...]:
    if period is None:
        return ()
    return tuple(y for y in years if period.first.year <= y <= period.last.year)
