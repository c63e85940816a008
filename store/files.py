"""Files that were opened before: while size and time of change stay, they need not be opened again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from registers.document import Scan
from store import codec
from store.database import Database
from store.models import known_files
from store.paths import from_stored, to_stored

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file held when it was opened; `modified` in nanoseconds, `mark` of the settings that decide."""

    path: str
    size: int
    modified: int
    mark: str
    scans: tuple[Scan, ...]


class FileStore:
    """The files of registers as they were last opened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, register_id: str) -> Mapping[str, KnownFile]:
        """A register's files by path."""
        query = select(known_files).where(known_files.c.register_id == register_id)
        found: dict[str, KnownFile] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                path = from_stored(row.path)
                frames = json.loads(row.frames)
                scans = tuple(
                    Scan(path, row.sha256, index, len(frames), width, height, dpi)
                    for index, (width, height, dpi) in enumerate(frames)
                )
                found[path] = KnownFile(path, row.size, row.modified, row.mark, scans)
        return found

    def keep(self, register_id: str, files: Sequence[KnownFile]) -> None:
        """Remember files, in place of what was known under their paths."""
        rows = [
            {
                "register_id": register_id,
                "path": to_stored(file.path),
                "size": file.size,
                "modified": file.modified,
                "mark": file.mark,
                "sha256": file.scans[0].sha256,
                "frames": codec.json_text([[scan.width, scan.height, scan.dpi] for scan in file.scans]),
            }
            for file in files
        ]
        self._replace(register_id, [file.path for file in files], rows)

    def forget(self, register_id: str, paths: Collection[str]) -> None:
        """Forget files, because they are gone."""
        self._replace(register_id, paths, [])

    def _replace(self, register_id: str, paths: Collection[str], rows: list[dict[str, object]]) -> None:
        if not paths:
            return
        stored = [to_stored(path) for path in paths]
        with self._database.write() as connection:
            for start in range(0, len(stored), _AT_ONCE):
                connection.execute(
                    delete(known_files).where(
                        known_files.c.register_id == register_id,
                        known_files.c.path.in_(stored[start : start + _AT_ONCE]),
                    )
                )
            if rows:
                connection.execute(insert(known_files), rows)
