"""Changing a generation in place: a correction rewrites the few postings that it touches."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.embedded.encode import Encoder, Group, checksum, is_spouse, swapped
from indexer.embedded.schema import CHUNK, ROW, Rows, packed_keys, rows_of, unpacked_keys
from registers.query import IndexedEntry


@dataclass(frozen=True, slots=True)
class _Known:
    no: int
    version: int
    keys: list[int]


class GenerationWriter:
    """One transaction of changes; the caller begins and commits it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._encoder = Encoder(self._surname_number, self._list_number, self._group_number)
        self._gone: defaultdict[int, list[int]] = defaultdict(list)
        self._new: defaultdict[int, list[Rows]] = defaultdict(list)
        self._gone_chunks: defaultdict[int, list[int]] = defaultdict(list)
        self._new_chunks: defaultdict[int, list[Rows]] = defaultdict(list)

    def put(self, entries: Iterable[IndexedEntry]) -> None:
        """Adds or replaces entries; of one id the highest version stays."""
        newest: dict[str, IndexedEntry] = {}
        for entry in entries:
            if entry.id not in newest or entry.version >= newest[entry.id].version:
                newest[entry.id] = entry
        for entry in newest.values():
            self._put(entry)
        self._write()

    def delete(self, ids: Sequence[str]) -> None:
        """Takes entries out; unknown ids are passed over."""
        for entry_id in dict.fromkeys(ids):
            known = self._known(entry_id)
            if known is not None:
                self._forget(known)
                self._connection.execute("DELETE FROM entry WHERE no = ?", (known.no,))
        self._write()

    def _put(self, entry: IndexedEntry) -> None:
        known = self._known(entry.id)
        if known is not None and known.version > entry.version:
            return
        if known is not None:
            self._forget(known)
        encoded = self._encoder.encode(entry)
        no = known.no if known is not None else None
        cursor = self._connection.execute(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)",
            (no, entry.id, checksum(entry.id), entry.version, packed_keys(encoded.keys)),
        )
        no = no or int(cursor.lastrowid or 0)
        row = np.array([(no, *encoded.row)], dtype=ROW)
        turned = swapped(row)
        self._new_chunks[no // CHUNK].append(row)
        for key in encoded.keys:
            self._new[key].append(turned if is_spouse(key) else row)

    def _known(self, entry_id: str) -> _Known | None:
        found = self._connection.execute(
            "SELECT no, version, keys FROM entry WHERE checksum = ? AND id = ?",
            (checksum(entry_id), entry_id),
        ).fetchone()
        return _Known(found[0], found[1], unpacked_keys(found[2])) if found else None

    def _forget(self, known: _Known) -> None:
        self._gone_chunks[known.no // CHUNK].append(known.no)
        for key in known.keys:
            self._gone[key].append(known.no)

    def _write(self) -> None:
        self._rewrite("posting", "key", self._gone, self._new)
        self._rewrite("chunk", "id", self._gone_chunks, self._new_chunks)

    def _rewrite(
        self, table: str, column: str, gone: dict[int, list[int]], new: dict[int, list[Rows]]
    ) -> None:
        for key in gone.keys() | new.keys():
            found = self._connection.execute(
                f"SELECT rows FROM {table} WHERE {column} = ?", (key,)
            ).fetchone()
            rows = rows_of(found[0]) if found else np.zeros(0, dtype=ROW)
            if key in gone:
                rows = rows[~np.isin(rows["no"], np.array(gone[key], dtype=np.uint32))]
            rows = np.concatenate((rows, *new.get(key, [])))
            self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", (key, rows.tobytes()))
        gone.clear()
        new.clear()

    def _surname_number(self, name: str) -> int:
        return self._number(
            "SELECT id FROM surname WHERE name = ?", "INSERT INTO surname VALUES (NULL, ?)", name
        )

    def _list_number(self, names: str) -> int:
        found = self._connection.execute("SELECT id FROM given_list WHERE names = ?", (names,)).fetchone()
        if found:
            return int(found[0])
        number = self._connection.execute("INSERT INTO given_list VALUES (NULL, ?)", (names,)).lastrowid or 0
        for name in names.split():
            self._connection.execute(
                "INSERT INTO given_name VALUES (NULL, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " lists = CAST(lists || excluded.lists AS BLOB)",
                (name, np.uint32(number).tobytes()),
            )
        return number

    def _group_number(self, group: Group) -> int:
        known = self._connection.execute(
            "SELECT id FROM facet_group WHERE kind = ? AND place = ? AND first_decade IS ?"
            " AND last_decade IS ? AND register = ? AND state = ?",
            group,
        ).fetchone()
        if known:
            return int(known[0])
        return (
            self._connection.execute(
                "INSERT INTO facet_group VALUES (NULL, ?, ?, ?, ?, ?, ?)", group
            ).lastrowid
            or 0
        )

    def _number(self, select: str, insert: str, text: str) -> int:
        found = self._connection.execute(select, (text,)).fetchone()
        return int(found[0]) if found else int(self._connection.execute(insert, (text,)).lastrowid or 0)
