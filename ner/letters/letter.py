"""What was found in a letter, before it is brought together."""

from __future__ import annotations

from dataclasses import dataclass, field

from ner.letters.dates import Years
from ner.letters.layout import Layout
from ner.letters.person import Person
from ner.letters.words import KindWord


@dataclass(slots=True)
class Identity:
    """One person who is sought, with every place where the letter names them."""

    person: Person
    mentions: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Letter:
    """What was found in a letter, before it is brought together."""

    plain: str
    layout: Layout
    people: tuple[Person, ...]
    words: tuple[KindWord, ...]
    years: tuple[Years, ...]

    def sentence(self, at: int) -> int:
        return self.layout.sentence(at)
