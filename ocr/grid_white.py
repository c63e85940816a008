"""Columns from white space, for tables that have no rules between them.

A gutter is a place that hardly any line crosses with words, while most lines have words on both sides
of it and a gap there that is wider than a space. Columns of typed tables are ragged: a gutter says
roughly where one column ends, and each line is then cut at its own gap near it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.grid import CutLine, Span
from ocr.textlines import Blob, TextLine

_WIDE_GAP = 1.9  # of the letter height: a gap that is no space between words
_TIGHT_GAP = 0.75  # of the letter height: a gap within a word
_MAX_CROSSING = 0.2  # of the lines with words on both sides
_MIN_LINES = 3
_MIN_BOTH = 0.3  # of the lines must have words on both sides of a gutter
_MIN_GUTTER = 0.7  # of the letter height
_MIN_FILL = 0.12  # of the lines must have words in a column


@dataclass(frozen=True, slots=True)
class Gutter:
    """The white between two columns; `crossing` is the share of lines that run across it."""

    left: float
    right: float
    crossing: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class WhiteTable:
    """Gutters from left to right between the ends of the text."""

    gutters: tuple[Gutter, ...]
    left: float
    right: float

    @property
    def columns(self) -> tuple[Span, ...]:
        places = [self.left, *(gutter.middle for gutter in self.gutters), self.right]
        return tuple(Span(places[i], places[i + 1]) for i in range(len(places) - 1))


def white_table(lines: list[TextLine], height: float) -> WhiteTable | None:
    """Columns of lines that stand under each other, or None where there are not two."""
    lines = [line for line in lines if line.blobs]
    if len(lines) < _MIN_LINES or height <= 0:
        return None
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    gutters = _gutters(lines, height, left, right)
    gutters = _with_filled_columns(gutters, lines, left, right)
    if not gutters:
        return None
    margin = height / 2
    return WhiteTable(tuple(gutters), left - margin, right + margin)


def cut_white(line: TextLine, table: WhiteTable, height: float) -> CutLine:
    """The words of a line by column, the line cut at its own gaps."""
    tokens = _joined(line.blobs, _TIGHT_GAP * height)
    places: list[float] = []
    crosses = False
    for gutter in table.gutters:
        place, clean = _cut_near(tokens, gutter, height)
        crosses = crosses or not clean
        places.append(max(place, places[-1] if places else table.left))
    edges = [table.left, *places, table.right]
    spans = tuple(Span(edges[i], edges[i + 1]) for i in range(len(edges) - 1))
    filled: dict[int, list[Blob]] = {}
    for blob in line.blobs:
        middle = (blob.left + blob.right) / 2
        column = next((i for i, span in enumerate(spans) if middle < span.right), len(spans) - 1)
        filled.setdefault(column, []).append(blob)
    one_stretch = len(_joined(line.blobs, _WIDE_GAP * height)) == 1
    return CutLine(line, filled, spans, crosses, one_stretch and len(filled) >= 2)


def _joined(blobs: list[Blob], gap: float) -> list[Span]:
    """Stretches of ink with no gap wider than `gap`, left to right."""
    spans: list[Span] = []
    for blob in sorted(blobs, key=lambda item: item.left):
        if spans and blob.left - spans[-1].right <= gap:
            spans[-1] = Span(spans[-1].left, max(spans[-1].right, blob.right))
        else:
            spans.append(Span(blob.left, blob.right))
    return spans


def _gutters(lines: list[TextLine], height: float, left: int, right: int) -> list[Gutter]:
    width = right - left + 1
    both = np.zeros(width, dtype=np.int32)
    crossing = np.zeros(width, dtype=np.int32)
    for line in lines:
        segments = _joined(line.blobs, _WIDE_GAP * height)
        begin, end = int(segments[0].left) - left, int(segments[-1].right) - left
        both[begin:end] += 1
        for segment in segments:
            crossing[int(segment.left) - left : int(segment.right) - left] += 1
    enough = both >= max(_MIN_LINES, _MIN_BOTH * len(lines))
    share = np.where(enough, crossing / np.maximum(both, 1), 1.0)
    return _valleys(share, height, left)


def _valleys(share: NDArray[np.float64], height: float, offset: int) -> list[Gutter]:
    """In each stretch that few lines cross, the part that the fewest cross."""
    gutters = []
    low = share <= _MAX_CROSSING
    edges = np.flatnonzero(np.diff(np.concatenate(([0], low.astype(np.int8), [0]))))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start < _MIN_GUTTER * height:
            continue
        part = share[start:end]
        least = float(part.min())
        best = np.flatnonzero(part <= least + 1e-9)
        run = max(np.split(best, np.flatnonzero(np.diff(best) > 1) + 1), key=len)
        gutters.append(Gutter(offset + start + int(run[0]), offset + start + int(run[-1]) + 1, least))
    return gutters


def _with_filled_columns(gutters: list[Gutter], lines: list[TextLine], left: int, right: int) -> list[Gutter]:
    """Only gutters between columns that enough lines have words in."""
    kept = list(gutters)
    while kept:
        edges = [float(left), *(gutter.middle for gutter in kept), float(right + 1)]
        fills = [
            sum(any(edges[i] <= (b.left + b.right) / 2 < edges[i + 1] for b in line.blobs) for line in lines)
            for i in range(len(edges) - 1)
        ]
        poorest = int(np.argmin(fills))
        if fills[poorest] >= max(2, _MIN_FILL * len(lines)):
            break
        around = [index for index in (poorest - 1, poorest) if 0 <= index < len(kept)]
        kept.pop(max(around, key=lambda index: kept[index].crossing))
    return kept


def _cut_near(tokens: list[Span], gutter: Gutter, height: float) -> tuple[float, bool]:
    """Where a line is cut for a gutter, and whether no word stands in the way there."""
    on_it = next((t for t in tokens if t.left < gutter.middle < t.right), None)
    gaps = [Span(a.right, b.left) for a, b in pairwise(tokens)]
    clear = [gap for gap in gaps if gap.left < gutter.right and gap.right > gutter.left]
    if on_it is None:
        widest = max(clear, key=lambda gap: gap.width, default=None)
        return (gutter.middle if widest is None else widest.middle), True
    before = next((gap for gap in gaps if gap.right == on_it.left), None)
    after = next((gap for gap in gaps if gap.left == on_it.right), None)
    wide_before = before is not None and before.width >= _WIDE_GAP * height
    wide_after = after is not None and after.width >= _WIDE_GAP * height
    goes_right = wide_before if wide_before != wide_after else on_it.middle >= gutter.middle
    clean = wide_before or wide_after
    if goes_right:
        return (before.middle if before else on_it.left - 1), clean
    return (after.middle if after else on_it.right + 1), clean
