"""The words of the page: French, English by the switch. Dates and numbers as each language writes them."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from registers.dates import Calendar, RegisterDate

LANGUAGES = ("fr", "en")
NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `word` looks up, the others format."""

    code: str
    words: dict[str, Any]

    def word(self, key: str, **values: object) -> str:
        """The text of a dotted key ("result.copy"), its {fields} filled; raises KeyError for none."""
        text: Any = self.words
        for part in key.split("."):
            text = text[part]
        return str(text).format(**values) if values else str(text)

    def count(self, key: str, number: int, **values: object) -> str:
        """The form for one or for many; `{n}` stands for the number."""
        many = number > 1 if self.code == "fr" else number != 1
        return self.word(f"{key}.{'many' if many else 'one'}", n=self.number(number), **values)

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", NARROW_SPACE if self.code == "fr" else ",")

    def day(self, when: datetime.date) -> str:
        """A day of ours: "3 mars 2026"."""
        return self._gregorian(RegisterDate.of_day(when))

    def date(self, when: RegisterDate) -> str:
        """A date in words; a Republican one with both calendars; empty when nothing is known."""
        gregorian = self._gregorian(when)
        if when.calendar is Calendar.REPUBLICAN and when.republican is not None:
            return f"{when.republican} ({gregorian})"
        return gregorian

    def _gregorian(self, when: RegisterDate) -> str:
        if when.year is None:
            return ""
        if when.month is None:
            return str(when.year)
        month = self.words["months"][when.month - 1]
        if when.day is None:
            return f"{month} {when.year}"
        day = self.word("first") if when.day == 1 else str(when.day)
        return f"{day} {month} {when.year}"


@cache
def language(code: str) -> Language:
    """The language of a code; French for one that there is not."""
    known = code if code in LANGUAGES else "fr"
    text = files("search_ui").joinpath("words", f"{known}.toml").read_text(encoding="utf-8")
    return Language(known, tomllib.loads(text))
