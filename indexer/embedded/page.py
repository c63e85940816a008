"""The page of results: in the one order that both engines keep, each with its reasons."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.read import Found
from indexer.embedded.schema import ROLES, unpacked_keys
from indexer.embedded.snapshot import Snapshot
from indexer.explain import Explainer
from indexer.terms import UNDATED, EntryTerms
from indexer.tiers import Role, Tiers
from registers.query import Hit, Paging

_IDS_AT_ONCE = 500


def page_of(connection: sqlite3.Connection, found: Found, paging: Paging) -> list[int]:
    """The places in `found` of the results on the page: by score, confidence, date, then id."""
    rows = found.rows
    if not len(rows) or paging.offset >= len(rows):
        return []
    confidence = rows["confidence"].astype(np.int64)
    earliest = rows["earliest"].astype(np.int64)
    order = np.lexsort((earliest, -confidence, -found.scores))
    starts = _tie_starts(np.stack((found.scores, confidence, earliest))[:, order])
    first, last = paging.offset, min(paging.offset + paging.size, len(rows))
    # Only the ties that reach into the page need their ids.
    begin = int(starts[np.searchsorted(starts, first, side="right") - 1])
    end = int(starts[np.searchsorted(starts, last, side="left")])
    ids = _ids(connection, rows["no"][order[begin:end]].tolist())
    tie = np.searchsorted(starts, np.arange(begin, end), side="right").tolist()
    ranked = sorted(zip(tie, ids, order[begin:end].tolist(), strict=True))
    return [at for _, _, at in ranked[first - begin : last - begin]]


def _tie_starts(ranks: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where in the order each run of equals begins, and the end."""
    changes = np.flatnonzero((ranks[:, 1:] != ranks[:, :-1]).any(axis=0)) + 1
    return np.concatenate(([0], changes, [ranks.shape[1]]))


def _ids(connection: sqlite3.Connection, numbers: list[int]) -> list[str]:
    found: dict[int, str] = {}
    for at in range(0, len(numbers), _IDS_AT_ONCE):
        some = numbers[at : at + _IDS_AT_ONCE]
        marks = ",".join("?" * len(some))
        found |= connection.execute(f"SELECT no, id FROM entry WHERE no IN ({marks})", some).fetchall()
    return [found[number] for number in numbers]


def hits_at(
    connection: sqlite3.Connection, snapshot: Snapshot, tiers: Tiers, found: Found, places: list[int]
) -> tuple[Hit, ...]:
    """The results at these places in `found`."""
    explainer = Explainer(tiers)
    rows = found.rows[places]
    entries = _looked_up(connection, "SELECT no, id, keys FROM entry WHERE no", rows["no"])
    numbers = np.concatenate((rows["given"], rows["other_given"]))
    lists = _looked_up(connection, "SELECT id, names FROM given_list WHERE id", numbers)
    hits = []
    for at, row in zip(places, rows, strict=True):
        entry_id, keys = entries[int(row["no"])]
        given, other_given = (
            tuple(lists.get(int(row[side]), ("",))[0].split()) for side in ("given", "other_given")
        )
        names = tuple(
            (Role(key % ROLES), snapshot.surnames.name(key // ROLES - 1)) for key in unpacked_keys(keys)
        )
        if found.spouse[at]:
            given, other_given = other_given, given
        dated = row["earliest"] != UNDATED
        dates = (int(row["earliest"]), int(row["latest"])) if dated else (None, None)
        why = explainer.why(EntryTerms(names, given, other_given, *dates))
        hits.append(Hit(entry_id, explainer.relative(int(found.scores[at])), why))
    return tuple(hits)


def _looked_up(
    connection: sqlite3.Connection, select: str, numbers: NDArray[np.uint32]
) -> dict[int, tuple[Any, ...]]:
    """What a table says of each number: the columns behind the first."""
    found = connection.execute(
        f"{select} IN (SELECT value FROM json_each(?))", (json.dumps(numbers.tolist()),)
    )
    return {number: tuple(columns) for number, *columns in found}
