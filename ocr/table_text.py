"""A grid read: the quads that go to the engine, and the tables that come of its answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ocr.grid import Band, Grid, GridRow, Span
from ocr.headers import is_header
from ocr.textlines import TextLine
from registers.document import Cell, CellText, Column, Row, Table
from registers.geometry import Point, Quad

_HEADER_ROWS = 3
_TITLE_ROWS = 8  # rows at the top of a page among which a header is looked for
_LINE_MARGIN = 0.45  # of the letter height, above and below a line of text outside the table
_INSET = 0.12  # of the letter height, at the sides of a cell: what is left of a rule
_BROKEN_WORD = re.compile(r"[a-zà-ÿ]-$")


@dataclass(frozen=True, slots=True)
class Place:
    """What a quad that was sent to the engine is: a line of a cell, or a line outside the table."""

    block: int
    row: int
    column: int


@dataclass(slots=True)
class Plan:
    """Quads for the engine in page pixels, and what each of them is."""

    quads: list[Quad] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    titles: list[Quad] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadGrid:
    """Tables in page pixels, and the lines around them from top to bottom."""

    tables: tuple[Table, ...]
    titles: tuple[str, ...]


_TITLE = -1


def plan_reading(grid: Grid, scale: float, letter_height: float) -> Plan:
    """What to read of a grid; its places are divided by `scale` to become pixels of the page."""
    plan = Plan()
    for line in (*grid.above, *(line for block in grid.blocks for line in block.headings), *grid.below):
        plan.quads.append(scaled(line_quad(line, letter_height), 1 / scale))
        plan.places.append(Place(_TITLE, 0, 0))
    for number, block in enumerate(grid.blocks):
        for index, row in enumerate(block.rows):
            _plan_row(plan, row, Place(number, index, 0), scale, letter_height)
    return plan


def _plan_row(plan: Plan, row: GridRow, place: Place, scale: float, letter_height: float) -> None:
    inset = _INSET * letter_height
    for number, line in enumerate(row.lines):
        for column in sorted(line.filled):
            span = line.spans[column]
            inked = Span(
                max(span.left + inset, min(b.left for b in line.filled[column]) - letter_height),
                min(span.right - inset, max(b.right for b in line.filled[column]) + letter_height),
            )
            band = _line_band(row, number, column, letter_height)
            plan.quads.append(scaled(band.part(inked), 1 / scale))
            plan.places.append(Place(place.block, place.row, column))


def _line_band(row: GridRow, number: int, column: int, letter_height: float) -> Band:
    """The band of one line of a cell: the row's own, cut half-way to the cell's lines around it."""
    band = row.band
    if len(row.lines) == 1:
        return band
    blobs = row.lines[number].filled[column]
    top, bottom = min(b.top for b in blobs), max(b.bottom for b in blobs)
    above = [b.bottom for line in row.lines[:number] for b in line.filled.get(column, ())]
    below = [b.top for line in row.lines[number + 1 :] for b in line.filled.get(column, ())]
    margin = _LINE_MARGIN * letter_height
    upper = max((max(above) + top) / 2, top - margin) if above else top - margin
    lower = min((min(below) + bottom) / 2, bottom + margin) if below else bottom + margin
    return Band(band.left, band.right, upper, upper, lower, lower)


def line_quad(line: TextLine, letter_height: float) -> Quad:
    """The place of a line outside the table, with room for accents and tails."""
    margin = _LINE_MARGIN * letter_height
    left, right = line.left - letter_height, line.right + letter_height
    top, bottom = line.top - margin, line.bottom + margin
    return Quad(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


def scaled(quad: Quad, factor: float) -> Quad:
    """The quad on a copy of the page that is `factor` times its size."""
    return Quad(*(Point(corner.x * factor, corner.y * factor) for corner in quad.corners))


def body_places(grid: Grid, plan: Plan, answers: Sequence[CellText]) -> frozenset[tuple[int, int]]:
    """Block and row of every row below the titles and headers."""
    _, read = _read_rows(grid, plan, answers)
    first, skipped = _body_start(read)
    return frozenset(
        (number, index)
        for number in range(first, len(read))
        for index in range(_head_rows(read[number], skipped if number == first else 0), len(read[number]))
    )


def headers_of(grid: Grid, plan: Plan, answers: Sequence[CellText]) -> list[str]:
    """The words above each column, of the first block that has any; empty where there are none."""
    _, read = _read_rows(grid, plan, answers)
    first, skipped = _body_start(read)
    for number in range(first, len(read)):
        head = read[number][: _head_rows(read[number], skipped if number == first else 0)]
        if head:
            return _header_texts([row for row in head if _says_header(row)], len(grid.columns))
    return [""] * len(grid.columns)


def _head_rows(rows: Sequence[dict[int, CellText]], skipped: int) -> int:
    return skipped or _header_rows(rows)


def _read_rows(
    grid: Grid, plan: Plan, answers: Sequence[CellText]
) -> tuple[dict[int, str], list[list[dict[int, CellText]]]]:
    """Texts of the lines outside the rows, and of every block's rows the cells that hold something."""
    heading_texts, cells = _sorted_answers(grid, plan, answers)
    return heading_texts, [
        [_joined_cells(cells.get((number, index), {})) for index in range(len(block.rows))]
        for number, block in enumerate(grid.blocks)
    ]


def tables_of(grid: Grid, plan: Plan, answers: Sequence[CellText], scale: float) -> ReadGrid:
    """Tables from the engine's answers, one for each block of rows under a heading."""
    heading_texts, read = _read_rows(grid, plan, answers)
    titles = [heading_texts[id(line)] for line in grid.above]
    first, skipped = _body_start(read)
    titles += [_row_text(row) for rows in read[:first] for row in rows]
    if skipped:
        titles += [_row_text(row) for row in read[first][:skipped] if not _says_header(row)]
    headers = [""] * len(grid.columns)
    tables: list[Table] = []
    offset = 0
    for number in range(first, len(grid.blocks)):
        block, rows = grid.blocks[number], read[number]
        skip = _head_rows(rows, skipped if number == first else 0)
        if skip:
            headers = _header_texts([row for row in rows[:skip] if _says_header(row)], len(grid.columns))
        table = _table(_Part(block.rows[skip:], rows[skip:], offset), grid, headers, scale)
        if table.rows:
            title = " ".join(text for line in block.headings if (text := heading_texts[id(line)]))
            tables.append(replace(table, title=title))
            offset += len(table.rows)
    titles += [heading_texts[id(line)] for block in grid.blocks for line in block.headings]
    titles += [heading_texts[id(line)] for line in grid.below]
    return ReadGrid(tuple(tables), tuple(text for text in titles if text))


def _body_start(read: Sequence[Sequence[dict[int, CellText]]]) -> tuple[int, int]:
    """The block that holds the header, and how many of its rows the header takes, titles before it too.

    Titles that happen to fall into the columns are rows to the grid; a header below them tells.
    """
    seen, found = 0, (0, 0)
    for number, rows in enumerate(read):
        for index, row in enumerate(rows):
            if seen >= _TITLE_ROWS:
                return found
            if _says_header(row):
                found = (number, index + 1)
            seen += 1
    return found


def _says_header(row: dict[int, CellText]) -> bool:
    return is_header([cell.text for cell in row.values()])


def _row_text(row: dict[int, CellText]) -> str:
    return " ".join(row[column].text for column in sorted(row))


def _sorted_answers(
    grid: Grid, plan: Plan, answers: Sequence[CellText]
) -> tuple[dict[int, str], dict[tuple[int, int], dict[int, list[CellText]]]]:
    outside = [*grid.above, *(line for block in grid.blocks for line in block.headings), *grid.below]
    texts: dict[int, str] = {}
    cells: dict[tuple[int, int], dict[int, list[CellText]]] = {}
    for number, (place, answer) in enumerate(zip(plan.places, answers, strict=True)):
        if place.block == _TITLE:
            texts[id(outside[number])] = answer.text
        else:
            cells.setdefault((place.block, place.row), {}).setdefault(place.column, []).append(answer)
    return texts, cells


def _joined_cells(lines: dict[int, list[CellText]]) -> dict[int, CellText]:
    return {column: joined(parts) for column, parts in lines.items() if any(part.text for part in parts)}


def joined(parts: Sequence[CellText]) -> CellText:
    """The lines of one cell as one text; a word broken at the end of a line is made whole."""
    kept = [part for part in parts if part.text]
    if len(kept) == 1:
        return kept[0]
    text, raw = kept[0].text, kept[0].raw_text or kept[0].text
    for part in kept[1:]:
        text = _continued(text, part.text)
        raw = f"{raw} {part.raw_text or part.text}"
    sure = [part.confidence for part in kept if part.confidence is not None]
    return CellText(text, min(sure, default=None), raw_text=raw if raw != text else "")


def _continued(text: str, more: str) -> str:
    if _BROKEN_WORD.search(text) and more[:1].islower():
        return text[:-1] + more
    return f"{text} {more}"


def _header_rows(rows: Sequence[dict[int, CellText]]) -> int:
    """How many rows at the beginning are header."""
    return next((n for n, row in enumerate(rows[:_HEADER_ROWS]) if not _says_header(row)), 0)


def _header_texts(rows: Sequence[dict[int, CellText]], columns: int) -> list[str]:
    return [" ".join(row[column].text for row in rows if column in row).strip() for column in range(columns)]


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one block with what was read in them; `offset` rows of the page stand before."""

    shapes: Sequence[GridRow]
    rows: Sequence[dict[int, CellText]]
    offset: int


def _table(part: _Part, grid: Grid, headers: Sequence[str], scale: float) -> Table:
    kept = [(shape, cells) for shape, cells in zip(part.shapes, part.rows, strict=True) if cells]
    made_rows = tuple(Row(index, scaled(shape.band.quad, 1 / scale)) for index, (shape, _) in enumerate(kept))
    made_cells = tuple(
        Cell(
            row=index,
            column=column,
            quad=scaled(shape.band.part(shape.spans[column]), 1 / scale),
            text=text.text,
            confidence=text.confidence,
            alternatives=text.alternatives,
            raw_text=text.raw_text,
            changed_by=text.changed_by,
        )
        for index, (shape, cells) in enumerate(kept)
        for column, text in sorted(cells.items())
    )
    return Table(_columns(grid, kept, headers, scale), made_rows, made_cells, "", grid.ruled, part.offset)


def _columns(
    grid: Grid,
    kept: Sequence[tuple[GridRow, dict[int, CellText]]],
    headers: Sequence[str],
    scale: float,
) -> tuple[Column, ...]:
    if not kept:
        return ()
    first, last = kept[0][0].band, kept[-1][0].band
    whole = Band(
        first.left, first.right, first.top_left, first.top_right, last.bottom_left, last.bottom_right
    )
    return tuple(
        Column(index, scaled(whole.part(span), 1 / scale), headers[index])
        for index, span in enumerate(grid.columns)
    )
