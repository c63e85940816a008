"""Matching tiers against one generation: rows of candidates as arrays, scored and cut down at once."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.encode import swapped
from indexer.embedded.schema import ROLES, ROW, Rows, rows_of
from indexer.embedded.snapshot import Snapshot
from indexer.tiers import (
    CLOSENESS_STEPS,
    SPOUSE,
    Dates,
    Demand,
    Reading,
    Role,
    Tiers,
    WeightedName,
    role_weight,
)

Scores = NDArray[np.int64]
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of all entries that answer, each once, with their scores; in no order.

    `spouse` says whose row it is: the spouse's rows have the two lists of given names the other way round.
    """

    rows: Rows
    scores: Scores
    spouse: NDArray[np.bool_]


def matched(connection: sqlite3.Connection, snapshot: Snapshot, tiers: Tiers) -> Found:
    """Everything that answers the tiers."""
    allowed = snapshot.groups.allowed(tiers.filters)
    matcher = _Matcher(connection, snapshot)
    parts = []
    for reading in tiers.readings:
        rows, scores = matcher.reading(reading)
        kept = np.ones(len(rows), dtype=bool)
        if allowed is not None:
            kept &= allowed[rows["group"]]
        if tiers.dates is not None:
            kept &= _touching(rows, tiers.dates)
        spouse = np.full(int(kept.sum()), reading.roles[:1] == SPOUSE[:1])
        parts.append(Found(rows[kept], scores[kept], spouse))
    found = _best_of(parts)
    closeness = _closeness(found.rows, tiers.dates) if tiers.dates else 0
    return Found(found.rows, found.scores * CLOSENESS_STEPS + closeness, found.spouse)


def _best_of(parts: list[Found]) -> Found:
    """Each entry once, by its best score."""
    if not parts:
        return Found(np.zeros(0, dtype=ROW), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool))
    rows = np.concatenate([part.rows for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    spouse = np.concatenate([part.spouse for part in parts])
    # Stable: of two readings with one score the earlier stays, as in explain.py.
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(rows["no"][order], return_index=True)
    chosen = order[first]
    return Found(rows[chosen], scores[chosen], spouse[chosen])


def _touching(rows: Rows, dates: Dates) -> NDArray[np.bool_]:
    undated = rows["latest"] < 0
    touching = (rows["earliest"] <= dates.within.last) & (rows["latest"] >= dates.within.first)
    return np.asarray(undated | touching)


def _closeness(rows: Rows, dates: Dates) -> Scores:
    steps = np.zeros(len(rows), dtype=np.int64)
    for window in dates.closer:
        steps += (rows["earliest"] >= window.first) & (rows["latest"] <= window.last) & (rows["latest"] >= 0)
    return steps


class _Posting(NamedTuple):
    name: WeightedName
    role: Role
    rows: bytes


class _Matcher:
    """The rows of one search; what its readings have in common is read once."""

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot) -> None:
        self._connection = connection
        self._snapshot = snapshot
        self._read: list[tuple[tuple[WeightedName, ...], list[_Posting]]] = []

    def reading(self, reading: Reading) -> tuple[Rows, Scores]:
        rows, scores = self._demand(reading.person, reading.roles, reading.penalty)
        if reading.partner is None:
            return rows, scores
        others, other_scores = self._demand(reading.partner, reading.partner_roles, 0)
        order = np.lexsort((-other_scores, others["no"]))
        numbers, first = np.unique(others["no"][order], return_index=True)
        at = np.searchsorted(numbers, rows["no"])
        at[at == len(numbers)] = 0
        both = numbers[at] == rows["no"] if len(numbers) else np.zeros(len(rows), dtype=bool)
        return rows[both], scores[both] + other_scores[order][first][at[both]]

    def _demand(self, demand: Demand, roles: tuple[Role, ...], penalty: int) -> tuple[Rows, Scores]:
        if demand.surnames is None:
            rows = self._all()
            rows = swapped(rows) if roles[:1] == SPOUSE[:1] else rows
            scores = np.zeros(len(rows), dtype=np.int64)
        else:
            rows, scores = self._named(demand.surnames, roles, penalty)
        if not demand.given:
            return rows, scores
        bonus = self._given(demand)[rows["given"]]
        return rows[bonus > 0], (scores + bonus)[bonus > 0]

    def _named(
        self, surnames: tuple[WeightedName, ...], roles: tuple[Role, ...], penalty: int
    ) -> tuple[Rows, Scores]:
        found = [posting for posting in self._postings(surnames) if posting.role in roles]
        if not found:
            return np.zeros(0, dtype=ROW), np.zeros(0, dtype=np.int64)
        counts = [len(posting.rows) // ROW.itemsize for posting in found]
        weights = [role_weight(posting.name, posting.role, penalty) for posting in found]
        return rows_of(b"".join([posting.rows for posting in found])), np.repeat(weights, counts)

    def _postings(self, surnames: tuple[WeightedName, ...]) -> list[_Posting]:
        """The postings of surnames in all roles that they have."""
        for known, postings in self._read:
            if known is surnames:
                return postings
        numbered = ((self._snapshot.surnames.number(name.name), name) for name in surnames)
        names = {number + 1: name for number, name in numbered if number is not None}
        found = self._connection.execute(
            "SELECT posting.key, rows FROM json_each(?) AS surname CROSS JOIN posting"
            f" ON posting.key BETWEEN surname.value * {ROLES} AND surname.value * {ROLES} + {ROLES - 1}",
            (json.dumps(sorted(names)),),
        )
        postings = [_Posting(names[key // ROLES], _ROLES[key % ROLES], rows) for key, rows in found]
        self._read.append((surnames, postings))
        return postings

    def _all(self) -> Rows:
        chunks = self._connection.execute("SELECT rows FROM chunk ORDER BY id")
        return np.concatenate([np.zeros(0, dtype=ROW), *(rows_of(blob) for (blob,) in chunks)])

    def _given(self, demand: Demand) -> Scores:
        """What each list of given names adds, by the list's number."""
        total = np.zeros(self._snapshot.lists + 1, dtype=np.int64)
        for asked in demand.given:
            best = np.zeros(len(total), dtype=np.int64)
            weights = {name.name: name.weight for name in asked}
            found = self._connection.execute(
                "SELECT name, lists FROM given_name WHERE name IN (SELECT value FROM json_each(?))",
                (json.dumps(list(weights)),),
            ).fetchall()
            for name, lists in sorted(found, key=lambda row: weights[row[0]]):
                numbers = np.frombuffer(lists, dtype="<u4")
                best[numbers[numbers < len(best)]] = weights[name]
            total += best
        return total
