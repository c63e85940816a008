"""How a writer puts a date or a name on paper."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from registers.dates import (
    COMPLEMENTARY,
    GREGORIAN_MONTHS,
    REPUBLICAN_LAST_DAY,
    REPUBLICAN_MONTHS,
    Calendar,
    RepublicanDay,
)
from samples.generator.model import Act, DateStyle, Habits, NameStyle, Person
from samples.generator.names import abbreviate, capitals, ordinary_capitals

_TAIL_MONTHS = {9: ("7bre",), 10: ("8bre",), 11: ("9bre",), 12: ("xbre", "Xbre", "10bre")}
_REPUBLICAN_ABBREVIATED = (
    "vend.", "brum.", "frim.", "niv.", "pluv.", "vent.", "germ.", "flor.", "prair.", "mess.",
    "therm.", "fruct.",
)  # fmt: skip
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")


@dataclass(frozen=True, slots=True)
class Writer:
    """A person at work: habits, and the choices that this person made once and keeps to."""

    habits: Habits
    ditto_sign: str | None
    december: str
    small_months: bool
    roman_years: bool
    short_republican: bool

    @classmethod
    def at_work(cls, habits: Habits, choices: random.Random) -> Writer:
        return cls(
            habits=habits,
            ditto_sign=choices.choice(habits.ditto_signs) if habits.ditto_signs else None,
            december=choices.choice(_TAIL_MONTHS[12]),
            small_months=choices.random() < 0.35,
            roman_years=choices.random() < 0.6,
            short_republican=choices.random() < 0.25,
        )

    def surname(self, surname: str) -> str:
        return capitals(surname) if self.habits.surname_capitals else surname

    def surname_value(self, surname: str) -> str:
        """What the written surname reads as: accents that capitals never bore are not restored."""
        return ordinary_capitals(surname) if self.habits.surname_capitals else surname

    def given_names(self, person: Person, choices: random.Random) -> str:
        written = [
            abbreviate(name, choices) if choices.random() < self.habits.abbreviations else name
            for name in person.given_names
        ]
        return " ".join(written)

    def in_one_cell(self, surname: str, given_names: str, remark: str = "", *, ditto: bool = False) -> str:
        """Surname (or its ditto) and given names in one cell; a remark follows the given names."""
        style = self.habits.name_style
        rest = f"{given_names} {remark}".strip()
        if style is NameStyle.PARENTHESES:
            return f"{surname} ({given_names}) {remark}".strip()
        if style is NameStyle.DASH:
            return f"{surname} - {rest}"
        if style is NameStyle.COMMA and not ditto:
            return f"{surname}, {rest}"
        return f"{surname} {rest}"

    def remark(self, act: Act) -> str:
        """ "reconnue ANDRÉ": the other surname as surnames are written here."""
        word, _, surname = act.remark.partition(" ")
        return f"{word} {self.surname(surname)}".strip()

    def day(self, day: date, before: date | None, choices: random.Random) -> tuple[str, Calendar]:
        """The date as written; `before` is the day of the row above, where dittos may refer to it."""
        style = self.habits.date_style
        if style is DateStyle.REPUBLICAN and day <= REPUBLICAN_LAST_DAY:
            return self._republican(RepublicanDay.from_gregorian(day)), Calendar.REPUBLICAN
        if style is DateStyle.NUMERIC:
            return f"{day.day:02d}/{day.month:02d}/{day.year}", Calendar.GREGORIAN
        month = self._month(day, before, choices)
        return f"{_ordinal(day.day)} {month} {self._year(day.year)}", Calendar.GREGORIAN

    def _month(self, day: date, before: date | None, choices: random.Random) -> str:
        same = before is not None and before.month == day.month
        if same and choices.random() < self.habits.month_dittos:
            return "id"
        shortens = self.habits.date_style in (DateStyle.SHORT_YEAR, DateStyle.THREE_DIGITS)
        if shortens and day.month >= 9 and choices.random() < 0.95:
            return self.december if day.month == 12 else _TAIL_MONTHS[day.month][0]
        month = GREGORIAN_MONTHS[day.month - 1]
        return month if self.small_months else month.capitalize()

    def _year(self, year: int) -> str:
        digits = {DateStyle.SHORT_YEAR: 2, DateStyle.THREE_DIGITS: 3}.get(self.habits.date_style, 4)
        return str(year)[-digits:]

    def _republican(self, day: RepublicanDay) -> str:
        year = _ROMAN[day.year] if self.roman_years else str(day.year)
        if day.month == COMPLEMENTARY:
            ordinal = "1er" if day.day == 1 else f"{day.day}e"
            return f"{ordinal} jour complémentaire an {year}"
        month = (
            _REPUBLICAN_ABBREVIATED[day.month - 1]
            if self.short_republican
            else REPUBLICAN_MONTHS[day.month - 1]
        )
        return f"{_ordinal(day.day)} {month} an {year}"


def _ordinal(day: int) -> str:
    return "1er" if day == 1 else str(day)
