"""The places at which a letter speaks of its people."""

from __future__ import annotations

from dataclasses import dataclass

from ner.letters.kin import Kin
from ner.letters.letter import Identity
from registers.entry import Gender


@dataclass(frozen=True, slots=True)
class Ref:
    """Somebody spoken of at a place; `identity` is None for a relative who is never named.

    `told` is false for those who are named only to say of whom somebody is the child or spouse.
    """

    start: int
    end: int
    identity: Identity | None
    gender: Gender | None
    told: bool = True
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a letter: `sought` by the role of their name, `others` named beside; all places."""

    sought: tuple[Identity, ...]
    others: tuple[Identity, ...]
    refs: tuple[Ref, ...]
    kin: tuple[Kin, ...]
    pronouns: tuple[Ref, ...] = ()


Owners = tuple[Identity, ...] | None
"""None where the grammar does not tell, () where it tells somebody without a name."""
