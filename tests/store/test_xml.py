from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from registers.document import ScanReading, Side
from store.export import alto, page_xml
from store.export.alto import to_alto
from store.export.page_xml import to_page_xml
from tests.store import builders as b

PAGE = {"": page_xml.NAMESPACE}
ALTO = {"": alto.NAMESPACE}


@pytest.fixture
def reading() -> ScanReading:
    """A double page; one cell holds what XML does not allow, one reaches over the scan's edge."""
    scan = b.scan("vue 4.jpg")
    table = b.table((100, 1380), drift=9)
    cells = (replace(table.cells[0], text="d° <\x00&\ud800>", confidence=None), *table.cells[1:])
    sides = (b.page(scan, [replace(table, cells=cells)], side=Side.LEFT), b.page(scan, side=Side.RIGHT))
    return ScanReading(scan, sides)


def test_page_xml_holds_tables_cells_and_lines(reading: ScanReading) -> None:
    content = to_page_xml(reading, "2001-01-01T00:00:00Z")
    assert content == to_page_xml(reading, "2001-01-01T00:00:00Z")
    root = ElementTree.fromstring(content)
    page = root.find("Page", PAGE)
    assert page is not None
    assert page.attrib == {"imageFilename": "vue 4.jpg", "imageWidth": "1000", "imageHeight": "1400"}
    (table,) = page.findall("TableRegion", PAGE)
    assert (table.get("rows"), table.get("columns")) == ("2", "3")
    assert [ref.get("regionRef") for ref in page.iter(f"{{{page_xml.NAMESPACE}}}RegionRefIndexed")] == [
        table.get("id")
    ]
    cells = table.findall("TextRegion", PAGE)
    roles = [cell.find("Roles/TableCellRole", PAGE) for cell in cells]
    assert [(role.get("rowIndex"), role.get("columnIndex")) for role in roles if role is not None] == [
        (str(row), str(column)) for row in range(2) for column in range(3)
    ]
    texts = [cell.findtext("TextLine/TextEquiv/Unicode", namespaces=PAGE) for cell in cells]
    assert texts[:2] == ["d° <\ufffd&\ufffd>", "cell 1 at 100"]
    confidences = [equiv.get("conf") for equiv in root.iter(f"{{{page_xml.NAMESPACE}}}TextEquiv")]
    assert confidences == [None, *["0.9000"] * 5]
    assert [child.tag.split("}")[1] for child in cells[0]] == ["Coords", "Roles", "TextLine"]


def test_alto_holds_tables_rows_and_cells(reading: ScanReading) -> None:
    content = to_alto(reading)
    assert content == to_alto(reading)
    root = ElementTree.fromstring(content)
    assert root.findtext("Description/MeasurementUnit", namespaces=ALTO) == "pixel"
    assert root.findtext("Description/sourceImageInformation/fileName", namespaces=ALTO) == "vue 4.jpg"
    rows = root.findall("Layout/Page/PrintSpace/ComposedBlock/TextBlock", ALTO)
    assert [len(row.findall("TextLine/String", ALTO)) for row in rows] == [3, 3]
    string = rows[0].findall("TextLine/String", ALTO)[1]
    assert (string.get("CONTENT"), string.get("WC")) == ("cell 1 at 100", "0.9000")
    assert [string.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["50", "100", "900", "39"]


@pytest.mark.parametrize("name", ["page", "alto"])
def test_ids_are_unique_and_places_lie_on_the_scan(reading: ScanReading, name: str) -> None:
    root = ElementTree.fromstring(to_alto(reading) if name == "alto" else to_page_xml(reading, "x"))
    ids = [item for element in root.iter() if (item := element.get("id") or element.get("ID"))]
    assert len(ids) == len(set(ids)) > 6
    points = [element.get("points") or element.get("POINTS") or "" for element in root.iter()]
    corners = [corner.split(",") for item in points for corner in item.split()]
    assert corners
    assert all(0 <= int(x) <= 1000 and 0 <= int(y) <= 1400 for x, y in corners)
