"""What a page turns out to be: a table, a form filled in by hand, running text, nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.cleanup import Cleaned, clean, speckle
from ocr.engines import load_engine
from ocr.grid import Grid
from ocr.page_class import class_of_lines
from ocr.page_side import PageSide
from ocr.reader import Reader, mean_confidence, sample_confidence
from ocr.script_kind import SURELY_HANDWRITING, SURELY_PRINT, handwriting_measure
from ocr.table import find_grid
from ocr.table_text import line_quad, plan_reading, scaled, tables_of
from ocr.written_columns import Answered, Written, find_written, partly_printed, read_written
from registers.document import PageClass, PageOutcome, Step, Table
from registers.errors import FeuilletError, MissingProgramError
from registers.register import Script

_MIN_LETTERS = 6  # a page with less ink is blank
_READABLE = 0.42  # mean confidence below which print is no text
_MAX_LINES = 90
_MIXED = 60  # letters of print that a page which looks written must hold to be read as a mixed one
_NOISE = 4.0  # specks per letter from which nothing on a page is writing
_BLANK_INK = 0.02  # share of a speckled page's pixels: less is an empty page with dirt
_SURELY_READ = 0.72  # mean confidence of lines whose shapes leave open whether they are print


@dataclass(frozen=True, slots=True)
class Found:
    """What a page turned out to be."""

    outcome: PageOutcome
    page_class: PageClass
    tables: tuple[Table, ...] = ()
    titles: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str = ""
    engine: str = ""
    confidence: float = 1.0


def read_content(side: PageSide, analysis: Analysis, reader: Reader) -> Found:
    letters = int((analysis.boxes[:, 3] > 0.5 * analysis.letter_height).sum()) if len(analysis.boxes) else 0
    if letters < _MIN_LETTERS or not analysis.lines:
        return Found(PageOutcome.BLANK, PageClass.BLANK)
    if speckle(analysis) > _NOISE and not _writing_under_specks(side, analysis, reader):
        if float((analysis.ink > 0).mean()) < _BLANK_INK:
            return Found(PageOutcome.BLANK, PageClass.BLANK)
        return _form_under_specks(side, reader) or Found(
            PageOutcome.NO_TABLE, PageClass.OTHER, reason="nothing on this page is writing"
        )
    grid = find_grid(analysis)
    measure = handwriting_measure(analysis.boxes, analysis.letter_height)
    step = Step("handwriting", measure)
    by_hand = _is_handwriting(measure, side, analysis, reader)
    if by_hand and not _is_mixed(grid, analysis, reader):
        return _handwriting(side, grid, reader, step)
    cleaned = clean(side.pixels, analysis)
    found = None
    if grid is not None:
        found = _printed_table(grid, side, analysis, cleaned, reader, least=_MIXED if by_hand else 0)
    if found is None and by_hand:
        return _handwriting(side, grid, reader, step)
    return found or _without_table(analysis, cleaned, reader)


def _printed_table(
    grid: Grid, side: PageSide, analysis: Analysis, cleaned: Cleaned, reader: Reader, *, least: int
) -> Found | None:
    """The table, columns filled in by hand read as such, from the page as it was; None where print cannot
    be read, or fewer than `least` letters of it."""
    plan = plan_reading(grid, analysis.scale, analysis.letter_height)
    asked = Answered(grid, plan, reader.read(cleaned.pixels, plan.quads))
    written = find_written(asked, analysis) if _reads_handwriting(reader) else Written()
    by_hand = {index for cells in written.cells.values() for index in cells}
    sure = mean_confidence([text for index, text in enumerate(asked.answers) if index not in by_hand])
    if sure < _READABLE or written.printed < least:
        return None
    answers, engine = asked.answers, reader.engine().version
    if written.cells:
        with suppress(MissingProgramError):
            answers = read_written(side.pixels, asked, written, reader)
    if answers != asked.answers:
        engine = f"{engine}; {load_engine('handwriting', reader.model).version}"
    read = tables_of(grid, plan, answers, analysis.scale)
    if not read.tables:
        return None
    return Found(
        PageOutcome.READ,
        PageClass.TABLE,
        read.tables,
        read.titles,
        cleaned.steps,
        engine=engine,
        confidence=sure,
    )


def _without_table(analysis: Analysis, cleaned: Cleaned, reader: Reader) -> Found:
    lines, sure = _read_lines(analysis, cleaned.pixels, reader)
    return Found(
        PageOutcome.NO_TABLE,
        class_of_lines(lines),
        titles=tuple(lines[:8]),
        steps=cleaned.steps,
        reason="no table was found on this page",
        engine=reader.engine().version,
        confidence=sure,
    )


def _writing_under_specks(side: PageSide, analysis: Analysis, reader: Reader) -> bool:
    cleaned = PageSide(side.side, clean(side.pixels, analysis).pixels, side.frame)
    return sample_confidence(cleaned, analysis, reader) >= _READABLE


def _is_handwriting(measure: float, side: PageSide, analysis: Analysis, reader: Reader) -> bool:
    if reader.settings.engine == "handwriting" or reader.script is Script.HANDWRITING:
        return True
    if reader.script is Script.PRINT or measure <= SURELY_PRINT:
        return False
    if measure >= SURELY_HANDWRITING:
        return True
    return sample_confidence(side, analysis, reader) < _SURELY_READ


def _is_mixed(grid: Grid | None, analysis: Analysis, reader: Reader) -> bool:
    """Whether some columns of a table that looks written are typed or printed; where nobody said how it
    is written."""
    told = reader.settings.engine == "handwriting" or reader.script is Script.HANDWRITING
    return grid is not None and not told and partly_printed(grid, analysis)


def _handwriting(side: PageSide, grid: Grid | None, reader: Reader, step: Step) -> Found:
    """A page kept as an image, or read by the handwriting engine where it may."""
    page_class = PageClass.TABLE if grid is not None and grid.ruled else PageClass.OTHER
    if _reads_handwriting(reader):
        # Writing hides a form's rules from find_grid; the reader of forms has eyes of its own.
        tables, engine = _handwritten_tables(side.pixels, reader)
        if tables:
            return Found(PageOutcome.READ, PageClass.TABLE, tables, steps=(step,), engine=engine)
    return Found(PageOutcome.HANDWRITING, page_class, steps=(step,), reason="handwriting is kept as an image")


def _reads_handwriting(reader: Reader) -> bool:
    """Asked for by name, or chosen by a model that is good enough: noise never becomes entries unasked.

    A model adapted to the register was asked for by those who checked its rows.
    """
    from ocr.handwriting.trust import is_trusted

    if reader.settings.engine == "auto":
        return reader.model is not None or is_trusted()
    return reader.settings.engine == "handwriting"


def _form_under_specks(side: PageSide, reader: Reader) -> Found | None:
    """A form filled in by hand among dotted rules and dirt; unless handwriting was asked for, one with
    a printed header that can be read."""
    if not _reads_handwriting(reader):
        return None
    tables, engine = _handwritten_tables(side.pixels, reader)
    asked = reader.settings.engine == "handwriting" or reader.script is Script.HANDWRITING
    if not tables or not (asked or any(column.header for table in tables for column in table.columns)):
        return None
    return Found(PageOutcome.READ, PageClass.TABLE, tables, engine=engine)


def _handwritten_tables(pixels: NDArray[np.uint8], reader: Reader) -> tuple[tuple[Table, ...], str]:
    try:
        from ocr.handwritten import read_page
    except ImportError:
        return (), ""
    try:
        tables = read_page(pixels, knowledge=reader.knowledge, model=reader.model, capitals=reader.capitals)
        return tuple(tables), load_engine("handwriting", reader.model).version
    except FeuilletError:
        if reader.settings.engine == "handwriting":
            raise
        return (), ""


def _read_lines(analysis: Analysis, pixels: NDArray[np.uint8], reader: Reader) -> tuple[list[str], float]:
    lines = analysis.lines[:_MAX_LINES]
    quads = [scaled(line_quad(line, analysis.letter_height), 1 / analysis.scale) for line in lines]
    texts = reader.read(pixels, quads)
    return [text.text for text in texts if text.text], mean_confidence(texts)
