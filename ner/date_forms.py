"""The other way round: the forms in which a register writes a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registers.dates import Calendar, Period
from registers.knowledge import Holds


class MonthStyle(StrEnum):
    FULL = "full"
    SHORT = "short"
    BRE = "bre"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a hand writes dates; None leaves every habit open."""

    month: MonthStyle | None = None
    year_digits: int | None = None
    calendar: Calendar | None = None


def written_forms(day: date, style: DateStyle | None = None) -> tuple[str, ...]:
    """The forms in which a hand of this style writes the day, the most usual first."""
    return ()


class DateAcceptor:
    """All days of a period, as a hand may write them (registers.knowledge.Acceptor)."""

    def __init__(self, period: Period, style: DateStyle | None = None) -> None:
        self.period = period
        self.style = style

    @property
    def holds(self) -> Holds:
        return Holds.DATE

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()
