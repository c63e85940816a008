"""What reading makes of a file: scans, their pages, tables and cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registers.geometry import Box, Quad


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    SINGLE = "single"


class PageOutcome(StrEnum):
    """What became of a page. Growing this list is a change of contract."""

    READ = "read"
    HANDWRITING = "handwriting"
    NO_TABLE = "no_table"
    BLANK = "blank"
    FAILED = "failed"
    SKIPPED = "skipped"


class PageClass(StrEnum):
    """What a page is. Growing this list is a change of contract."""

    TABLE = "table"
    ACTS = "acts"
    COVER = "cover"
    BLANK = "blank"
    CLOSING = "closing"
    NONE_RECORDED = "none_recorded"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Scan:
    """One image file, or one page of a PDF or of a multi-page TIFF; never copied or changed.

    `path` is as given (absolute); `sha256` is the file's; `page_index` counts from 0 within the file
    and `page_count` is the file's; `width` and `height` are pixels as decoded upright; `dpi` is what
    the file says, or None.
    """

    path: str
    sha256: str
    page_index: int
    page_count: int
    width: int
    height: int
    dpi: float | None = None

    @property
    def id(self) -> str:
        """Stable over moves and renames: hash of the content and page."""
        return f"{self.sha256[:20]}-{self.page_index:04d}"

    @property
    def image(self) -> str:
        """The name that exports give: `name.jpg`, `name_p0003.pdf` for the third page of a PDF."""
        name = self.path.replace("\\", "/").rsplit("/", 1)[-1]
        stem, dot, extension = name.rpartition(".")
        if extension.lower() != "pdf" and self.page_count == 1:
            return name
        return f"{stem}_p{self.page_index + 1:04d}{dot}{extension}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word read outside the grid: banners, titles, headers."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading; `score` is a log probability under the engine, higher is better."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class CellText:
    """What an engine returns for one cell; `changed_by` says which knowledge altered the raw reading."""

    text: str
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    raw_text: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row, where it stands and what was read there."""

    row: int
    column: int
    quad: Quad
    text: str
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    raw_text: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `header` is the text printed or typed above it, possibly empty."""

    index: int
    quad: Quad
    header: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table about one person; `index` counts from 0, header lines not counted.

    `ordinal` is its rank on its side at its first reading, from 1; the catalogue gives it (0 before).
    """

    index: int
    quad: Quad
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows and the cells at their crossings; a cell may be missing where nothing is written.

    `title` is the text above the columns. Tables of one page follow each other in reading order, and
    rows are numbered through the page: `row_offset` rows stand before this table's first.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    title: str = ""
    ruled: bool = False
    row_offset: int = 0

    def cells_of(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row, left to right."""
        return tuple(sorted((c for c in self.cells if c.row == row), key=lambda c: c.column))


@dataclass(frozen=True, slots=True)
class Step:
    """A clean-up step that a page went through, with the measure that called for it."""

    name: str
    measure: float


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a scan, after splitting; `quad` is where it lies on the scan."""

    id: str
    scan_id: str
    side: Side
    quad: Quad
    outcome: PageOutcome
    page_class: PageClass
    steps: tuple[Step, ...] = ()
    titles: tuple[str, ...] = ()
    reason: str = ""
    engine: str = ""
    rotation: int = 0

    @staticmethod
    def id_of(scan_id: str, side: Side) -> str:
        return f"{scan_id}-{side.value[0]}"


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page with what was read on it."""

    page: Page
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanReading:
    """All that reading made of one scan: its banner lines (a portal's, top and bottom) and its pages."""

    scan: Scan
    pages: tuple[PageReading, ...]
    banner: tuple[str, ...] = ()
