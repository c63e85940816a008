"""The embedded engine: generations as files, a pointer that is switched by one rename."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from indexer.embedded.build import GenerationBuilder
from indexer.embedded.files import GenerationFiles
from indexer.embedded.read import Found, matched
from indexer.embedded.schema import MISSING, connect, unpacked_keys
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.write import GenerationWriter
from indexer.engine import GenerationInfo, Health
from indexer.expand import expand
from indexer.explain import explain, relative
from indexer.terms import EntryTerms
from indexer.tiers import Role, Tiers
from indexer.vocabulary import Vocabulary
from registers.errors import SearchUnavailableError
from registers.query import EngineResult, Hit, IndexedEntry, Paging, SearchQuery


class EmbeddedEngine:
    """Searches and changes the generations in `folder`; safe to use from several threads and processes.

    See indexer/engine.py for what each method does.
    """

    def __init__(self, folder: Path) -> None:
        self._files = GenerationFiles(folder)
        self._lock = threading.Lock()
        self._local = threading.local()
        self._snapshots: dict[str, Snapshot] = {}

    def search(self, query: SearchQuery, paging: Paging) -> EngineResult:
        with self._reading() as opened:
            if opened is None:
                return EngineResult(0, ())
            connection, snapshot = opened
            tiers = expand(query, snapshot.surnames, snapshot.given_names)
            found = matched(connection, snapshot, tiers)
            page = _page(connection, found, paging)
            hits = tuple(_hit(connection, snapshot, tiers, found, at) for at in page)
            return EngineResult(len(found.rows), hits, snapshot.groups.counted(found.rows["group"]))

    def spellings(self, query: SearchQuery) -> tuple[str, ...]:
        with self._reading() as opened:
            if opened is None:
                return ()
            _, snapshot = opened
            return expand(query, snapshot.surnames, snapshot.given_names).spellings

    def put(self, entries: Iterable[IndexedEntry]) -> None:
        with self._writing() as writer:
            writer.put(entries)

    def delete(self, ids: Sequence[str]) -> None:
        if self._files.current() is not None:
            with self._writing() as writer:
                writer.delete(ids)

    def build(self, entries: Iterable[IndexedEntry]) -> str:
        with self._files.building() as (name, path):
            builder = GenerationBuilder(path)
            try:
                builder.add(entries)
                builder.finish()
            except BaseException:
                builder.abandon()
                raise
        return name

    def switch(self, generation: str) -> None:
        self._files.switch(generation)

    def generations(self) -> tuple[GenerationInfo, ...]:
        current = self._files.current()
        return tuple(
            GenerationInfo(name, self._count(name), name == current, self._files.size(name))
            for name in self._files.names()
        )

    def drop(self, generation: str) -> None:
        self._files.drop(generation)

    def vocabulary(self) -> Vocabulary:
        with self._reading() as opened:
            return opened[1].surnames if opened else Vocabulary.of(())

    def health(self) -> Health:
        try:
            with self._reading() as opened:
                if opened is None:
                    return Health("embedded", True, "no index yet")
                count = opened[0].execute("SELECT count(*) FROM entry").fetchone()[0]
                return Health("embedded", True, f"{self._files.current()}: {count} entries")
        except SearchUnavailableError as error:
            return Health("embedded", False, error.message)

    def close(self) -> None:
        for connection in self._connections().values():
            connection.close()
        self._connections().clear()

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, Snapshot] | None]:
        """The current generation as it is now, one state throughout; None when there is none yet."""
        name = self._files.current()
        if name is None:
            yield None
            return
        with _said_in_words():
            connection = self._connection(name)
            connection.execute("BEGIN")
            try:
                yield connection, self._snapshot(name, connection)
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[GenerationWriter]:
        name = self._files.current()
        if name is None:
            name = self.build(())
            self.switch(name)
        with _said_in_words():
            connection = self._connection(name)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield GenerationWriter(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connections(self) -> dict[str, sqlite3.Connection]:
        if not hasattr(self._local, "connections"):
            self._local.connections = {}
        connections: dict[str, sqlite3.Connection] = self._local.connections
        return connections

    def _connection(self, name: str) -> sqlite3.Connection:
        connections = self._connections()
        if name not in connections:
            for other in [known for known in connections if known != name]:
                connections.pop(other).close()
            connections[name] = connect(self._files.path(name))
        return connections[name]

    def _snapshot(self, name: str, connection: sqlite3.Connection) -> Snapshot:
        with self._lock:
            if name not in self._snapshots:
                self._snapshots = {name: Snapshot.of(connection)}
            snapshot = self._snapshots[name]
            snapshot.refresh(connection)
            return snapshot

    def _count(self, name: str) -> int:
        with _said_in_words():
            connection = connect(self._files.path(name))
            try:
                return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])
            finally:
                connection.close()


@contextmanager
def _said_in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SearchUnavailableError(
            f"the index does not answer ({error})", advice="feuillet index build makes it again"
        ) from error


def _page(connection: sqlite3.Connection, found: Found, paging: Paging) -> list[int]:
    """The places in `found` of the results on the page: by score, confidence, date, then id."""
    rows = found.rows
    confidence = rows["confidence"].astype(np.int64)
    earliest = rows["earliest"].astype(np.int64)
    first, last = paging.offset, paging.offset + paging.size
    order = np.lexsort((rows["no"], earliest, -confidence, -found.scores))
    ranks = np.stack((found.scores, confidence, earliest))[:, order]
    starts = np.concatenate(
        ([0], np.flatnonzero((ranks[:, 1:] != ranks[:, :-1]).any(axis=0)) + 1, [len(order)])
    )
    # Only ties that reach into the page need their ids.
    begin = starts[np.searchsorted(starts, first, side="right") - 1] if len(order) else 0
    end = starts[min(np.searchsorted(starts, last, side="left"), len(starts) - 1)]
    part = order[begin:end]
    ids = _ids(connection, rows["no"][part].tolist())
    tie = np.searchsorted(starts, np.arange(begin, end), side="right")
    ranked = sorted(range(len(part)), key=lambda at: (tie[at], ids[int(rows["no"][part[at]])]))
    return [int(part[at]) for at in ranked[first - begin : last - begin]]


def _ids(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500]
        marks = ",".join("?" * len(some))
        found |= connection.execute(f"SELECT no, id FROM entry WHERE no IN ({marks})", some).fetchall()
    return found


def _hit(connection: sqlite3.Connection, snapshot: Snapshot, tiers: Tiers, found: Found, at: int) -> Hit:
    row = found.rows[at]
    entry_id, keys = connection.execute(
        "SELECT id, keys FROM entry WHERE no = ?", (int(row["no"]),)
    ).fetchone()
    names = snapshot.surnames.names
    numbered = [(Role(key % 8), names[key // 8 - 1]) for key in unpacked_keys(keys)]
    given, spouse_given = (_given_list(connection, int(row[column])) for column in ("given", "other_given"))
    dated = row["latest"] >= 0 and row["earliest"] != MISSING
    terms = EntryTerms(
        tuple(numbered),
        given,
        spouse_given,
        int(row["earliest"]) if dated else None,
        int(row["latest"]) if dated else None,
    )
    score = int(found.scores[at])
    return Hit(entry_id, relative(score, tiers), explain(tiers, terms))


def _given_list(connection: sqlite3.Connection, number: int) -> tuple[str, ...]:
    found = connection.execute("SELECT names FROM given_list WHERE id = ?", (number,)).fetchone()
    return tuple(found[0].split()) if found else ()
