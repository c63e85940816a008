from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.dates import (
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    Calendar,
    Period,
    RegisterDate,
    RepublicanDay,
    republican_month_length,
)

DAYS = [
    REPUBLICAN_FIRST_DAY + timedelta(days=n)
    for n in range((REPUBLICAN_LAST_DAY - REPUBLICAN_FIRST_DAY).days + 1)
]


def test_every_day_of_the_calendar_goes_both_ways() -> None:
    assert len(DAYS) == 4848
    republican = [RepublicanDay.from_gregorian(day) for day in DAYS]
    assert [day.to_gregorian() for day in republican] == DAYS
    assert republican == sorted(set(republican))


@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [
        (1, 1, 1, "1792-09-22"),
        (2, 11, 9, "1794-07-27"),
        (3, 13, 6, "1795-09-22"),
        (4, 1, 1, "1795-09-23"),
        (8, 2, 18, "1799-11-09"),
        (12, 1, 1, "1803-09-24"),
        (14, 4, 10, "1805-12-31"),
    ],
)
def test_known_days(year: int, month: int, day: int, gregorian: str) -> None:
    assert RepublicanDay(year, month, day).to_gregorian() == date.fromisoformat(gregorian)


@pytest.mark.parametrize(
    "parts", [(0, 1, 1), (15, 1, 1), (2, 13, 6), (3, 13, 7), (2, 1, 31), (14, 4, 11), (2, 14, 1)]
)
def test_days_that_never_were(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Republican"):
        RepublicanDay(*parts)


def test_leap_years() -> None:
    assert [year for year in range(1, 15) if republican_month_length(year, 13) == 6] == [3, 7, 11]


@pytest.mark.parametrize("day", [date(1792, 9, 21), date(1806, 1, 1)])
def test_no_republican_day_outside_the_calendar(day: date) -> None:
    with pytest.raises(ValueError, match="outside"):
        RepublicanDay.from_gregorian(day)


def test_partial_dates_have_short_isos() -> None:
    assert RegisterDate().iso == ""
    assert RegisterDate(year=1883).iso == "1883"
    assert RegisterDate(year=1883, month=4).iso == "1883-04"
    assert RegisterDate(year=1883, month=4, day=3).iso == "1883-04-03"
    assert RegisterDate(year=1883, month=4).exact is None


def test_a_republican_day_keeps_both_calendars() -> None:
    day = RegisterDate.of_day(date(1794, 4, 19), calendar=Calendar.REPUBLICAN)
    assert day.republican == RepublicanDay(2, 7, 30)
    assert (day.iso, str(day.republican)) == ("1794-04-19", "30 germinal an II")


@given(st.dates(), st.dates())
def test_periods_are_read_back(a: date, b: date) -> None:
    period = Period(min(a, b), max(a, b))
    assert Period.parse(str(period)) == period
    assert a in period and b in period
