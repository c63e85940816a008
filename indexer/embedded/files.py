"""Generations as files of one folder: complete ones, the one that is built, and which is current."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registers.errors import ConflictError, NotFoundError

_COMPLETE = re.compile(r"generation-(\d{6})\.sqlite")
_SIDE_FILES = ("", "-wal", "-shm")


class GenerationFiles:
    """The files of the embedded index.

    `current` holds the name of the generation that is searched and is replaced by a rename, so that a
    reader sees the old name or the new one. A file that is still being built has another ending.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "current"

    def current(self) -> str | None:
        """The generation that is searched, or None before the first."""
        try:
            return self._pointer.read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """The complete generations, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(path.stem for path in self._folder.iterdir() if _COMPLETE.fullmatch(path.name))

    def path(self, name: str) -> Path:
        """The file of a generation; raises NotFoundError for a name that cannot be one's."""
        path = self._folder / f"{name}.sqlite"
        if not _COMPLETE.fullmatch(path.name):
            raise NotFoundError(f"there is no generation {name!r} of the index")
        return path

    def size(self, name: str) -> int:
        """Bytes on disk."""
        path = self.path(name)
        return sum(side.stat().st_size for side in _with_side_files(path) if side.exists())

    @contextmanager
    def building(self) -> Iterator[tuple[str, Path]]:
        """The name of a new generation and the file to fill; it counts once the block ends without error.

        Raises ConflictError while another process builds.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ConflictError("the index is being built already", advice="wait for it to end") from None
            for left_over in self._folder.glob("*.building*"):
                left_over.unlink()
            last = max((int(name.removeprefix("generation-")) for name in self.names()), default=0)
            name = f"generation-{last + 1:06d}"
            building = self._folder / f"{name}.building"
            yield name, building
            building.replace(self.path(name))
            self._sync_folder()

    def switch(self, name: str) -> None:
        """Makes a generation current, keeps the one before and removes older ones."""
        if not self.path(name).exists():
            raise NotFoundError(f"there is no generation {name!r} of the index")
        before = self.current()
        fresh = self._folder / "current.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        self._sync_folder()
        kept = {name, before}
        for other in self.names():
            if other not in kept and other < name:
                self._remove(other)

    def drop(self, name: str) -> None:
        """Removes a generation; raises ConflictError for the current one."""
        if not self.path(name).exists():
            raise NotFoundError(f"there is no generation {name!r} of the index")
        if name == self.current():
            raise ConflictError(f"{name} is searched now", advice="switch to another generation first")
        self._remove(name)

    def _remove(self, name: str) -> None:
        for side in _with_side_files(self.path(name)):
            side.unlink(missing_ok=True)

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _with_side_files(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in _SIDE_FILES]
