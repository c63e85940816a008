"""PAGE XML (schema of 2019-07-15): one document per scan, for eScriptorium, Transkribus and OCR-D.

A table is a TableRegion, a cell a TextRegion in it with its row and column and one TextLine. The text is
what was read, not what it means; places are pixels of the original scan.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from registers.document import Cell, PageReading, Scan, ScanReading, Table
from store.export.xml import around, document, legal, points, with_confidence
from store.kept import MACHINE

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def to_page_xml(reading: ScanReading, made_at: str) -> bytes:
    """The document; `made_at` (ISO 8601) is its date, so that equal readings can give equal bytes."""
    scan = reading.scan
    root = Element("PcGts", {"xmlns": NAMESPACE})
    metadata = SubElement(root, "Metadata")
    for name, text in (("Creator", MACHINE), ("Created", made_at), ("LastChange", made_at)):
        SubElement(metadata, name).text = text
    attributes = {
        "imageFilename": legal(scan.image),
        "imageWidth": str(scan.width),
        "imageHeight": str(scan.height),
    }
    page = SubElement(root, "Page", attributes)
    tables = [
        (f"{item.page.side.value}_t{number}", item, table)
        for item in reading.pages
        for number, table in enumerate(item.tables)
    ]
    if tables:
        group = SubElement(SubElement(page, "ReadingOrder"), "OrderedGroup", {"id": "order"})
        for rank, (name, *_) in enumerate(tables):
            SubElement(group, "RegionRefIndexed", {"index": str(rank), "regionRef": name})
    for name, item, table in tables:
        _add_table(page, name, item, table, scan)
    return document(root)


def _add_table(parent: Element, name: str, item: PageReading, table: Table, scan: Scan) -> None:
    attributes = {"id": name, "rows": str(len(table.rows)), "columns": str(len(table.columns))}
    region = SubElement(parent, "TableRegion", attributes)
    SubElement(region, "Coords", {"points": points(around(table, item.page), scan)})
    for row in table.rows:
        for cell in table.cells_of(row.index):
            _add_cell(region, name, cell, scan)


def _add_cell(parent: Element, table: str, cell: Cell, scan: Scan) -> None:
    name = f"{table}_r{cell.row}_c{cell.column}"
    region = SubElement(parent, "TextRegion", {"id": name})
    SubElement(region, "Coords", {"points": points(cell.quad, scan)})
    role = {"rowIndex": str(cell.row), "columnIndex": str(cell.column)}
    SubElement(SubElement(region, "Roles"), "TableCellRole", role)
    line = SubElement(region, "TextLine", {"id": f"{name}_l"})
    SubElement(line, "Coords", {"points": points(cell.quad, scan)})
    text = SubElement(line, "TextEquiv", with_confidence({}, "conf", cell.confidence))
    SubElement(text, "Unicode").text = legal(cell.text)
