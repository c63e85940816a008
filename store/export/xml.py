"""What ALTO and PAGE have in common: points, texts that XML allows, and the document's bytes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from registers.document import Page, Scan, Table
from registers.geometry import Box, Point, Quad

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Text without the characters that no XML document may hold."""
    return _ILLEGAL.sub("\ufffd", text)


def points(quad: Quad, scan: Scan) -> str:
    """Corners as `x,y x,y x,y x,y`: whole pixels on the scan."""
    return " ".join(
        f"{_within(corner.x, scan.width)},{_within(corner.y, scan.height)}" for corner in quad.corners
    )


def bounds(quad: Quad, scan: Scan) -> Box:
    """The upright box around a quad, kept on the scan."""
    xs = [_within(corner.x, scan.width) for corner in quad.corners]
    ys = [_within(corner.y, scan.height) for corner in quad.corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(table: Table, page: Page) -> Quad:
    """The upright rectangle around a table's columns and rows; the page's place for one that has none."""
    quads = [column.quad for column in table.columns] + [row.quad for row in table.rows]
    corners = [corner for quad in quads for corner in quad.corners]
    if not corners:
        return page.quad
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return Quad(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


def _within(value: float, size: int) -> int:
    return max(0, min(round(value), size))


def with_confidence(attributes: dict[str, str], name: str, confidence: float | None) -> dict[str, str]:
    """The attributes, and the confidence under its name where there is one."""
    return attributes if confidence is None else {**attributes, name: f"{confidence:.4f}"}


def document(root: ElementTree.Element) -> bytes:
    """The document, indented, in UTF-8; equal trees give equal bytes."""
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
