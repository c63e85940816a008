"""The steps that take one scan to its pages and tables, in the order in which they happen."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis, analyse, ink_of, shrunk
from ocr.background import paper_of
from ocr.banner import dark_on_light, margin_lines, paper_area, photographed_area
from ocr.cleanup import clean, speckle
from ocr.deskew import NEGLIGIBLE_DEGREES, skew_of
from ocr.engines import Engine, load_engine
from ocr.frame import Frame, crop, straighten
from ocr.grid import Grid
from ocr.gutter import find_gutter
from ocr.page_class import class_of_lines
from ocr.script_kind import SURELY_HANDWRITING, SURELY_PRINT, handwriting_measure
from ocr.table import find_grid
from ocr.table_text import ReadGrid, line_quad, plan_reading, scaled, tables_of
from registers.document import (
    Cell,
    CellText,
    Column,
    Page,
    PageClass,
    PageOutcome,
    PageReading,
    Row,
    Scan,
    ScanReading,
    Side,
    Step,
    Table,
)
from registers.errors import EngineTimeoutError, FeuilletError
from registers.geometry import Box, Quad
from registers.knowledge import Knowledge
from registers.register import Script
from registers.settings import ReadSettings

_BATCH = 240  # cells sent to the engine between two looks at the clock
_MIN_LETTERS = 6  # a page with less ink is blank
_BANNER_CONFIDENCE = 0.6
_READABLE = 0.42  # mean confidence below which print is no text
_MAX_LINES = 90
_NOISE = 4.0  # specks per letter from which nothing on a page is writing
_BLANK_INK = 0.02  # share of a speckled page's pixels: less is an empty page with dirt
_DOUBTFUL = 0.6  # mean confidence from which on down a page may be upside down
_CLEARLY = 0.15
_SAMPLE_LINES = 6
_SURELY_READ = 0.72  # mean confidence of lines whose shapes leave open whether they are print


@dataclass(slots=True)
class Reader:
    """Settings, engine and clock for one scan."""

    settings: ReadSettings
    script: Script
    knowledge: Knowledge | None
    began: float

    def engine(self) -> Engine:
        name = "replay" if self.settings.engine == "replay" else "tesseract"
        return load_engine(name)

    def read(self, pixels: NDArray[np.uint8], quads: Sequence[Quad]) -> list[CellText]:
        """The texts in the quads, the clock looked at now and then."""
        engine = self.engine()
        texts: list[CellText] = []
        for start in range(0, len(quads), _BATCH):
            self.check_clock()
            texts += engine.read(
                pixels,
                quads[start : start + _BATCH],
                language=self.settings.language,
                script=self.script,
            )
        return texts

    def check_clock(self) -> None:
        if time.monotonic() - self.began > self.settings.page_seconds:
            raise EngineTimeoutError(
                f"reading took longer than {self.settings.page_seconds} s",
                advice="raise FEUILLET_PAGE_SECONDS",
            )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of a scan: its pixels (HxW grey) and where they lie on the scan."""

    side: Side
    pixels: NDArray[np.uint8]
    frame: Frame
    steps: tuple[Step, ...] = ()


def read_pages(
    scan: Scan,
    pixels: NDArray[np.uint8],
    settings: ReadSettings,
    script: Script,
    knowledge: Knowledge | None,
) -> ScanReading:
    """See `ocr.read.read_pixels`."""
    cv2.setNumThreads(1)
    reader = Reader(settings, script, knowledge, time.monotonic())
    grey = (
        pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    )
    photograph = photographed_area(grey)
    banner = tuple(_banner(reader, grey, photograph.margins))
    readings = tuple(_read_sheet(scan, sheet, reader) for sheet in _sheets(grey, photograph.box))
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


def _sheets(grey: NDArray[np.uint8], photograph: Box) -> Iterator[Sheet]:
    """The sides of the scan, left to right."""
    frame = Frame().cropped(photograph)
    area = crop(grey, photograph)
    paper = paper_area(area)
    frame, area = frame.cropped(paper), crop(area, paper)
    steps: tuple[Step, ...] = ()
    if paper.area < photograph.area or photograph.area < grey.size:
        steps = (Step("surround", round(1 - paper.area / grey.size, 3)),)
    gutter = find_gutter(area)
    if gutter.x is None:
        yield Sheet(Side.SINGLE, np.ascontiguousarray(area), frame, steps)
        return
    height, width = area.shape
    steps = (*steps, Step("gutter", gutter.measure))
    for side, box in (
        (Side.LEFT, Box(0, 0, gutter.x, height)),
        (Side.RIGHT, Box(gutter.x, 0, width - gutter.x, height)),
    ):
        yield Sheet(side, np.ascontiguousarray(crop(area, box)), frame.cropped(box), steps)


def _read_sheet(scan: Scan, sheet: Sheet, reader: Reader) -> PageReading:
    height, width = sheet.pixels.shape
    corner = sheet.frame.quad_on_scan(Box(0, 0, width, height).to_quad())
    upright = _straightened(sheet)
    found = _read_analysed(upright, analyse(upright.pixels), reader)
    rotation = 0
    if found.confidence < _DOUBTFUL and _reads_better_upside_down(upright, reader):
        rotation = 180
        upright = _turned(upright)
        found = _read_analysed(upright, analyse(upright.pixels), reader)
    page = Page(
        id=Page.id_of(scan.id, sheet.side),
        scan_id=scan.id,
        side=sheet.side,
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


def _turned(sheet: Sheet) -> Sheet:
    height, width = sheet.pixels.shape
    return Sheet(
        sheet.side,
        np.ascontiguousarray(sheet.pixels[::-1, ::-1]),
        sheet.frame.upside_down(width, height),
        (*sheet.steps, Step("upside down", 180.0)),
    )


def _reads_better_upside_down(sheet: Sheet, reader: Reader) -> bool:
    """Whether the longest lines make more sense when the page is turned round."""
    return _sampled(_turned(sheet), reader) > _sampled(sheet, reader) + _CLEARLY


def _sampled(sheet: Sheet, reader: Reader) -> float:
    """Mean confidence with which the page's longest lines are read as they stand."""
    return _sample_confidence(sheet, analyse(sheet.pixels), reader)


def _sample_confidence(sheet: Sheet, analysis: Analysis, reader: Reader) -> float:
    longest = sorted(analysis.lines, key=lambda line: line.left - line.right)[:_SAMPLE_LINES]
    quads = [scaled(line_quad(line, analysis.letter_height), 1 / analysis.scale) for line in longest]
    return _confidence(reader.read(sheet.pixels, quads))


def _straightened(sheet: Sheet) -> Sheet:
    small, _ = shrunk(sheet.pixels)
    degrees = skew_of(ink_of(small, paper_of(small)))
    if abs(degrees) < NEGLIGIBLE_DEGREES:
        return sheet
    height, width = sheet.pixels.shape
    return Sheet(
        sheet.side,
        straighten(sheet.pixels, degrees),
        sheet.frame.straightened(degrees, width, height),
        (*sheet.steps, Step("deskew", degrees)),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What a page turned out to be."""

    outcome: PageOutcome
    page_class: PageClass
    tables: tuple[Table, ...] = ()
    titles: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str = ""
    engine: str = ""
    confidence: float = 1.0


def _read_analysed(sheet: Sheet, analysis: Analysis, reader: Reader) -> _Found:
    letters = int((analysis.boxes[:, 3] > 0.5 * analysis.letter_height).sum()) if len(analysis.boxes) else 0
    if letters < _MIN_LETTERS or not analysis.lines:
        return _Found(PageOutcome.BLANK, PageClass.BLANK)
    if speckle(analysis) > _NOISE and not _writing_under_specks(sheet, analysis, reader):
        if float((analysis.ink > 0).mean()) < _BLANK_INK:
            return _Found(PageOutcome.BLANK, PageClass.BLANK)
        return _form_under_specks(sheet, reader) or _Found(
            PageOutcome.NO_TABLE, PageClass.OTHER, reason="nothing on this page is writing"
        )
    grid = find_grid(analysis)
    measure = handwriting_measure(analysis.boxes, analysis.letter_height)
    step = Step("handwriting", measure)
    if _is_handwriting(measure, sheet, analysis, reader):
        return _handwriting(sheet, grid, reader, step)
    cleaned = clean(sheet.pixels, analysis)
    if grid is not None:
        read, sure = _read_grid(grid, analysis, cleaned.pixels, reader)
        if read.tables:
            return _Found(
                PageOutcome.READ,
                PageClass.TABLE,
                read.tables,
                read.titles,
                cleaned.steps,
                engine=reader.engine().version,
                confidence=sure,
            )
    lines, sure = _read_lines(analysis, cleaned.pixels, reader)
    return _Found(
        PageOutcome.NO_TABLE,
        class_of_lines(lines),
        titles=tuple(lines[:8]),
        steps=cleaned.steps,
        reason="no table was found on this page",
        engine=reader.engine().version,
        confidence=sure,
    )


def _writing_under_specks(sheet: Sheet, analysis: Analysis, reader: Reader) -> bool:
    cleaned = Sheet(sheet.side, clean(sheet.pixels, analysis).pixels, sheet.frame)
    return _sample_confidence(cleaned, analysis, reader) >= _READABLE


def _is_handwriting(measure: float, sheet: Sheet, analysis: Analysis, reader: Reader) -> bool:
    if reader.settings.engine == "handwriting" or reader.script is Script.HANDWRITING:
        return True
    if reader.script is Script.PRINT or measure <= SURELY_PRINT:
        return False
    if measure >= SURELY_HANDWRITING:
        return True
    return _sample_confidence(sheet, analysis, reader) < _SURELY_READ


def _handwriting(sheet: Sheet, grid: Grid | None, reader: Reader, step: Step) -> _Found:
    """A page kept as an image, or read by the handwriting engine where it may."""
    page_class = PageClass.TABLE if grid is not None and grid.ruled else PageClass.OTHER
    if _reads_handwriting(reader):
        # Writing hides a form's rules from find_grid; the reader of forms has eyes of its own.
        tables, engine = _handwritten_tables(sheet.pixels, reader)
        if tables:
            return _Found(PageOutcome.READ, PageClass.TABLE, tables, steps=(step,), engine=engine)
    return _Found(
        PageOutcome.HANDWRITING, page_class, steps=(step,), reason="handwriting is kept as an image"
    )


def _reads_handwriting(reader: Reader) -> bool:
    """Asked for by name, or chosen by a model that is good enough: noise never becomes entries unasked."""
    from ocr.handwriting.trust import is_trusted

    return reader.settings.engine == "handwriting" or (reader.settings.engine == "auto" and is_trusted())


def _form_under_specks(sheet: Sheet, reader: Reader) -> _Found | None:
    """A form filled in by hand among dotted rules and dirt; unless handwriting was asked for, one with
    a printed header that can be read."""
    if not _reads_handwriting(reader):
        return None
    tables, engine = _handwritten_tables(sheet.pixels, reader)
    asked = reader.settings.engine == "handwriting" or reader.script is Script.HANDWRITING
    if not tables or not (asked or any(column.header for table in tables for column in table.columns)):
        return None
    return _Found(PageOutcome.READ, PageClass.TABLE, tables, engine=engine)


def _handwritten_tables(pixels: NDArray[np.uint8], reader: Reader) -> tuple[tuple[Table, ...], str]:
    try:
        from ocr.handwritten import read_page
    except ImportError:
        return (), ""
    try:
        tables = read_page(pixels, knowledge=reader.knowledge)
        return tuple(tables), load_engine("handwriting").version
    except FeuilletError:
        if reader.settings.engine == "handwriting":
            raise
        return (), ""


def _read_grid(
    grid: Grid, analysis: Analysis, pixels: NDArray[np.uint8], reader: Reader
) -> tuple[ReadGrid, float]:
    plan = plan_reading(grid, analysis.scale, analysis.letter_height)
    answers = reader.read(pixels, plan.quads)
    sure = _confidence(answers)
    if sure < _READABLE:
        return ReadGrid((), ()), sure
    return tables_of(grid, plan, answers, analysis.scale), sure


def _confidence(texts: Sequence[CellText]) -> float:
    """Mean confidence by character; engines that give none are trusted."""
    known = [(len(text.text), text.confidence) for text in texts if text.confidence is not None]
    total = sum(length for length, _ in known)
    if not total:
        return 1.0 if any(text.text for text in texts) else 0.0
    return sum(length * confidence for length, confidence in known) / total


def _read_lines(analysis: Analysis, pixels: NDArray[np.uint8], reader: Reader) -> tuple[list[str], float]:
    lines = analysis.lines[:_MAX_LINES]
    quads = [scaled(line_quad(line, analysis.letter_height), 1 / analysis.scale) for line in lines]
    texts = reader.read(pixels, quads)
    return [text.text for text in texts if text.text], _confidence(texts)


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
