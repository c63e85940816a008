"""What both engines match: a query spelt out as weighted names, windows of time and filters.

The score of an entry is a whole number: the weight of its best surname, what its given names add, and how
close its date is. Whole numbers below 2**24 are exact in every engine, so that pages are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from registers.query import Expansion, Filters

EXACT = 1000
GIVEN_NAMES = 300
CLOSENESS_STEPS = 8


class Role(IntEnum):
    """What a surname is in an entry. The first five are the listed person's, the last three the spouse's.

    A PART is the surname without its particles, a MEMBER one of the names of a compound.
    """

    SURNAME = 0
    PART = 1
    MEMBER = 2
    CROSS_REFERENCE = 3
    ALTERNATIVE = 4
    SPOUSE = 5
    SPOUSE_PART = 6
    SPOUSE_MEMBER = 7


LISTED = (Role.SURNAME, Role.PART, Role.MEMBER, Role.CROSS_REFERENCE, Role.ALTERNATIVE)
SPOUSE = (Role.SPOUSE, Role.SPOUSE_PART, Role.SPOUSE_MEMBER)
ROLE_PENALTIES = {
    Role.SURNAME: 0,
    Role.PART: 150,
    Role.MEMBER: 390,
    Role.CROSS_REFERENCE: 60,
    Role.ALTERNATIVE: 80,
    Role.SPOUSE: 40,
    Role.SPOUSE_PART: 190,
    Role.SPOUSE_MEMBER: 430,
}


@dataclass(frozen=True, slots=True)
class WeightedName:
    """A name of the vocabulary, how well it answers what was asked, and in which ways it differs.

    Surnames weigh up to EXACT; given names up to their share of GIVEN_NAMES.
    """

    name: str
    weight: int
    asked: str = ""
    why: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """One person: any of these surnames (all, when `surnames` is None) and one at least of the given names.

    `given` holds, for each given name that was asked, the names that answer it.
    """

    surnames: tuple[WeightedName, ...] | None = None
    given: tuple[tuple[WeightedName, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the query: the person sought, the partner if any, and where they stand.

    `roles` says which of the entry's surnames answer for the person; where they are the spouse's, the
    partner is sought among the listed person's names, and the other way round.
    """

    person: Demand
    roles: tuple[Role, ...]
    partner: Demand | None = None
    partner_roles: tuple[Role, ...] = ()
    penalty: int = 0
    why: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Days between which an entry's date must lie wholly; ordinals of the proleptic Gregorian calendar."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dates:
    """`within` bounds what is found: an entry whose possible dates touch it, or that has no date at all.

    Each window of `closer` that holds an entry's date wholly adds a step of closeness; `core` is what was
    asked before it was widened.
    """

    within: Window
    core: Window
    closer: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiers:
    """A query spelt out over one vocabulary. `spellings` are the surnames that were tried, best first."""

    readings: tuple[Reading, ...]
    dates: Dates | None = None
    filters: Filters = field(default_factory=Filters)
    spellings: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """The highest score that an entry can have."""
        most = 0
        for reading in self.readings:
            demands = [reading.person, *([reading.partner] if reading.partner else [])]
            surnames = sum(EXACT for demand in demands if demand.surnames is not None)
            most = max(most, surnames + sum(GIVEN_NAMES for demand in demands if demand.given))
        return most * CLOSENESS_STEPS + (len(self.dates.closer) if self.dates else 0)


def role_weight(name: WeightedName, role: Role, penalty: int) -> int:
    """What a surname weighs in a role, at least 1."""
    return max(1, name.weight - ROLE_PENALTIES[role] - penalty)
