"""Entries to rows: the numbers of their names, lists of given names and facet groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from indexer.embedded.schema import ROLES, Rows, posting_key
from indexer.terms import LAST_DAY, UNDATED, confidence_percent, decades, terms_of
from indexer.tiers import Role
from registers.query import IndexedEntry

Group = tuple[str, str, int | None, int | None, str, str]
Numbering = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Encoded:
    """An entry as numbers: its posting keys, and the fields of its ROW behind `no`."""

    keys: list[int]
    row: tuple[int, int, int, int, int, int]


@dataclass(slots=True)
class Encoder:
    """Turns entries into numbers; what has no number yet gets one from the callables."""

    surname_number: Numbering
    list_number: Numbering
    group_number: Callable[[Group], int]

    def encode(self, entry: IndexedEntry) -> Encoded:
        terms = terms_of(entry)
        keys = [posting_key(self.surname_number(name), role) for role, name in terms.names]
        given = self.list_number(" ".join(terms.given))
        spouse_given = self.list_number(" ".join(terms.spouse_given))
        earliest, latest = _bounds(entry)
        group = self.group_number(_group(entry))
        confidence = confidence_percent(entry.confidence)
        return Encoded(keys, (group, earliest, latest, given, spouse_given, confidence))


def is_spouse(key: int) -> bool:
    """Whether a posting key's role is one of the spouse's."""
    return key % ROLES >= Role.SPOUSE


def swapped(rows: Rows) -> Rows:
    """Rows as they stand under the spouse's name: the two lists of given names change places."""
    turned = rows.copy()
    turned["given"], turned["other_given"] = rows["other_given"], rows["given"]
    return turned


def checksum(entry_id: str) -> int:
    """The short number under which an entry is looked up by its id."""
    return crc32(entry_id.encode())


def _bounds(entry: IndexedEntry) -> tuple[int, int]:
    if entry.earliest is None and entry.latest is None:
        return UNDATED, -1
    return (
        entry.earliest if entry.earliest is not None else 1,
        entry.latest if entry.latest is not None else LAST_DAY,
    )


def _group(entry: IndexedEntry) -> Group:
    years = decades(entry.earliest, entry.latest)
    first, last = (years[0], years[-1]) if years else (None, None)
    return entry.kind.value, entry.place, first, last, entry.register, entry.state.value
