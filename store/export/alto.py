"""ALTO 4 XML: one document per scan, for eScriptorium, Gallica and digital libraries.

A table is a ComposedBlock, a row a TextBlock, a cell a TextLine with one String. The text is what was
read, not what it means; places are pixels of the original scan.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from registers.document import Cell, Row, Scan, ScanReading, Table
from registers.geometry import Quad
from store.export.xml import around, bounds, document, legal, points, with_confidence

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"


def to_alto(reading: ScanReading) -> bytes:
    """The document; equal readings give equal bytes."""
    scan = reading.scan
    root = Element("alto", {"xmlns": NAMESPACE})
    description = SubElement(root, "Description")
    SubElement(description, "MeasurementUnit").text = "pixel"
    source = SubElement(description, "sourceImageInformation")
    SubElement(source, "fileName").text = legal(scan.image)
    size = {"WIDTH": str(scan.width), "HEIGHT": str(scan.height)}
    number = str(scan.page_index + 1)
    page = SubElement(SubElement(root, "Layout"), "Page", {"ID": "page", "PHYSICAL_IMG_NR": number, **size})
    space = SubElement(page, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
    for item in reading.pages:
        for rank, table in enumerate(item.tables):
            _add_table(space, f"{item.page.side.value}_t{rank}", table, around(table, item.page), scan)
    return document(root)


def _add_table(parent: Element, name: str, table: Table, quad: Quad, scan: Scan) -> None:
    block = _placed(parent, "ComposedBlock", name, quad, scan)
    block.set("TYPE", "table")
    for row in table.rows:
        cells = table.cells_of(row.index)
        if cells:
            _add_row(block, f"{name}_r{row.index}", row, cells, scan)


def _add_row(parent: Element, name: str, row: Row, cells: tuple[Cell, ...], scan: Scan) -> None:
    block = _placed(parent, "TextBlock", name, row.quad, scan)
    for cell in cells:
        line = _placed(block, "TextLine", f"{name}_c{cell.column}", cell.quad, scan)
        attributes = {
            "ID": f"{name}_c{cell.column}_s",
            "CONTENT": legal(cell.text),
            **_place(cell.quad, scan),
        }
        SubElement(line, "String", with_confidence(attributes, "WC", cell.confidence))


def _placed(parent: Element, tag: str, name: str, quad: Quad, scan: Scan) -> Element:
    element = SubElement(parent, tag, {"ID": name, **_place(quad, scan)})
    SubElement(SubElement(element, "Shape"), "Polygon", {"POINTS": points(quad, scan)})
    return element


def _place(quad: Quad, scan: Scan) -> dict[str, str]:
    box = bounds(quad, scan)
    return {"HPOS": str(box.x), "VPOS": str(box.y), "WIDTH": str(box.width), "HEIGHT": str(box.height)}
