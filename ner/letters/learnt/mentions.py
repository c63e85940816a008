"""Who and what a letter names: mentions brought together into people, surnames and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lexicon.fold import fold
from ner.letters.learnt.tokens import Range, Tokens

Part = Literal["G", "S", "P"]
"""Given names, a surname or a place."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The tokens of a name, the end excluded."""

    first: int
    end: int
    part: Part

    @property
    def range(self) -> Range:
        return self.first, self.end


@dataclass(slots=True)
class Named:
    """A surname or a place, with every place where it stands."""

    key: str
    text: str
    mentions: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class Somebody:
    """A person known by given names; `surname` (folded) is the one that stands beside them, or ""."""

    key: str
    text: str
    surname: str
    mentions: list[Range] = field(default_factory=list)


def named(tokens: Tokens, mentions: Sequence[Mention], part: Part) -> list[Named]:
    """The surnames or places of a letter, each once."""
    found: dict[str, Named] = {}
    for mention in mentions:
        if mention.part == part:
            text = tokens.between(*mention.range)
            found.setdefault(fold(text), Named(fold(text), text)).mentions.append(mention.range)
    return list(found.values())


def people(tokens: Tokens, mentions: Sequence[Mention]) -> list[Somebody]:
    """The people of a letter, each once: "Paul" is the "Paul Louis" or the "Paul Vidal" named elsewhere."""
    behind = {mention.first: mention for mention in mentions if mention.part == "S"}
    before = {mention.end: mention for mention in mentions if mention.part == "S"}
    found: list[Somebody] = []
    given = [mention for mention in mentions if mention.part == "G"]
    keys = {mention: fold(tokens.between(*mention.range)) for mention in given}
    for mention in sorted(given, key=lambda mention: (-len(keys[mention].split()), mention.first)):
        beside = behind.get(mention.end) or before.get(mention.first)
        surname = fold(tokens.between(*beside.range)) if beside else ""
        same = [person for person in found if _may_be(person, keys[mention], surname)]
        if same:
            nearest = min(same, key=lambda person: _distance(person, mention.first))
            nearest.mentions.append(mention.range)
            nearest.surname = nearest.surname or surname
        else:
            text = tokens.between(*mention.range)
            found.append(Somebody(keys[mention], text, surname, [mention.range]))
    for person in found:
        person.mentions.sort()
    return sorted(found, key=lambda person: person.mentions[0])


def _may_be(person: Somebody, given: str, surname: str) -> bool:
    if person.surname and surname and person.surname != surname:
        return False
    words = person.key.split()
    shorter = len(given.split()) < len(words)
    return person.key == given or (shorter and given in (words[0], " ".join(words[:2])))


def _distance(person: Somebody, at: int) -> int:
    return min(abs(at - first) for first, _ in person.mentions)
