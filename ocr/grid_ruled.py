"""Columns from ruling lines, also where a frame is partial or its rules are broken."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.analysis import Analysis
from ocr.grid import CutLine, Span
from ocr.rules import Rule
from ocr.textlines import Blob, TextLine

_FULL_SHARE = 0.45  # of the longest rule: a shorter one divides a header, not the table
_DOUBLE_RULE = 0.9  # of the letter height: rules nearer than that are one boundary
_MIN_HEIGHT = 6.0  # of the letter height: shorter rules are brackets or strokes
_MIN_COLUMN = 1.0  # of the letter height
_OUTER_SHARE = 0.4  # of the lines have text beside the outermost rule: there is a column there


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Boundaries of the columns from left to right, and where the table begins and ends."""

    boundaries: tuple[Rule, ...]
    top: float
    bottom: float
    left: float
    right: float

    def columns_at(self, y: float) -> tuple[Span, ...]:
        """The columns at a height: rules may lean."""
        places = [self.left, *(rule.at(y) for rule in self.boundaries), self.right]
        return tuple(Span(places[i], places[i + 1]) for i in range(len(places) - 1))


def ruled_table(analysis: Analysis) -> RuledTable | None:
    """The table that vertical rules draw, or None where fewer than two columns come out."""
    height = analysis.letter_height
    vertical = [rule for rule in analysis.rules.vertical if rule.length >= _MIN_HEIGHT * height]
    if not vertical:
        return None
    longest = max(rule.length for rule in vertical)
    vertical = [rule for rule in vertical if rule.length >= _FULL_SHARE * longest]
    boundaries = _single(sorted(vertical, key=lambda rule: rule.position), height)
    top = min(rule.start for rule in boundaries) - height
    bottom = max(rule.end for rule in boundaries) + height
    left, right, boundaries = _outer(analysis, boundaries, top, bottom)
    table = RuledTable(tuple(boundaries), top, bottom, left, right)
    columns = table.columns_at((top + bottom) / 2)
    if len(columns) < 2 or right - left < 8 * height:
        return None
    return table


def cut_ruled(line: TextLine, table: RuledTable, height: float) -> CutLine:
    """The words of a line by column; a word belongs where its middle stands."""
    spans = table.columns_at(line.middle)
    filled: dict[int, list[Blob]] = {}
    crosses = False
    for blob in line.blobs:
        middle = (blob.left + blob.right) / 2
        column = next((i for i, span in enumerate(spans) if span.left <= middle < span.right), None)
        if column is None:
            continue
        filled.setdefault(column, []).append(blob)
        span = spans[column]
        over = max(span.left - blob.left, blob.right - span.right)
        crosses = crosses or over > height
    return CutLine(line, filled, spans, crosses)


def _single(rules: list[Rule], height: float) -> list[Rule]:
    """One rule for each double rule: the longer of the two."""
    single: list[Rule] = []
    for rule in rules:
        if single and rule.position - single[-1].position < max(_DOUBLE_RULE, _MIN_COLUMN) * height:
            if rule.length > single[-1].length:
                single[-1] = rule
        else:
            single.append(rule)
    return single


def _outer(
    analysis: Analysis, boundaries: list[Rule], top: float, bottom: float
) -> tuple[float, float, list[Rule]]:
    """Left and right end of the table and the boundaries between them.

    The outermost rules are the table's ends unless a column of text, or the horizontal rules, go on
    beyond them.
    """
    height = analysis.letter_height
    lines = [line for line in analysis.lines if top <= line.middle <= bottom]
    across = [
        rule
        for rule in analysis.rules.horizontal
        if top - height <= rule.position <= bottom + height and rule.length >= 10 * height
    ]
    first, last = boundaries[0].position, boundaries[-1].position
    left, right = first, last
    text_left = [
        min(b.left for b in line.blobs if b.right < first)
        for line in lines
        if any(b.right < first for b in line.blobs)
    ]
    text_right = [
        max(b.right for b in line.blobs if b.left > last)
        for line in lines
        if any(b.left > last for b in line.blobs)
    ]
    if len(text_left) >= _OUTER_SHARE * max(3, len(lines)):
        left = min(text_left) - height
    if len(text_right) >= _OUTER_SHARE * max(3, len(lines)):
        right = max(text_right) + height
    if across:
        starts, ends = sorted(r.start for r in across), sorted(r.end for r in across)
        if left == first and starts[len(starts) // 4] < first - 3 * height and text_left:
            left = starts[len(starts) // 4]
        if right == last and ends[(3 * len(ends)) // 4] > last + 3 * height and text_right:
            right = ends[(3 * len(ends)) // 4]
    inner = boundaries
    if left == first:
        inner = inner[1:]
    if right == last and inner:
        inner = inner[:-1]
    return left, right, inner
