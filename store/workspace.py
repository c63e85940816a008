"""The folder where the catalogue, the index and the viewing copies live.

catalogue.sqlite     the record: readings, entries, history
index/               derived from the catalogue, can be rebuilt
views/               viewing copies of scans, so that strips survive a folder that was moved
hands/               handwriting models adapted to registers (store/hands.py)
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from registers.errors import DiskFullError, StoreBusyError, StoreError
from registers.settings import StoreSettings
from store.database import sqlite_url

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths and files of one workspace; nothing is made before `create`."""

    root: Path

    @classmethod
    def of(cls, settings: StoreSettings) -> Workspace:
        return cls(Path(settings.workspace).expanduser().absolute())

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue.sqlite"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def views(self) -> Path:
        return self.root / "views"

    def view(self, scan_id: str, suffix: str = ".jpg") -> Path:
        """The viewing copy of a scan, in one of 256 folders; it need not exist."""
        return self.views / scan_id[:2] / f"{scan_id}{suffix}"

    def database_url(self, settings: StoreSettings) -> str:
        """The URL that the settings give, else the SQLite file of this workspace."""
        return settings.database_url or sqlite_url(self.catalogue)

    def create(self) -> None:
        """Make the folders; raises StoreError where that is not allowed, DiskFullError without space."""
        for folder in (self.root, self.index, self.views):
            with file_errors(folder):
                folder.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a whole file at once: readers see the old content or the new one, never a part."""
        with atomic_file(path) as file:
            file.write(content)

    @contextmanager
    def lock(self, work: str = "digitize") -> Iterator[None]:
        """Hold the workspace for one kind of work.

        Raises StoreBusyError, naming the process, while another one holds it. The system drops the lock
        of a process that dies, however it dies, so that nothing stale is ever in the way.
        """
        path = self.root / f"{work}.lock"
        with file_errors(path):
            file = path.open("a+", encoding="ascii")
        with file:
            _take(file, path, work)
            try:
                yield
            finally:
                file.truncate(0)


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes `path`'s place when the block ends without an error, and vanishes otherwise.

    Its bytes are on the disk before the name changes. Raises DiskFullError or StoreError.
    """
    with file_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with file_errors(path):
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
            _sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Say an operating-system error about `path` as StoreError or DiskFullError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(
                f"no space is left to write {path}", advice="free some space and run the same again"
            ) from error
        raise StoreError(
            f"{path} cannot be written ({error.strerror})", advice="check the folder and your rights there"
        ) from error


def _take(file: IO[str], path: Path, work: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        raise StoreBusyError(
            f"another feuillet {work} is at work in {path.parent} (process {holder})",
            advice="wait until it has finished, or stop it, or give another --workspace",
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    # There is no way to read the mask without setting it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
