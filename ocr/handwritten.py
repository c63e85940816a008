"""Pages filled in by hand: the form's printed header read as print, its rows as handwriting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis, analyse
from ocr.background import flattened, paper_of
from ocr.engines import load_engine
from ocr.engines.handwriting import HandwritingEngine
from ocr.grid import Band, Grid
from ocr.handwriting.capitals import Capitals
from ocr.table_text import line_quad, scaled
from ocr.textlines import TextLine
from ocr.written_form import header_band
from ocr.written_grid import find_written_grid
from registers.document import Cell, CellText, Column, Row, Table
from registers.errors import MissingProgramError
from registers.geometry import Quad
from registers.knowledge import Knowledge, LearningKnowledge
from registers.register import Script

_HEADER_CONFIDENCE = 0.5
_LANGUAGE = "fra"

Pixels = NDArray[np.uint8]


def read_page(
    pixels: Pixels,
    *,
    knowledge: Knowledge | None = None,
    model: Path | None = None,
    capitals: Capitals | None = None,
) -> tuple[Table, ...]:
    """The table of a form filled in by hand, in page pixels; empty where there is no such form.

    `pixels` is one side of a scan, HxW grey, upright. What a column may hold is asked of
    `knowledge` once its header is read, and again what it has learnt from a first reading of the
    page (LearningKnowledge). `model` is the folder of a model other than the shipped one, `capitals` are
    those of the hand as other sides of the scan show them. Raises EngineError or MissingProgramError.
    """
    analysis = analyse(pixels)
    grid = find_written_grid(analysis)
    if grid is None:
        return ()
    factor = 1 / analysis.scale
    headers = _headers(pixels, analysis, grid)
    engine = load_engine("handwriting", model)
    assert isinstance(engine, HandwritingEngine)
    cells = _cells(engine, pixels, grid, _Known(headers, knowledge, capitals), factor=factor)
    rows = tuple(Row(index, scaled(row.band.quad, factor)) for index, row in enumerate(grid.rows))
    return (Table(_columns(grid, headers, factor), rows, cells, ruled=True),)


def _headers(pixels: Pixels, analysis: Analysis, grid: Grid) -> list[str]:
    """Printed words above the columns; empty where there are none or nothing reads print."""
    factor = 1 / analysis.scale
    found: list[list[str]] = [[] for _ in grid.columns]
    places = list(_header_lines(analysis, grid))
    try:
        texts = load_engine("tesseract").read(
            flattened(pixels, paper_of(pixels)),
            [scaled(line_quad(line, analysis.letter_height), factor) for _, line in places],
            language=_LANGUAGE,
            script=Script.PRINT,
        )
    except MissingProgramError:
        return [""] * len(grid.columns)
    for (column, _), text in zip(places, texts, strict=True):
        if sure := _sure(text):
            found[column].append(sure)
    return [" ".join(parts) for parts in found]


def _header_lines(analysis: Analysis, grid: Grid) -> Iterator[tuple[int, TextLine]]:
    """Lines of the form's header by column, from top to bottom."""
    band = header_band(analysis, grid)
    if band is None:
        return
    for line in analysis.lines:
        if not band.top_left < line.middle < band.bottom_right:
            continue
        for column, span in enumerate(grid.columns):
            blobs = [b for b in line.blobs if span.left <= (b.left + b.right) / 2 < span.right]
            if sum(blob.width for blob in blobs) > 2 * analysis.letter_height:
                yield column, TextLine(blobs)


def _sure(text: CellText) -> str:
    return text.text if text.confidence is None or text.confidence >= _HEADER_CONFIDENCE else ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a page before its cells are decoded."""

    headers: Sequence[str]
    knowledge: Knowledge | None
    capitals: Capitals | None


def _cells(
    engine: HandwritingEngine,
    pixels: Pixels,
    grid: Grid,
    known: _Known,
    *,
    factor: float,
) -> tuple[Cell, ...]:
    headers, knowledge = known.headers, known.knowledge
    places: list[tuple[int, int, Quad]] = []
    for index, row in enumerate(grid.rows):
        for column in sorted(row.lines[0].filled):
            places.append((index, column, scaled(row.band.part(row.spans[column]), factor)))
    seen = engine.recognise(pixels, [quad for _, _, quad in places])
    if isinstance(knowledge, LearningKnowledge):
        texts: list[list[str]] = [[] for _ in headers]
        for (_, column, _), line in zip(places, seen, strict=True):
            texts[column].append(engine.greedy(line))
        knowledge = knowledge.after(list(zip(headers, texts, strict=True)))
    acceptors = [knowledge.of_column(i, header) if knowledge else None for i, header in enumerate(headers)]
    read = engine.decode(seen, [acceptors[column] for _, column, _ in places], known.capitals)
    return tuple(
        Cell(
            row=row,
            column=column,
            quad=quad,
            text=text.text,
            confidence=text.confidence,
            alternatives=text.alternatives,
            raw_text=text.raw_text,
            changed_by=text.changed_by,
        )
        for (row, column, quad), text in zip(places, read, strict=True)
        if text.text
    )


def _columns(grid: Grid, headers: Sequence[str], factor: float) -> tuple[Column, ...]:
    first, last = grid.rows[0].band, grid.rows[-1].band
    whole = Band(
        first.left, first.right, first.top_left, first.top_right, last.bottom_left, last.bottom_right
    )
    return tuple(
        Column(index, scaled(whole.part(span), factor), headers[index])
        for index, span in enumerate(grid.columns)
    )
