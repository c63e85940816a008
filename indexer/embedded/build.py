"""Building a whole generation: entries are numbered, sorted by name in memory and written once."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from indexer.embedded.encode import Encoder, Group, checksum, is_spouse, swapped
from indexer.embedded.schema import CHUNK, INDEXES, ROW, SCHEMA, SCHEMA_VERSION, Rows, packed_keys
from indexer.vocabulary import Vocabulary
from registers.query import IndexedEntry

_BATCH = 20_000
_FIELDS = 6
Thing = TypeVar("Thing")


class _Numbers(dict[Thing, int], Generic[Thing]):
    """Numbers from 1 on, given out in the order in which things are first asked for."""

    def __missing__(self, thing: Thing) -> int:
        self[thing] = number = len(self) + 1
        return number


class GenerationBuilder:
    """Fills one new file; nothing of it counts before `finish` has returned."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA
        )
        self._surnames: _Numbers[str] = _Numbers()
        self._lists: _Numbers[str] = _Numbers()
        self._groups: _Numbers[Group] = _Numbers()
        self._rows = array("q")
        self._keys = array("I")
        self._owners = array("I")

    def add(self, entries: Iterable[IndexedEntry]) -> int:
        """Takes entries in and returns how many; an id that comes twice counts twice."""
        encoder = Encoder(self._surnames.__getitem__, self._lists.__getitem__, self._groups.__getitem__)
        rest = iter(entries)
        count = 0
        self._connection.execute("BEGIN")
        while batch := list(islice(rest, _BATCH)):
            self._connection.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?)", self._entry_rows(encoder, batch, count)
            )
            count += len(batch)
        self._connection.execute("COMMIT")
        return count

    def _entry_rows(
        self, encoder: Encoder, batch: list[IndexedEntry], before: int
    ) -> Iterator[tuple[int, str, int, int, bytes]]:
        for no, entry in enumerate(batch, start=before + 1):
            encoded = encoder.encode(entry)
            self._rows.extend(encoded.row)
            self._keys.extend(encoded.keys)
            self._owners.extend([no] * len(encoded.keys))
            yield no, entry.id, checksum(entry.id), entry.version, packed_keys(encoded.keys)

    def finish(self) -> None:
        """Writes postings, chunks, groups and vocabularies, and makes the file safe on disk."""
        rows = _as_rows(self._rows)
        connection = self._connection
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO chunk VALUES (?, ?)",
            (
                (at // CHUNK, rows[max(at - 1, 0) : at + CHUNK - 1].tobytes())
                for at in range(0, len(rows) + 1, CHUNK)
            ),
        )
        connection.executemany("INSERT INTO posting VALUES (?, ?)", self._postings(rows))
        connection.executemany(
            "INSERT INTO facet_group VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((number, *group) for group, number in self._groups.items()),
        )
        self._write_names()
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
        connection.execute(INDEXES)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def abandon(self) -> None:
        """Removes the unfinished file."""
        self._connection.close()
        self._path.unlink(missing_ok=True)

    def _postings(self, rows: Rows) -> Iterator[tuple[int, bytes]]:
        spouse_rows = swapped(rows)
        keys = np.frombuffer(self._keys, dtype=np.uint32) if self._keys else np.zeros(0, np.uint32)
        owners = np.frombuffer(self._owners, dtype=np.uint32) if self._owners else np.zeros(0, np.uint32)
        order = np.argsort(keys, kind="stable")
        keys, places = keys[order], owners[order].astype(np.int64) - 1
        firsts = np.flatnonzero(np.diff(keys, prepend=np.uint32(0)))
        for first, last in zip(firsts, np.append(firsts, len(keys))[1:], strict=True):
            key = int(keys[first])
            source = spouse_rows if is_spouse(key) else rows
            yield key, source[places[first:last]].tobytes()

    def _write_names(self) -> None:
        connection = self._connection
        connection.executemany(
            "INSERT INTO surname VALUES (?, ?)", ((n, s) for s, n in self._surnames.items())
        )
        connection.executemany(
            "INSERT INTO given_list VALUES (?, ?)", ((n, s) for s, n in self._lists.items())
        )
        lists: dict[str, array[int]] = {}
        for names, number in self._lists.items():
            for name in names.split():
                lists.setdefault(name, array("I")).append(number)
        connection.executemany(
            "INSERT INTO given_name VALUES (?, ?, ?)",
            ((number, name, lists[name].tobytes()) for number, name in enumerate(lists, start=1)),
        )
        connection.executemany(
            "INSERT INTO vocabulary VALUES (?, ?)",
            [
                ("surname", Vocabulary.of(self._surnames).packed()),
                ("given_name", Vocabulary.of(lists).packed()),
            ],
        )


def _as_rows(values: array[int]) -> Rows:
    """The fields behind `no`, entry after entry, as rows numbered from 1."""
    table = np.frombuffer(values, dtype=np.int64).reshape(-1, _FIELDS) if values else np.zeros((0, _FIELDS))
    rows = np.zeros(len(table), dtype=ROW)
    rows["no"] = np.arange(1, len(table) + 1)
    for column, name in enumerate(("group", "earliest", "latest", "given", "other_given", "confidence")):
        rows[name] = table[:, column]
    return rows
