"""A person where a letter names them, and what they are in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lexicon.fold import fold


class Role(StrEnum):
    """What a person is in a letter."""

    SOUGHT = "sought"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Person:
    """A person where the letter names them; `spouse` is the one named with them ("épouse X", "née Y").

    `writes`: the sender, who asks for an own act.
    """

    start: int
    end: int
    surname: str = ""
    given_names: str = ""
    spouse_surname: str = ""
    spouse_given_names: str = ""
    role: Role = Role.SOUGHT
    writes: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return fold(self.surname), fold(self.given_names)
