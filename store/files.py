"""Files that were opened before: while size and time of change stay, they need not be opened again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, insert, select

from registers.document import Scan
from store import codec
from store.database import Database
from store.models import failures, known_files, scans
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


def waiting_scans(connection: Connection, register_id: str | None = None) -> Counter[str]:
    """How many scans of each register, or of one, its files hold that were neither read nor failed."""
    read = (
        select(scans.c.register_id, scans.c.sha256, func.count().label("count"))
        .group_by(scans.c.register_id, scans.c.sha256)
        .subquery()
    )
    done = func.coalesce(read.c.count, 0)
    # Each frame is a list in a list: counted here, so that only the files with something left come out.
    frames = func.length(known_files.c.frames) - func.length(func.replace(known_files.c.frames, "[", "")) - 1
    key = (known_files.c.register_id, known_files.c.sha256)
    same = and_(read.c.register_id == key[0], read.c.sha256 == key[1])
    left = select(*key, func.max(frames - done)).join_from(known_files, read, same, isouter=True)
    failed = select(failures.c.register_id, failures.c.sha256, func.count())
    if register_id is not None:
        left = left.where(known_files.c.register_id == register_id)
        failed = failed.where(failures.c.register_id == register_id)
    failed = failed.group_by(failures.c.register_id, failures.c.sha256)
    failures_of = {(row[0], row[1]): row[2] for row in connection.execute(failed)}
    found: Counter[str] = Counter()
    for register, sha256, count in connection.execute(left.where(frames > done).group_by(*key)):
        found[register] += max(count - failures_of.get((register, sha256), 0), 0)
    return found
