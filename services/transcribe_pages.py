"""Pages as PAGE XML for eScriptorium or Transkribus, and their corrected lines back as corrections.

A corrected cell is put in the place of what was read, the register is understood anew with it, and what
that makes of the row is the correction: dates, abbreviations and dittos need no second way. The text
itself is kept too: the register's hand is learnt from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from ner.extract import understand
from registers.document import Cell, PageReading, ScanReading, Table
from registers.entry import Entry, entry_id
from registers.errors import UsageError
from services.correct import CorrectionValues, person
from services.desk import Desk
from services.transcribe import VALUES, Imported, Said, Tally, importing
from services.vouched import hand_cells
from store.catalogue import Catalogue
from store.export.page_xml import to_page_xml

_CELL = re.compile(r"(left|right|single)_t(\d+)_r(\d+)_c(\d+)")
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_Place = tuple[str, int, int, int]
"""Side, table on that side, row of the table, column."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a document: the id that its cell had, where it stands, what it says."""

    ids: tuple[str, ...]
    middle: tuple[float, float] | None
    text: str


@dataclass(frozen=True, slots=True)
class PageFile:
    """A PAGE XML file: its name, the name of its scan, the lines on that."""

    name: str
    image: str
    lines: tuple[_Line, ...]


def export_pages(catalogue: Catalogue, register_id: str, made_at: str) -> Iterator[tuple[str, bytes]]:
    """File name and PAGE XML of each scan of a register that has rows; raises NotFoundError at once."""
    catalogue.registers.get(register_id)
    return (
        (f"{Path(reading.scan.image).stem}.xml", to_page_xml(reading, made_at))
        for reading in catalogue.pages.readings(register_id)
        if any(page.tables for page in reading.pages)
    )


def read_pages(catalogue: Catalogue, register_id: str, paths: Sequence[Path]) -> tuple[PageFile, ...]:
    """PAGE XML files of any year's schema.

    Raises NotFoundError for an unknown register, UsageError for a file that is no PAGE XML or of a scan that
    the register does not hold.
    """
    catalogue.registers.get(register_id)
    images = {page.scan.image for page in catalogue.pages.pages_of(register_id)}
    files = tuple(_page_file(path) for path in paths)
    for file in files:
        if file.image not in images:
            raise UsageError(f"{file.name}: register {register_id} has no scan {file.image}")
    return files


def take_pages(desk: Desk, register_id: str, files: Sequence[PageFile], who: str) -> Imported:
    """Take the lines that differ from what was read, as corrections of their rows.

    `files` are as `read_pages` gives them. Lines are known by the ids of the export, else by their place on
    the scan. Raises NotFoundError, StoreBusyError while another import is under way.
    """
    who = person(who)
    catalogue = desk.catalogue
    register = catalogue.registers.get(register_id)
    readings = catalogue.pages.readings(register_id)
    by_image = {reading.scan.image: index for index, reading in enumerate(readings)}
    changed = list(readings)
    touched: dict[str, str] = {}
    written: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with importing(desk) as tally:
        for file in files:
            index = by_image[file.image]
            texts = _texts(readings[index], file, tally)
            changed[index] = _with_texts(readings[index], texts)
            for place, key, where in _rows_of(register_id, readings[index], texts, file.name):
                touched[key] = where
                written[key].append((place[3], texts[place]))
        before = {entry.id: entry for entry in understand(register, readings).entries}
        after = {entry.id: entry for entry in understand(register, changed).entries}
        stored = catalogue.entries.get_many(list(touched))
        held = {(hand.entry_id, hand.cell.column): hand.holds for hand in hand_cells(register, readings)}
        for key, where in touched.items():
            if key not in stored or key not in after:
                tally.problems.append(f"{where}: this line is no row about a person")
                continue
            cells = {held[key, column]: text for column, text in written[key] if (key, column) in held}
            said = Said(where, _difference(before.get(key), after[key]), written=cells)
            tally.keep(catalogue, stored[key], said, who)
    return tally.done(desk)


def _difference(before: Entry | None, after: Entry) -> CorrectionValues:
    """What the changed cells say otherwise; a row that repeats the name above follows it by itself."""
    repeats = before is not None and before.ditto is not None and after.ditto is not None
    changed = {
        name: after.date.text if name == "date" else value(after)
        for name, value in VALUES.items()
        if (before is None or value(before) != value(after)) and not (repeats and name == "surname")
    }
    return CorrectionValues(**changed)  # type: ignore[arg-type]


def _page_file(path: Path) -> PageFile:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if _FORBIDDEN.search(text):
            raise UsageError(f"{path.name} declares entities", advice="no transcription needs them")
        root = ElementTree.fromstring(text)
    except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
        raise UsageError(f"{path.name} is no XML in UTF-8") from error
    page = root.find("{*}Page")
    if page is None:
        raise UsageError(f"{path.name} is no PAGE XML", advice="export as PAGE, not as ALTO")
    lines = tuple(
        _Line(
            (line.get("id", ""), region.get("id", "")),
            _middle(line),
            (line.findtext("{*}TextEquiv/{*}Unicode") or "").strip(),
        )
        for region in page.iter()
        for line in region.findall("{*}TextLine")
    )
    return PageFile(path.name, page.get("imageFilename", "").rsplit("/", 1)[-1], lines)


def _middle(line: ElementTree.Element) -> tuple[float, float] | None:
    coords = line.find("{*}Coords")
    try:
        points = [
            point.split(",") for point in (coords.get("points", "") if coords is not None else "").split()
        ]
        xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
    except ValueError:
        return None
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) if points else None


def _texts(reading: ScanReading, file: PageFile, tally: Tally) -> dict[_Place, str]:
    """The cells whose text differs from what was read."""
    cells = dict(_cells(reading))
    texts: dict[_Place, str] = {}
    for line in file.lines:
        place = next((found for key in line.ids if (found := _place_of(key)) in cells), None)
        place = place or _at(cells, line.middle)
        if place is None:
            if line.text:
                tally.problems.append(f"{file.name}: line {line.ids[0] or '?'} lies in no cell of the table")
            continue
        texts[place] = f"{texts[place]} {line.text}" if place in texts else line.text
    return {place: text for place, text in texts.items() if text != cells[place].text.strip()}


def _cells(reading: ScanReading) -> Iterator[tuple[_Place, Cell]]:
    for page in reading.pages:
        for number, table in enumerate(page.tables):
            for cell in table.cells:
                yield (page.page.side.value, number, cell.row, cell.column), cell


def _place_of(key: str) -> _Place | None:
    found = _CELL.search(key)
    return (found[1], int(found[2]), int(found[3]), int(found[4])) if found else None


def _at(cells: dict[_Place, Cell], middle: tuple[float, float] | None) -> _Place | None:
    if middle is None:
        return None
    x, y = middle
    for place, cell in cells.items():
        box = cell.quad.bounds
        if box.x <= x < box.right and box.y <= y < box.bottom:
            return place
    return None


def _with_texts(reading: ScanReading, texts: dict[_Place, str]) -> ScanReading:
    return replace(reading, pages=tuple(_page_with(page, texts) for page in reading.pages))


def _page_with(page: PageReading, texts: dict[_Place, str]) -> PageReading:
    tables = []
    for number, table in enumerate(page.tables):
        cells = tuple(
            replace(cell, text=text, confidence=None, alternatives=())
            if (text := texts.get((page.page.side.value, number, cell.row, cell.column))) is not None
            else cell
            for cell in table.cells
        )
        tables.append(replace(table, cells=cells))
    return replace(page, tables=tuple(tables))


def _rows_of(
    register_id: str, reading: ScanReading, texts: dict[_Place, str], name: str
) -> Iterator[tuple[_Place, str, str]]:
    """Every changed cell with its row's entry id and place in words."""
    tables: dict[tuple[str, int], tuple[PageReading, Table]] = {
        (page.page.side.value, number): (page, table)
        for page in reading.pages
        for number, table in enumerate(page.tables)
    }
    for place in texts:
        side, number, row, _ = place
        page, table = tables[side, number]
        ordinal = next(item.ordinal for item in table.rows if item.index == row)
        where = f"{name}, {side}, row {row + 1}"
        yield place, entry_id(register_id, reading.scan.id, page.page.side, ordinal), where
