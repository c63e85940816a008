"""The parts of a written date before the period resolves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ner.dates.months import MonthReading
from ner.dates.tokens import DateWord


class DittoPart:
    """The part is taken from the row above."""

    def __repr__(self) -> str:
        return "DITTO"


DITTO: Final = DittoPart()


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
    `other_days` are days that it may be as well ("12 ou 13 mars"), `used` the words that belong to the date.
    """

    day: int | DittoPart | None = None
    months: tuple[MonthReading, ...] | DittoPart = ()
    year: WrittenYear | DittoPart | None = None
    other_days: tuple[int, ...] = ()
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
