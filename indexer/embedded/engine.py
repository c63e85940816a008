"""The embedded engine: generations as files, a pointer that is switched by one rename."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.embedded.build import GenerationBuilder
from indexer.embedded.files import GenerationFiles
from indexer.embedded.page import hits_at, page_of
from indexer.embedded.read import matched
from indexer.embedded.schema import connect
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.write import GenerationWriter
from indexer.engine import GenerationInfo, Health
from indexer.expand import expand
from indexer.vocabulary import Vocabulary
from registers.errors import SearchUnavailableError
from registers.query import EngineResult, IndexedEntry, Paging, SearchQuery


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
            page = page_of(connection, found, paging)
            hits = hits_at(connection, snapshot, tiers, found, page)
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
                self._snapshots = {name: Snapshot.of(connection, name)}
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
