"""Readings in the catalogue: scans, pages, tables with their cells, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from registers.document import PageOutcome, Scan, ScanReading
from registers.errors import NotFoundError
from store import codec, readings
from store.clock import now
from store.database import Database
from store.kept import Failure, ScanKey, ScanState, StoredPage
from store.models import failures, pages, scans
from store.paths import from_stored, to_stored
from store.registers import require, touch

_AT_ONCE = 500
_PLACE_OF_FAILURE = ("register_id", "path", "page_index")


class PageStore:
    """What reading made of a register's scans."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def done(self, register_id: str) -> Mapping[ScanKey, ScanState]:
        """The scans that have a result, failed ones among them; see `ScanState.wanted`.

        Whole files that could not be opened have none: opening them again costs nothing.
        """
        with self._database.read() as connection:
            found = _failed_states(connection, register_id)
            query = (
                select(
                    scans.c.sha256,
                    scans.c.page_index,
                    scans.c.fingerprint,
                    scans.c.path,
                    scans.c.known,
                    scans.c.banner,
                    pages.c.outcome,
                )
                .join_from(scans, pages, isouter=True)
                .where(scans.c.register_id == register_id)
                .order_by(scans.c.key, pages.c.rank)
            )
            read: dict[ScanKey, ScanState] = {}
            for row in connection.execute(query):
                before = read.get((row.sha256, row.page_index))
                outcomes = (
                    *(before.outcomes if before else ()),
                    *([PageOutcome(row.outcome)] if row.outcome else ()),
                )
                read[row.sha256, row.page_index] = ScanState(
                    row.fingerprint,
                    outcomes,
                    from_stored(row.path),
                    row.known,
                    tuple(codec.json_data(row.banner)),
                )
        return found | read

    def save_reading(
        self, register_id: str, reading: ScanReading, fingerprint: str, known: str | None = None
    ) -> ScanReading:
        """Keep what was read of one scan, all or nothing, and clear what is known of earlier failures.

        `fingerprint` and `known` mark what it was read by, and with what knowledge (see ScanState).
        Rows keep the ordinals of the rows that stood in their place at earlier readings; new rows get
        new ones. An earlier scan of the same file name with other content is superseded. Returns the
        reading with its ordinals. Raises NotFoundError for an unknown register.
        """
        with self._database.write() as connection:
            require(connection, register_id)
            before = readings.reading_of(connection, register_id, reading.scan.id)
            numbered = readings.numbered(connection, register_id, reading)
            if _differ(before, numbered) or readings.superseded(connection, register_id, reading.scan):
                touch(connection, register_id)
            readings.drop(connection, register_id, reading.scan)
            readings.insert_reading(connection, register_id, numbered, fingerprint, known)
            readings.clear_failures(connection, register_id, reading.scan)
        return numbered

    def save_failure(self, register_id: str, failure: Failure, fingerprint: str = "") -> None:
        """Keep that a file, or a page of it, could not be read. An earlier good reading of it stays.

        The same failure again changes nothing. Raises NotFoundError for an unknown register.
        """
        values = {
            "register_id": register_id,
            "path": to_stored(failure.path),
            "sha256": failure.sha256,
            "page_index": failure.page_index,
            "fingerprint": fingerprint,
            "code": failure.code,
            "message": codec.safe_text(failure.message),
            "advice": codec.safe_text(failure.advice),
        }
        same = [failures.c[name].is_not_distinct_from(value) for name, value in values.items()]
        with self._database.read() as connection:
            if connection.execute(select(failures.c.key).where(*same)).first() is not None:
                return
        place = [failures.c[name].is_not_distinct_from(values[name]) for name in _PLACE_OF_FAILURE]
        with self._database.write() as connection:
            require(connection, register_id)
            connection.execute(delete(failures).where(*place))
            connection.execute(insert(failures).values(**values, failed_at=failure.at or now()))

    def failures(self, register_id: str) -> tuple[Failure, ...]:
        """Files and pages that could not be read and still cannot, by file name and page."""
        with self._database.read() as connection:
            found = connection.execute(select(failures).where(failures.c.register_id == register_id))
            failed = [_failure(row) for row in found]
            failed += [
                Failure(
                    path=page.scan.path,
                    code="page_failed",
                    message=page.page.reason,
                    sha256=page.scan.sha256,
                    page_index=page.scan.page_index,
                )
                for page in readings.listed(connection, register_id, PageOutcome.FAILED)
            ]
        return tuple(
            sorted(
                failed,
                key=lambda item: (item.path, -1 if item.page_index is None else item.page_index, item.code),
            )
        )

    def clear_failure(self, register_id: str, path: str) -> None:
        """Forget the failures of a file, because it is gone or was put right."""
        with self._database.write() as connection:
            connection.execute(
                delete(failures).where(
                    failures.c.register_id == register_id, failures.c.path == to_stored(path)
                )
            )

    def moved(self, register_id: str, sha256: str, path: str) -> None:
        """The file now lies elsewhere or is named otherwise; its readings stay."""
        elsewhere = select(scans.c.key, scans.c.content).where(
            scans.c.register_id == register_id, scans.c.sha256 == sha256, scans.c.path != to_stored(path)
        )
        with self._database.write() as connection:
            moved = [
                {
                    "scan": row.key,
                    "path": to_stored(path),
                    "content": codec.dumps(replace(codec.loads(Scan, row.content), path=path)),
                }
                for row in connection.execute(elsewhere)
            ]
            if moved:
                connection.execute(update(scans).where(scans.c.key == bindparam("scan")), moved)
                touch(connection, register_id)

    def outcomes(self, register_id: str) -> Counter[PageOutcome]:
        """How many page sides came to each outcome; failed files are in `failures`, not here."""
        query = (
            select(pages.c.outcome, func.count())
            .join_from(scans, pages)
            .where(scans.c.register_id == register_id)
            .group_by(pages.c.outcome)
        )
        with self._database.read() as connection:
            return Counter({PageOutcome(name): count for name, count in connection.execute(query)})

    def readings(self, register_id: str) -> tuple[ScanReading, ...]:
        """All that was read of a register, in the natural order of file names, with the rows' ordinals."""
        with self._database.read() as connection:
            return readings.readings(connection, register_id)

    def reading(self, register_id: str, scan_id: str) -> ScanReading:
        """What was read of one scan; raises NotFoundError."""
        with self._database.read() as connection:
            found = readings.reading_of(connection, register_id, scan_id)
        if found is None:
            raise NotFoundError(f"register {register_id} has no scan {scan_id}")
        return found

    def scan(self, scan_id: str, register_id: str = "") -> Scan:
        """A scan alone; `register_id` tells registers apart that hold it. Raises NotFoundError."""
        query = select(scans.c.content).where(scans.c.scan_id == scan_id).order_by(scans.c.register_id)
        if register_id:
            query = query.where(scans.c.register_id == register_id)
        with self._database.read() as connection:
            content = connection.scalar(query.limit(1))
        if content is None:
            raise NotFoundError(f"there is no scan {scan_id}")
        return codec.loads(Scan, content)

    def scan_ids(self, register_id: str) -> frozenset[str]:
        """Ids of a register's scans, read or failed."""
        query = select(scans.c.scan_id).where(scans.c.register_id == register_id)
        with self._database.read() as connection:
            failed = _failed_states(connection, register_id)
            read = connection.scalars(query).all()
        return frozenset(read) | {Scan("", sha256, index, 1, 0, 0).id for sha256, index in failed}

    def unheld(self, scan_ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that no register has read."""
        wanted, held = sorted(scan_ids), set[str]()
        with self._database.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = scans.c.scan_id.in_(wanted[start : start + _AT_ONCE])
                held.update(connection.scalars(select(scans.c.scan_id).where(some)))
        return frozenset(wanted) - held

    def pages_of(self, register_id: str) -> tuple[StoredPage, ...]:
        """A register's pages in page order (view where known, else natural file name), without tables."""
        with self._database.read() as connection:
            return readings.listed(connection, register_id)

    def ids_of(
        self, register_ids: Sequence[str], outcomes: Collection[PageOutcome]
    ) -> dict[str, tuple[str, ...]]:
        """Ids of the page sides that came to one of these outcomes, by register, as they were read."""
        query = (
            select(scans.c.register_id, pages.c.page_id)
            .join_from(scans, pages)
            .where(pages.c.outcome.in_(sorted(outcome.value for outcome in outcomes)))
            .order_by(scans.c.path, scans.c.page_index, pages.c.rank)
        )
        found: dict[str, list[str]] = {}
        with self._database.read() as connection:
            for start in range(0, len(register_ids), _AT_ONCE):
                some = scans.c.register_id.in_(register_ids[start : start + _AT_ONCE])
                for register_id, page_id in connection.execute(query.where(some)):
                    found.setdefault(register_id, []).append(page_id)
        return {register_id: tuple(ids) for register_id, ids in found.items()}

    def page(self, page_id: str, register_id: str = "") -> StoredPage:
        """A page with its tables; `register_id` tells registers apart that hold the same scan.

        Raises NotFoundError.
        """
        query = readings.page_query().where(pages.c.page_id == page_id).order_by(scans.c.register_id)
        if register_id:
            query = query.where(scans.c.register_id == register_id)
        with self._database.read() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
            if row is None:
                raise NotFoundError(f"there is no page {page_id}")
            return readings.stored_page(
                row, readings.tables_of(connection, [row.page_key]).get(row.page_key, ())
            )


def _differ(before: ScanReading | None, after: ScanReading) -> bool:
    # As they are stored: places are kept to a hundredth of a pixel.
    return before is None or codec.dumps(before) != codec.dumps(after)


def _failed_states(connection: Connection, register_id: str) -> dict[ScanKey, ScanState]:
    query = select(failures).where(
        failures.c.register_id == register_id,
        failures.c.sha256.is_not(None),
        failures.c.page_index.is_not(None),
    )
    return {
        (row.sha256, row.page_index): ScanState(row.fingerprint, (PageOutcome.FAILED,), from_stored(row.path))
        for row in connection.execute(query)
    }


def _failure(row: Row[Any]) -> Failure:
    return Failure(
        path=from_stored(row.path),
        code=row.code,
        message=row.message,
        advice=row.advice,
        sha256=row.sha256,
        page_index=row.page_index,
        at=row.failed_at,
    )
