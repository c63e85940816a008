"""Small registers, built by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from registers.dates import Period, RegisterDate
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
    Step,
    Table,
)
from registers.entry import Entry, Kind, PersonName, Source, entry_id
from registers.geometry import Box, Quad
from registers.register import Description, Register, Section, Series

REGISTER = Register("paris/1883", "/scans/paris/1883")
SECTION = Section(
    "paris/1883#1",
    REGISTER.id,
    Description(
        commune="Paris 3e",
        kinds=(Kind.BIRTH,),
        series=Series.DECENNIAL,
        period=Period.of_years(1883, 1892),
        cote="V3E/N 1",
    ),
)


def scan(name: str, *, content: str = "", page_index: int = 0, page_count: int = 1) -> Scan:
    digest = sha256((content or name).encode()).hexdigest()
    return Scan(f"/scans/paris/1883/{name}", digest, page_index, page_count, 1000, 1400, 300.0)


def row_quad(y: float, *, drift: float = 0.0) -> Quad:
    """A row 30 pixels high, its right end `drift` pixels lower than its left."""
    level = Box(50, 0, 900, 30).to_quad()
    return Quad.from_list(
        [
            value + (y + (drift if x > 500 else 0.0) if index % 2 else 0.0)
            for index, (value, x) in enumerate(
                zip(level.to_list(), [c.x for c in level.corners for _ in (0, 1)], strict=True)
            )
        ]
    )


def table(tops: Sequence[float], *, drift: float = 0.0, offset: int = 0) -> Table:
    rows = tuple(Row(index, row_quad(top, drift=drift)) for index, top in enumerate(tops))
    cells = tuple(
        Cell(
            row.index, column, row.quad, f"cell {column} at {tops[row.index]}", 0.9, (Alternative("x", -1.5),)
        )
        for row in rows
        for column in range(3)
    )
    columns = tuple(
        Column(index, row_quad(0), header) for index, header in enumerate(("Noms", "Prénoms", "Dates"))
    )
    return Table(columns, rows, cells, title="Naissances", ruled=True, row_offset=offset)


def page(
    of: Scan,
    tables: Sequence[Table] = (),
    *,
    side: Side = Side.SINGLE,
    outcome: PageOutcome = PageOutcome.READ,
) -> PageReading:
    kind = PageClass.TABLE if tables else PageClass.OTHER
    quad = Box(0, 0, of.width, of.height).to_quad()
    made = Page(
        Page.id_of(of.id, side),
        of.id,
        side,
        quad,
        outcome,
        kind,
        steps=(Step("deskew", 0.4),),
        engine="tesseract 5",
    )
    return PageReading(made, tuple(tables))


def reading(name: str, tops: Sequence[float] = (100, 140, 180), *, content: str = "") -> ScanReading:
    of = scan(name, content=content)
    return ScanReading(of, (page(of, [table(tops)]),), banner=("Paris 3e - Vue 4/109",))


def entry(
    of: ScanReading,
    row: Row,
    surname: str = "Lefebvre",
    *,
    page_number: int = 0,
    register_id: str = REGISTER.id,
) -> Entry:
    where = of.pages[page_number].page
    return Entry(
        id=entry_id(register_id, of.scan.id, where.side, row.ordinal),
        section_id=SECTION.id,
        kind=Kind.BIRTH,
        person=PersonName(surname, "Jean Baptiste", surname.upper(), "Jn Bte"),
        date=RegisterDate.of_day(date(1883, 12, 19), text="19 xbre 83"),
        source=Source(
            register_id,
            of.scan.id,
            of.scan.image,
            where.id,
            where.side,
            row.index + 1,
            row.quad,
            engine="tesseract 5",
        ),
        confidence=0.87654,
    )


def entries(of: ScanReading, register_id: str = REGISTER.id) -> list[Entry]:
    return [
        entry(of, row, f"Nom {row.ordinal}", page_number=number, register_id=register_id)
        for number, item in enumerate(of.pages)
        for part in item.tables
        for row in part.rows
    ]


def named(of: Entry, surname: str) -> Entry:
    return replace(of, person=replace(of.person, surname=surname))
