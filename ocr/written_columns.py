"""Columns filled in by hand on a page of print or type: which they are, and their cells read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.engines import load_engine
from ocr.engines.handwriting import HandwritingEngine
from ocr.grid import Grid
from ocr.reader import Reader, mean_confidence
from ocr.script_kind import SURELY_PRINT, handwriting_measure
from ocr.table_text import Plan, body_places, headers_of
from registers.document import CellText
from registers.knowledge import LearningKnowledge

_LEAST_CELLS = 4
_LEAST_LETTERS = 12
_UNLIKE_TYPE = (
    0.45  # columns of type that Tesseract reads badly come to .36, of joined writing to .5 and more
)
_READ_AS_PRINT = 0.72  # mean confidence from which a column is print, whatever its shapes
_HARDLY_READ = 0.6
_WORSE = 0.25  # a column read so much worse than the others is another script, or damaged
_MANY_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Answered:
    """A grid, what was asked of an engine for print, and its answers."""

    grid: Grid
    plan: Plan
    answers: Sequence[CellText]


@dataclass(frozen=True, slots=True)
class Written:
    """The cells of a plan (as indices) that may be written by hand, by their columns; which of these
    columns only the better reading tells; and how many letters other columns have that are read as print."""

    cells: dict[int, tuple[int, ...]] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()
    printed: int = 0


def partly_printed(grid: Grid, analysis: Analysis) -> bool:
    """Whether a column of a page that looks written has the shapes of print or type."""
    rows = [(number, index) for number, block in enumerate(grid.blocks) for index in range(len(block.rows))]
    return any(
        0 < _measure(grid, rows, column, analysis, _MANY_LETTERS) <= SURELY_PRINT
        for column in range(len(grid.columns))
    )


def find_written(asked: Answered, analysis: Analysis) -> Written:
    """Columns that an engine for print hardly reads and whose ink is unlike type; doubtful ones, which
    hold few letters, or letters that stand apart as those of type do, but which it reads far worse than
    the others.

    Header rows are printed, whatever stands below them.
    """
    body = body_places(asked.grid, asked.plan, asked.answers)
    cells: dict[int, list[int]] = defaultdict(list)
    for index, place in enumerate(asked.plan.places):
        if (place.block, place.row) in body:
            cells[place.column].append(index)
    written: dict[int, tuple[int, ...]] = {}
    doubtful: set[int] = set()
    printed = 0
    for column, indices in cells.items():
        sure = _confidence(asked, indices)
        if len(indices) < _LEAST_CELLS:
            continue
        if sure >= _READ_AS_PRINT:
            printed += sum(len(asked.answers[index].text) for index in indices)
            continue
        others = [index for other, chosen in cells.items() if other != column for index in chosen]
        if _measure(asked.grid, body, column, analysis, _MANY_LETTERS) >= _UNLIKE_TYPE:
            written[column] = tuple(indices)
        elif _measure(asked.grid, body, column, analysis, _LEAST_LETTERS) >= _UNLIKE_TYPE or sure < min(
            _HARDLY_READ, _confidence(asked, others) - _WORSE
        ):
            written[column] = tuple(indices)
            doubtful.add(column)
    return Written(written, frozenset(doubtful), printed)


def _confidence(asked: Answered, cells: Sequence[int]) -> float:
    return mean_confidence([asked.answers[index] for index in cells])


def _measure(
    grid: Grid, rows: Iterable[tuple[int, int]], column: int, analysis: Analysis, least: int
) -> float:
    """The measure of handwriting of a column's ink in some rows (block, row)."""
    boxes = analysis.boxes
    across, down = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    inside = np.zeros(len(boxes), np.bool_)
    for block, index in rows:
        row = grid.blocks[block].rows[index]
        place = row.band.part(row.spans[column]).bounds
        inside |= (across > place.x) & (across < place.right) & (down > place.y) & (down < place.bottom)
    return handwriting_measure(boxes[inside], analysis.letter_height, least)


def read_written(
    pixels: NDArray[np.uint8], asked: Answered, written: Written, reader: Reader
) -> list[CellText]:
    """The answers with those of the written cells read by the engine for handwriting; `pixels` is the page.

    Raises MissingProgramError where there is none.
    """
    engine = load_engine("handwriting", reader.model)
    assert isinstance(engine, HandwritingEngine)
    reader.check_clock()
    headers = headers_of(asked.grid, asked.plan, asked.answers)
    seen = {
        column: engine.recognise(pixels, [asked.plan.quads[index] for index in cells])
        for column, cells in written.cells.items()
    }
    texts = [[engine.greedy(line) for line in seen.get(column, ())] for column in range(len(headers))]
    knowledge = reader.knowledge
    if isinstance(knowledge, LearningKnowledge):
        knowledge = knowledge.after(list(zip(headers, texts, strict=True)))
    found = list(asked.answers)
    for column, cells in written.cells.items():
        acceptor = knowledge.of_column(column, headers[column]) if knowledge else None
        read = engine.decode(seen[column], [acceptor] * len(cells), reader.capitals)
        if column not in written.doubtful or mean_confidence(read) > _confidence(asked, cells):
            for index, text in zip(cells, read, strict=True):
                found[index] = text
    return found
