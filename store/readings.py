"""How a scan's reading becomes rows of the catalogue, and is made again from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select

from registers.document import Page, PageOutcome, PageReading, Scan, ScanReading, Table
from registers.geometry import Quad
from store import codec
from store.clock import now
from store.kept import StoredPage
from store.models import failures, known_rows, pages, scans, tables
from store.order import SIDE_RANK, first_views, ranks
from store.paths import to_stored
from store.rows import KnownRow, with_ordinals

_TABLES_AT_ONCE = 500


def numbered(connection: Connection, register_id: str, reading: ScanReading) -> ScanReading:
    """The reading with every row's ordinal, which is remembered."""
    done = tuple(
        PageReading(item.page, _numbered_page(connection, register_id, item)) for item in reading.pages
    )
    return ScanReading(reading.scan, done, reading.banner)


def _numbered_page(connection: Connection, register_id: str, item: PageReading) -> tuple[Table, ...]:
    here = (known_rows.c.register_id == register_id, known_rows.c.page_id == item.page.id)
    content = connection.scalar(select(known_rows.c.content).where(*here))
    known = _known(content)
    done, known_now = with_ordinals(item.tables, known)
    if known_now != known:
        packed = codec.pack([[row.ordinal, row.live, row.quad.to_list()] for row in known_now])
        connection.execute(delete(known_rows).where(*here))
        connection.execute(
            insert(known_rows).values(register_id=register_id, page_id=item.page.id, content=packed)
        )
    return done


def _known(content: bytes | None) -> tuple[KnownRow, ...]:
    if content is None:
        return ()
    return tuple(
        KnownRow(ordinal, Quad.from_list(quad), live) for ordinal, live, quad in codec.unpack(content)
    )


def superseded(connection: Connection, register_id: str, scan: Scan) -> bool:
    """Whether the catalogue holds another scan under this one's file name and page."""
    query = select(scans.c.key).where(_same_place(register_id, scan), scans.c.scan_id != scan.id)
    return connection.execute(query).first() is not None


def drop(connection: Connection, register_id: str, scan: Scan) -> None:
    """Take out the earlier reading of a scan, and of another that stood under its name."""
    same_scan = (scans.c.register_id == register_id) & (scans.c.scan_id == scan.id)
    connection.execute(delete(scans).where(or_(same_scan, _same_place(register_id, scan))))


def _same_place(register_id: str, scan: Scan) -> Any:
    return (
        (scans.c.register_id == register_id)
        & (scans.c.path == to_stored(scan.path))
        & (scans.c.page_index == scan.page_index)
    )


def insert_reading(
    connection: Connection, register_id: str, reading: ScanReading, fingerprint: str, known: str | None
) -> None:
    """Write a scan with its pages and tables."""
    scan = reading.scan
    scan_key = _inserted(
        connection,
        insert(scans).values(
            register_id=register_id,
            scan_id=scan.id,
            sha256=scan.sha256,
            page_index=scan.page_index,
            path=to_stored(scan.path),
            content=codec.dumps(scan),
            banner=codec.json_text(list(reading.banner)),
            fingerprint=fingerprint,
            read_at=now(),
            known=known,
        ),
    )
    for rank, item in enumerate(reading.pages):
        page_key = _inserted(connection, _page_insert(scan_key, rank, item))
        content = [
            {
                "page_key": page_key,
                "rank": table_rank,
                "row_count": len(table.rows),
                "content": codec.pack(codec.encode(table)),
            }
            for table_rank, table in enumerate(item.tables)
        ]
        if content:
            connection.execute(insert(tables), content)


def _page_insert(scan_key: int, rank: int, item: PageReading) -> Any:
    return insert(pages).values(
        scan_key=scan_key,
        page_id=item.page.id,
        rank=rank,
        outcome=item.page.outcome.value,
        page_class=item.page.page_class.value,
        row_count=sum(len(table.rows) for table in item.tables),
        content=codec.dumps(item.page),
        view=None,
        section_id="",
    )


def _inserted(connection: Connection, statement: Any) -> int:
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def clear_failures(connection: Connection, register_id: str, scan: Scan) -> None:
    """A reading has come of this scan: forget that its page, or its file as a whole, failed before."""
    same_file = or_(failures.c.path == to_stored(scan.path), failures.c.sha256 == scan.sha256)
    same_page = or_(failures.c.page_index == scan.page_index, failures.c.page_index.is_(None))
    connection.execute(delete(failures).where(failures.c.register_id == register_id, same_file, same_page))


def page_query() -> Select[Any]:
    """Pages with their scans, without tables."""
    return select(
        scans.c.register_id,
        scans.c.content.label("scan"),
        scans.c.banner,
        pages.c.key.label("page_key"),
        pages.c.rank,
        pages.c.content.label("page"),
        pages.c.row_count,
        pages.c.view,
        pages.c.section_id,
    ).join_from(scans, pages)


def stored_page(row: Row[Any], content: tuple[Table, ...] = ()) -> StoredPage:
    """A row of `page_query` as a page."""
    return StoredPage(
        register_id=row.register_id,
        scan=codec.loads(Scan, row.scan),
        page=codec.loads(Page, row.page),
        row_count=row.row_count,
        view=row.view,
        section_id=row.section_id,
        banner=tuple(codec.json_data(row.banner)),
        tables=content,
    )


def listed(
    connection: Connection, register_id: str, outcome: PageOutcome | None = None
) -> tuple[StoredPage, ...]:
    """A register's pages in page order, without tables."""
    query = page_query().where(scans.c.register_id == register_id)
    if outcome is not None:
        query = query.where(pages.c.outcome == outcome.value)
    found = [stored_page(row) for row in connection.execute(query.order_by(scans.c.key, pages.c.rank))]
    rank = ranks(
        {item.scan.id: item.scan.image for item in found},
        first_views((item.scan.id, item.view) for item in found),
    )
    return tuple(sorted(found, key=lambda item: (rank[item.scan.id], SIDE_RANK[item.side])))


def tables_of(connection: Connection, page_keys: Sequence[int]) -> dict[int, tuple[Table, ...]]:
    """The tables of pages, by the pages' keys."""
    found: dict[int, list[Table]] = defaultdict(list)
    for start in range(0, len(page_keys), _TABLES_AT_ONCE):
        some = page_keys[start : start + _TABLES_AT_ONCE]
        query = select(tables.c.page_key, tables.c.content).where(tables.c.page_key.in_(some))
        for row in connection.execute(query.order_by(tables.c.page_key, tables.c.rank)):
            found[row.page_key].append(codec.decode(Table, codec.unpack(row.content)))
    return {key: tuple(items) for key, items in found.items()}


def reading_of(connection: Connection, register_id: str, scan_id: str) -> ScanReading | None:
    """What was read of one scan."""
    found = _readings(connection, (scans.c.register_id == register_id) & (scans.c.scan_id == scan_id))
    return found[0] if found else None


def readings(connection: Connection, register_id: str) -> tuple[ScanReading, ...]:
    """All that was read of a register, in the natural order of file names."""
    found = _readings(connection, scans.c.register_id == register_id)
    rank = ranks({reading.scan.id: reading.scan.image for reading in found}, {})
    return tuple(sorted(found, key=lambda reading: rank[reading.scan.id]))


def _readings(connection: Connection, where: Any) -> list[ScanReading]:
    found = connection.execute(select(scans).where(where)).all()
    page_rows = connection.execute(
        select(pages.c.key, pages.c.scan_key, pages.c.content)
        .join_from(pages, scans)
        .where(where)
        .order_by(pages.c.scan_key, pages.c.rank)
    ).all()
    content = tables_of(connection, [row.key for row in page_rows])
    by_scan: dict[int, list[PageReading]] = defaultdict(list)
    for row in page_rows:
        by_scan[row.scan_key].append(PageReading(codec.loads(Page, row.content), content.get(row.key, ())))
    return [
        ScanReading(
            codec.loads(Scan, row.content), tuple(by_scan[row.key]), tuple(codec.json_data(row.banner))
        )
        for row in found
    ]
