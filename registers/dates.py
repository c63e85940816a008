"""Dates of civil-status acts: Gregorian and Republican, complete or partial, always bounded.

The Republican calendar was in force from 22 September 1792 (1 vendémiaire an I) to 31 December 1805
(10 nivôse an XIV). Twelve months of thirty days, then five complementary days, six in the years III,
VII and XI. Source for the first days of the years: the decrees of 5 October and 24 November 1793 (the
year begins at midnight of the day of the true autumnal equinox in Paris) and the senatus-consulte of
22 fructidor an XIII, which ended it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

REPUBLICAN_MONTHS = (
    "vendémiaire",
    "brumaire",
    "frimaire",
    "nivôse",
    "pluviôse",
    "ventôse",
    "germinal",
    "floréal",
    "prairial",
    "messidor",
    "thermidor",
    "fructidor",
    "jour complémentaire",
)
GREGORIAN_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
COMPLEMENTARY = 13
REPUBLICAN_FIRST_DAY = date(1792, 9, 22)
REPUBLICAN_LAST_DAY = date(1805, 12, 31)
_LEAP_YEARS = frozenset({3, 7, 11})
ROMAN_YEARS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
"""The years of the Republic as they are written, each at its own place."""


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    REPUBLICAN = "republican"


@dataclass(frozen=True, slots=True, order=True)
class RepublicanDay:
    """A day of the Republican calendar; month 13 holds the complementary days.

    Raises ValueError for a day that the calendar did not have while it was in force.
    """

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 14 or not 1 <= self.month <= COMPLEMENTARY:
            raise ValueError(f"not a Republican month: {self.month} of year {self.year}")
        if not 1 <= self.day <= republican_month_length(self.year, self.month):
            raise ValueError(f"not a Republican day: {self.day}/{self.month} of year {self.year}")
        if self.to_gregorian() > REPUBLICAN_LAST_DAY:
            raise ValueError("the Republican calendar ended on 10 nivôse an XIV")

    def to_gregorian(self) -> date:
        first = _year_start(self.year)
        return first + timedelta(days=(self.month - 1) * 30 + self.day - 1)

    @classmethod
    def from_gregorian(cls, day: date) -> RepublicanDay:
        """The Republican day; raises ValueError outside 22/09/1792 to 31/12/1805."""
        if not REPUBLICAN_FIRST_DAY <= day <= REPUBLICAN_LAST_DAY:
            raise ValueError(f"{day.isoformat()} is outside the Republican calendar")
        year = next(y for y in range(14, 0, -1) if _year_start(y) <= day)
        offset = (day - _year_start(year)).days
        return cls(year, offset // 30 + 1, offset % 30 + 1)

    def __str__(self) -> str:
        ordinal = "1er" if self.day == 1 else str(self.day)
        if self.month == COMPLEMENTARY:
            ordinal = f"{self.day}e" if self.day > 1 else "1er"
        return f"{ordinal} {REPUBLICAN_MONTHS[self.month - 1]} an {ROMAN_YEARS[self.year]}"


def republican_month_length(year: int, month: int) -> int:
    """Days of a Republican month: 30, or 5 or 6 complementary days."""
    if month < COMPLEMENTARY:
        return 30
    return 6 if year in _LEAP_YEARS else 5


def _year_start(year: int) -> date:
    leaps = sum(1 for leap in _LEAP_YEARS if leap < year)
    return REPUBLICAN_FIRST_DAY + timedelta(days=365 * (year - 1) + leaps)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day that a section covers, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends after it begins: {self.first} to {self.last}")

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        return cls(date(first, 1, 1), date(last, 12, 31))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Period:
        """The inverse of `str`; raises ValueError."""
        first, _, last = text.partition("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last))


@dataclass(frozen=True, slots=True)
class RegisterDate:
    """What a date cell says and what it means.

    `text` is what is written. `year`, `month`, `day` are Gregorian and each None unless certain (a day
    without its month is not kept). `earliest` and `latest` bound the date, by the section's period at
    worst, and are None only when there is no period either. `republican` is set when the calendar is
    Republican and the day is certain.
    """

    text: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    year: int | None = None
    month: int | None = None
    day: int | None = None
    earliest: date | None = None
    latest: date | None = None
    republican: RepublicanDay | None = None

    @property
    def iso(self) -> str:
        """YYYY-MM-DD, shorter when partial, empty when not known."""
        if self.year is None:
            return ""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def exact(self) -> date | None:
        """The day, when it is certain."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @classmethod
    def of_day(cls, day: date, *, text: str = "", calendar: Calendar = Calendar.GREGORIAN) -> RegisterDate:
        republican = RepublicanDay.from_gregorian(day) if calendar is Calendar.REPUBLICAN else None
        return cls(text, calendar, day.year, day.month, day.day, day, day, republican)

    @classmethod
    def unknown(cls, text: str = "", period: Period | None = None) -> RegisterDate:
        return cls(text, earliest=period.first if period else None, latest=period.last if period else None)


def month_bounds(year: int, month: int) -> Period:
    """First and last day of a Gregorian month."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
