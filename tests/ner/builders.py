"""Readings built by hand: what stage one would have made of a page, without a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from registers.document import (
    Alternative,
    Cell,
    Column,
    Page,
    PageClass,
    PageOutcome,
    PageReading,
    Row,
    Scan,
    ScanReading,
    Side,
    Table,
)
from registers.geometry import Box, Quad
from registers.register import Register, RegisterSettings

ROW_HEIGHT = 50


def quad(x: float, y: float, width: float, height: float) -> Quad:
    return Box(int(x), int(y), int(width), int(height)).to_quad()


def make_table(
    rows: Sequence[Sequence[str]],
    *,
    headers: Sequence[str] = (),
    title: str = "",
    widths: Sequence[int] = (),
    row_offset: int = 0,
    confidence: float | None = 0.99,
    alternatives: dict[tuple[int, int], Sequence[str]] | None = None,
) -> Table:
    """A table of texts; an empty text is a cell that is not there."""
    count = max((len(row) for row in rows), default=len(headers))
    sizes = list(widths) or [300] * count
    lefts = [100 + sum(sizes[:index]) for index in range(count)]
    names = [*headers, *[""] * (count - len(headers))]
    offered = alternatives or {}
    return Table(
        columns=tuple(
            Column(index, quad(lefts[index], 100, sizes[index], ROW_HEIGHT * (len(rows) + 1)), names[index])
            for index in range(count)
        ),
        rows=tuple(
            Row(index, quad(100, 200 + ROW_HEIGHT * (row_offset + index), sum(sizes), ROW_HEIGHT))
            for index in range(len(rows))
        ),
        cells=tuple(
            Cell(
                row,
                column,
                quad(lefts[column], 200 + ROW_HEIGHT * (row_offset + row), sizes[column], ROW_HEIGHT),
                text,
                confidence,
                tuple(
                    Alternative(other, -1.0 - rank)
                    for rank, other in enumerate(offered.get((row, column), ()))
                ),
            )
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
            if text
        ),
        title=title,
        row_offset=row_offset,
    )


def make_scan(name: str = "p001.jpg", *, digest: str = "") -> Scan:
    sha256 = digest or hashlib.sha256(name.encode()).hexdigest()
    return Scan(f"/scans/{name}", sha256, 0, 1, 2000, 3000)


def make_reading(
    *sides: Sequence[Table],
    name: str = "p001.jpg",
    banner: Sequence[str] = (),
    titles: Sequence[str] = (),
    outcome: PageOutcome = PageOutcome.READ,
) -> ScanReading:
    """A scan with one page (single) or two (left, right), each given as its tables."""
    scan = make_scan(name)
    names = (Side.SINGLE,) if len(sides) == 1 else (Side.LEFT, Side.RIGHT)
    pages = tuple(
        PageReading(
            Page(
                id=Page.id_of(scan.id, side),
                scan_id=scan.id,
                side=side,
                quad=quad(0, 0, 2000, 3000),
                outcome=outcome,
                page_class=PageClass.TABLE,
                titles=tuple(titles),
                engine="hand",
            ),
            tuple(tables),
        )
        for side, tables in zip(names, sides, strict=True)
    )
    return ScanReading(scan, pages, tuple(banner))


def make_register(register_id: str = "register", settings: RegisterSettings | None = None) -> Register:
    return Register(register_id, f"/scans/{register_id}", settings or RegisterSettings())
