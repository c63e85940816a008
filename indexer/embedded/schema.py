"""The file of one generation: its tables, and how rows of entries are packed into blobs.

A posting holds the rows of all entries that bear one surname in one role, packed as an array, so that a
frequent name is read and counted at the speed of memory. `chunk` holds every entry's row once, for
searches without a surname.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registers.errors import SearchUnavailableError

SCHEMA_VERSION = 2
CHUNK = 4096
ROLES = 8

ROW = np.dtype(
    [
        ("no", "<u4"),
        ("group", "<u4"),
        ("earliest", "<i4"),
        ("latest", "<i4"),
        ("given", "<u4"),
        ("other_given", "<u4"),
        ("confidence", "u1"),
    ]
)
"""`given` is the list of given names of the one who bears the surname, `other_given` their spouse's.

An entry without any date has `earliest` UNDATED (indexer/terms.py) and `latest` -1.
"""

Rows = NDArray[np.void]

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE surname (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE posting (key INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE given_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, lists BLOB NOT NULL);
CREATE TABLE given_list (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
CREATE TABLE facet_group (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, first_decade INTEGER,
    last_decade INTEGER, register TEXT NOT NULL, state TEXT NOT NULL
);
CREATE TABLE chunk (id INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE entry (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL, checksum INTEGER NOT NULL, version INTEGER NOT NULL,
    keys BLOB NOT NULL
);
CREATE TABLE vocabulary (kind TEXT PRIMARY KEY, names BLOB NOT NULL) WITHOUT ROWID;
"""
INDEXES = "CREATE INDEX entry_by_checksum ON entry (checksum);"


def posting_key(name: int, role: int) -> int:
    """The key of a posting: a surname's id and a role."""
    return name * ROLES + role


def packed_keys(keys: list[int]) -> bytes:
    """The posting keys of an entry, as kept in its row."""
    return np.array(keys, dtype="<u4").tobytes()


def unpacked_keys(data: bytes) -> list[int]:
    """The inverse of `packed_keys`."""
    return [int(key) for key in np.frombuffer(data, dtype="<u4")]


def rows_of(blob: bytes) -> Rows:
    """The rows of a posting or chunk (read only)."""
    return np.frombuffer(blob, dtype=ROW)


def connect(path: Path, *, timeout: float = 10.0) -> sqlite3.Connection:
    """A connection to a generation that exists; transactions are begun by hand.

    Raises SearchUnavailableError when the file cannot be opened.
    """
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA mmap_size = 1073741824")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error as error:
        raise SearchUnavailableError(
            f"the index cannot be opened ({error})", advice="build it again: feuillet index build"
        ) from error
    return connection
