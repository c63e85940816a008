"""What the index keeps of an entry, in the form in which both engines match it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.keys import given_tokens, surname_forms
from indexer.tiers import Role
from registers.query import IndexedEntry

LAST_DAY = 3_652_059
"""31 December 9999: the last possible day of an entry that only has a first."""
UNDATED = 2**31 - 1
"""What undated entries are sorted by."""


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """The names of an entry as they are compared, by role; its given names; its dates."""

    names: tuple[tuple[Role, str], ...]
    given: tuple[str, ...]
    spouse_given: tuple[str, ...]
    earliest: int | None
    latest: int | None


def terms_of(entry: IndexedEntry) -> EntryTerms:
    """The terms of an entry; a name that it has twice is kept in its best role."""
    names: dict[tuple[bool, str], Role] = {}
    for role, core_role, member_role, surname in _surnames(entry):
        forms = surname_forms(surname)
        if forms.full:
            names.setdefault((role >= Role.SPOUSE, forms.full), role)
        for part in forms.parts:
            names.setdefault((role >= Role.SPOUSE, part), core_role if part == forms.core else member_role)
    given = " ".join((entry.given_names, *entry.given_names_also))
    return EntryTerms(
        tuple((role, name) for (_, name), role in names.items()),
        given_tokens(given),
        given_tokens(entry.spouse_given_names),
        entry.earliest,
        entry.latest,
    )


def _surnames(entry: IndexedEntry) -> list[tuple[Role, Role, Role, str]]:
    """Each surname with its role and the roles of its core and members."""
    found = [(Role.SURNAME, Role.PART, Role.MEMBER, entry.surnames[0])] if entry.surnames else []
    for surname in entry.surnames[1:]:
        found.append((Role.CROSS_REFERENCE, Role.CROSS_REFERENCE, Role.CROSS_REFERENCE, surname))
    for surname in entry.surname_alternatives:
        found.append((Role.ALTERNATIVE, Role.ALTERNATIVE, Role.ALTERNATIVE, surname))
    if entry.spouse_surname:
        found.append((Role.SPOUSE, Role.SPOUSE_PART, Role.SPOUSE_MEMBER, entry.spouse_surname))
    return found


@lru_cache(maxsize=65536)
def decades(earliest: int | None, latest: int | None) -> tuple[int, ...]:
    """The first years of the decades in which the date may lie; none when it is not known.

    >>> decades(date(1888, 1, 1).toordinal(), date(1892, 1, 1).toordinal())
    (1880, 1890)
    """
    if earliest is None and latest is None:
        return ()
    first = date.fromordinal(earliest if earliest is not None else latest or 1).year
    last = date.fromordinal(latest if latest is not None else earliest or 1).year
    return tuple(range(first // 10 * 10, last // 10 * 10 + 1, 10))


def confidence_percent(confidence: float | None) -> int:
    """What results are sorted by: 0 to 100, an unknown confidence in the middle."""
    return 50 if confidence is None else round(100 * confidence)


def sort_date(earliest: int | None) -> int:
    """What results are sorted by: the first possible day, undated entries last."""
    return UNDATED if earliest is None else earliest
