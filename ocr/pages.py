"""The steps that take one scan to its pages and tables, in the order in which they happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import analyse
from ocr.banner import dark_on_light, margin_lines, photographed_area
from ocr.frame import Frame, crop
from ocr.page_content import read_content
from ocr.page_side import PageSide, sides_of, straightened, turned
from ocr.reader import Reader, sample_confidence
from registers.document import Cell, Column, Page, PageReading, Row, Scan, ScanReading, Table
from registers.geometry import Box
from registers.knowledge import RegisterKnowledge

_BANNER_CONFIDENCE = 0.6
_DOUBTFUL = 0.6  # mean confidence from which on down a page may be upside down
_CLEARLY = 0.15


def read_pages(scan: Scan, pixels: NDArray[np.uint8], reader: Reader) -> ScanReading:
    """See `ocr.read.read_pixels`."""
    cv2.setNumThreads(1)
    grey = (
        pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    )
    photograph = photographed_area(grey)
    banner = tuple(_banner(reader, grey, photograph.margins))
    if isinstance(reader.knowledge, RegisterKnowledge):
        reader.knowledge = reader.knowledge.under(banner)
    readings = tuple(_read_side(scan, side, reader) for side in sides_of(grey, photograph.box))
    return ScanReading(scan, readings, banner)


def _banner(reader: Reader, grey: NDArray[np.uint8], margins: Sequence[Box]) -> Iterator[str]:
    for margin in margins:
        strip = dark_on_light(crop(grey, margin))
        boxes = margin_lines(strip)
        quads = [_padded(box, strip.shape[1], strip.shape[0]).to_quad() for box in boxes]
        for text in reader.read(strip, quads):
            if text.text and (text.confidence is None or text.confidence >= _BANNER_CONFIDENCE):
                yield text.text


def _padded(box: Box, width: int, height: int) -> Box:
    pad = max(4, box.height // 3)
    x, y = max(0, box.x - pad), max(0, box.y - pad)
    return Box(x, y, min(width, box.right + pad) - x, min(height, box.bottom + pad) - y)


def _read_side(scan: Scan, side: PageSide, reader: Reader) -> PageReading:
    height, width = side.pixels.shape
    corner = side.frame.quad_on_scan(Box(0, 0, width, height).to_quad())
    upright = straightened(side)
    found = read_content(upright, analyse(upright.pixels), reader)
    rotation = 0
    if found.confidence < _DOUBTFUL and _reads_better_upside_down(upright, reader):
        rotation = 180
        upright = turned(upright)
        found = read_content(upright, analyse(upright.pixels), reader)
    page = Page(
        id=Page.id_of(scan.id, side.side),
        scan_id=scan.id,
        side=side.side,
        quad=corner,
        outcome=found.outcome,
        page_class=found.page_class,
        steps=upright.steps + found.steps,
        titles=found.titles,
        reason=found.reason,
        engine=found.engine,
        rotation=rotation,
    )
    return PageReading(page, tuple(_on_scan(table, upright.frame) for table in found.tables))


def _reads_better_upside_down(side: PageSide, reader: Reader) -> bool:
    """Whether the longest lines make more sense when the page is turned round."""
    return _sampled(turned(side), reader) > _sampled(side, reader) + _CLEARLY


def _sampled(side: PageSide, reader: Reader) -> float:
    """Mean confidence with which the page's longest lines are read as they stand."""
    return sample_confidence(side, analyse(side.pixels), reader)


def _on_scan(table: Table, frame: Frame) -> Table:
    """The table with its places in pixels of the scan."""
    return Table(
        tuple(Column(c.index, frame.quad_on_scan(c.quad), c.header) for c in table.columns),
        tuple(Row(row.index, frame.quad_on_scan(row.quad), row.ordinal) for row in table.rows),
        tuple(
            Cell(
                cell.row,
                cell.column,
                frame.quad_on_scan(cell.quad),
                cell.text,
                cell.confidence,
                cell.alternatives,
                cell.raw_text,
                cell.changed_by,
            )
            for cell in table.cells
        ),
        table.title,
        table.ruled,
        table.row_offset,
    )
