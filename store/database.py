"""One connection pool, its transactions, and what its errors mean.

SQLite: write-ahead log, so readers never wait for the writer; a write transaction takes its lock at
once (BEGIN IMMEDIATE), so that it either waits at its beginning or never. PostgreSQL: writers take one
advisory lock, so that the order of the change sequence is the order of commits there too.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from registers.errors import ConfigurationError, DiskFullError, StoreBusyError, StoreError

BUSY_SECONDS = 20
ATTEMPTS = 3
_WRITER_LOCK = 0x6665_7569  # any number, as long as every feuillet takes the same
_IMMEDIATE = "feuillet_immediate"
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57P03", "53300"})


class Database:
    """Reads and writes in transactions; raises StoreError and its kind, never the library's errors."""

    def __init__(self, url: str) -> None:
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = self._created()

    def _created(self) -> Engine:
        arguments: dict[str, Any] = {"timeout": BUSY_SECONDS} if self.is_sqlite else {}
        try:
            engine = create_engine(
                self.url,
                connect_args=arguments,
                pool_pre_ping=not self.is_sqlite,
                hide_parameters=True,  # names of people would stand in messages
            )
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"the catalogue's database needs the Python package {error.name}",
                advice="install it, or unset FEUILLET_DATABASE_URL",
            ) from error
        if self.is_sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot of the catalogue."""
        with self._translated(), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: everything or nothing, one writer at a time.

        Raises StoreBusyError when other writers hold the catalogue for about a minute.
        """
        with self._translated(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_IMMEDIATE: True})
            with self._begun(connection):
                yield connection

    @contextmanager
    def _begun(self, connection: Connection) -> Iterator[None]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                transaction = connection.begin()
                break
            except DBAPIError as error:
                if attempt == ATTEMPTS or not isinstance(self._meaning(error), StoreBusyError):
                    raise
                time.sleep(0.05 * attempt)
        with transaction:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
            yield

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            meaning = self._meaning(error)
            if meaning is None:
                raise
            raise meaning from error

    def _meaning(self, error: SQLAlchemyError) -> StoreError | None:
        origin = getattr(error, "orig", None)
        name = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
        if isinstance(origin, sqlite3.Error):
            return _meaning_of_sqlite(origin, str(name))
        state = getattr(origin, "sqlstate", None)
        if state == "53100":
            return DiskFullError(f"no space is left for the catalogue {name}", advice="free some space")
        if state in _BUSY_STATES:
            return StoreBusyError(f"the catalogue {name} is busy", advice="try again in a moment")
        if isinstance(error, DBAPIError) and (error.connection_invalidated or state is None):
            return StoreError(
                f"the catalogue {name} does not answer",
                advice="check FEUILLET_DATABASE_URL and that the server runs",
            )
        return None

    def close(self) -> None:
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise ConfigurationError(
            "FEUILLET_DATABASE_URL is not a database address that can be used",
            advice="write it as sqlite:////path/catalogue.sqlite or postgresql+psycopg://user@host/name",
        ) from error
    return parsed


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver thinks
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _enter_wal(connection)


def _enter_wal(connection: sqlite3.Connection) -> None:
    # Changing the journal mode does not wait for busy_timeout when another process does the same.
    for attempt in range(40):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if attempt == 39 or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _meaning_of_sqlite(error: sqlite3.Error, name: str) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(
            f"another process is writing to the catalogue {name}", advice="try again in a moment"
        )
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(
            f"no space is left for the catalogue {name}", advice="free some space and run the same again"
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError(
            f"the catalogue {name} is damaged or no catalogue",
            advice="put it aside and restore a copy; without one, digitize again: the scans are unchanged",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return StoreError(
            f"the catalogue {name} cannot be opened or written ({error})",
            advice="check that the folder exists, that you may write there, and that the disk is sound",
        )
    return None
