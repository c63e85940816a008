"""What a process keeps in memory of a generation: its vocabularies and facet groups, grown as it grows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.schema import SCHEMA_VERSION
from indexer.engine import other_version
from indexer.vocabulary import Vocabulary
from lexicon.places import key_of, keys_of
from registers.query import FacetCount, Facets, Filters

_GROUP_COLUMNS = ("kind", "place", "register", "state")


@dataclass(slots=True)
class _Values:
    """The distinct values of one column of the groups, and the number of each group's value."""

    names: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    of_group: list[int] = field(default_factory=lambda: [0])

    def add(self, value: str) -> None:
        if value not in self.numbers:
            self.numbers[value] = len(self.names)
            self.names.append(value)
        self.of_group.append(self.numbers[value])


class FacetGroups:
    """The combinations of facet values that entries have, by number from 1 on."""

    def __init__(self) -> None:
        self._columns = {name: _Values() for name in _GROUP_COLUMNS}
        self._first: list[int] = [0]
        self._last: list[int] = [0]
        self._arrays: dict[str, NDArray[np.int64]] = {}

    def __len__(self) -> int:
        return len(self._first) - 1

    def read(self, connection: sqlite3.Connection) -> None:
        """Takes in the groups that are new; a decade of 1 stands for none."""
        for _, kind, place, first, last, register, state in connection.execute(
            "SELECT * FROM facet_group WHERE id > ? ORDER BY id", (len(self),)
        ):
            for name, value in zip(_GROUP_COLUMNS, (kind, place, register, state), strict=True):
                self._columns[name].add(value)
            self._first.append(first if first is not None else 1)
            self._last.append(last if last is not None else 1)
        arrays = {name: np.array(values.of_group) for name, values in self._columns.items()}
        self._arrays = arrays | {"first": np.array(self._first), "last": np.array(self._last)}

    def allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Which groups the filters let through (index 0 unused); None when all are."""
        if filters == Filters():
            return None
        arrays = self._arrays  # replaced as a whole when another thread takes in new groups
        allowed = np.ones(len(arrays["first"]), dtype=bool)
        if filters.kind is not None:
            allowed &= arrays["kind"] == self._number("kind", filters.kind.value)
        if filters.register:
            allowed &= arrays["register"] == self._number("register", filters.register)
        if filters.state is not None:
            allowed &= arrays["state"] == self._number("state", filters.state.value)
        if filters.place:
            key = key_of(filters.place)
            places = np.array([key in keys_of(name) for name in self._columns["place"].names] or [False])
            allowed &= places[arrays["place"]]
        if filters.decade is not None:
            first, last = arrays["first"], arrays["last"]
            allowed &= (first <= filters.decade) & (filters.decade <= last)
        return allowed

    def counted(self, groups: NDArray[np.uint32]) -> Facets:
        """How often each value occurs among entries of these groups, the most frequent first."""
        arrays = self._arrays
        counts = np.bincount(groups, minlength=len(arrays["first"]))
        present = np.flatnonzero(counts)
        counts = counts[present]
        found = {name: self._counts(name, arrays[name][present], counts) for name in _GROUP_COLUMNS}
        return Facets(
            kind=found["kind"],
            place=found["place"],
            decade=_decades(arrays["first"][present], arrays["last"][present], counts),
            register=found["register"],
            state=found["state"],
        )

    def _number(self, name: str, value: str) -> int:
        return self._columns[name].numbers.get(value, -1)

    def _counts(
        self, name: str, of_group: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> tuple[FacetCount, ...]:
        values = self._columns[name].names
        totals = np.bincount(of_group, weights=counts)
        found = ((-int(totals[at]), values[at]) for at in np.flatnonzero(totals).tolist())
        return tuple(FacetCount(value, -count) for count, value in sorted(found) if value)


def _decades(
    first: NDArray[np.int64], last: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[FacetCount, ...]:
    """How often each decade occurs among groups that reach from the `first` to the `last` of theirs."""
    dated = first != 1
    first, last, counts = first[dated] // 10, last[dated] // 10, counts[dated]
    if not len(counts):
        return ()
    length = int(last.max()) + 2
    begun = np.bincount(first, weights=counts, minlength=length)
    ended = np.bincount(last + 1, weights=counts, minlength=length)
    totals = np.cumsum(begun - ended)
    return tuple(FacetCount(str(10 * at), int(totals[at])) for at in np.flatnonzero(totals).tolist())


@dataclass(slots=True)
class Snapshot:
    """A generation's memory. `refresh` before every search, within the search's transaction."""

    surnames: Vocabulary
    given_names: Vocabulary
    groups: FacetGroups
    lists: int = 0

    @classmethod
    def of(cls, connection: sqlite3.Connection, generation: str) -> Snapshot:
        """The memory of a generation; raises SearchUnavailableError for one of another version."""
        version = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if version != (str(SCHEMA_VERSION),):
            raise other_version(generation)
        packed = dict(connection.execute("SELECT kind, names FROM vocabulary"))
        snapshot = cls(
            Vocabulary.unpacked(packed["surname"]), Vocabulary.unpacked(packed["given_name"]), FacetGroups()
        )
        snapshot.refresh(connection)
        return snapshot

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Takes in what was added since, in this process or another."""
        surnames, given_names, groups, lists = connection.execute(
            "SELECT (SELECT max(id) FROM surname), (SELECT max(id) FROM given_name),"
            " (SELECT max(id) FROM facet_group), (SELECT max(id) FROM given_list)"
        ).fetchone()
        self.lists = lists or 0
        if (surnames or 0) > len(self.surnames):
            self.surnames = self.surnames.extended(_names(connection, "surname", len(self.surnames)))
        if (given_names or 0) > len(self.given_names):
            self.given_names = self.given_names.extended(
                _names(connection, "given_name", len(self.given_names))
            )
        if (groups or 0) > len(self.groups):
            self.groups.read(connection)


def _names(connection: sqlite3.Connection, table: str, after: int) -> list[str]:
    found = connection.execute(f"SELECT name FROM {table} WHERE id > ? ORDER BY id", (after,))
    return [name for (name,) in found]
