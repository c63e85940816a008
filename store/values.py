"""Small values by name, among them the number of the latest change of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from store.database import Database
from store.models import values as value_table

_SEQUENCE = "sequence"


class ValueStore:
    """Small texts by name: what has been published, which generation is live ..."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        with self._database.read() as connection:
            return _get(connection, name, default)

    def set(self, name: str, value: str) -> None:
        if name == _SEQUENCE:
            raise ValueError(f"{_SEQUENCE} counts the changes of entries")
        with self._database.write() as connection:
            _set(connection, name, value)


def latest(connection: Connection) -> int:
    """The number of the latest change; 0 before the first."""
    return int(_get(connection, _SEQUENCE, "0"))


def take(connection: Connection, count: int) -> Sequence[int]:
    """The next `count` numbers, in a write transaction."""
    start = latest(connection) + 1
    if count:
        _set(connection, _SEQUENCE, str(start + count - 1))
    return range(start, start + count)


def _get(connection: Connection, name: str, default: str) -> str:
    value = connection.scalar(select(value_table.c.value).where(value_table.c.name == name))
    return default if value is None else str(value)


def _set(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(value_table).where(value_table.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(value_table).values(name=name, value=value))
