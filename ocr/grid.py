"""The shape of a table before it is read: spans of columns, lines cut into cells, rows, headings."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.textlines import Blob, TextLine
from registers.geometry import Point, Quad


@dataclass(frozen=True, slots=True)
class Span:
    """From left to right, in pixels."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line of text cut into the columns of a table.

    `filled` gives the ink by column; `spans` the place of every column on this line, which in a table
    without rules may differ from line to line; `crosses` says that a word stands across a boundary,
    `runs_on` that the words follow each other over the gutters with no more than a space between.
    """

    line: TextLine
    filled: dict[int, list[Blob]]
    spans: tuple[Span, ...]
    crosses: bool = False
    runs_on: bool = False

    @property
    def middle(self) -> float:
        return self.line.middle


@dataclass(frozen=True, slots=True)
class Band:
    """A strip across the page between two lines that may slope a little."""

    left: float
    right: float
    top_left: float
    top_right: float
    bottom_left: float
    bottom_right: float

    def part(self, span: Span) -> Quad:
        """The part of the band between two places along it."""
        return Quad(
            Point(span.left, self._between(self.top_left, self.top_right, span.left)),
            Point(span.right, self._between(self.top_left, self.top_right, span.right)),
            Point(span.right, self._between(self.bottom_left, self.bottom_right, span.right)),
            Point(span.left, self._between(self.bottom_left, self.bottom_right, span.left)),
        )

    @property
    def quad(self) -> Quad:
        return self.part(Span(self.left, self.right))

    def _between(self, at_left: float, at_right: float, x: float) -> float:
        share = (x - self.left) / max(1.0, self.right - self.left)
        return at_left + share * (at_right - at_left)


@dataclass(frozen=True, slots=True)
class GridRow:
    """Lines that make up one row, and the band that it takes."""

    lines: tuple[CutLine, ...]
    band: Band

    @property
    def spans(self) -> tuple[Span, ...]:
        """The columns on this row: where its first line has them."""
        return self.lines[0].spans

    @property
    def filled(self) -> frozenset[int]:
        return frozenset(column for line in self.lines for column in line.filled)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other without a heading between them, under the heading above them."""

    headings: tuple[TextLine, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's shape in analysis pixels; `above` and `below` are lines of text outside it."""

    columns: tuple[Span, ...]
    blocks: tuple[Block, ...]
    ruled: bool
    above: tuple[TextLine, ...] = ()
    below: tuple[TextLine, ...] = ()

    @property
    def rows(self) -> tuple[GridRow, ...]:
        return tuple(row for block in self.blocks for row in block.rows)
