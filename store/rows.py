"""Which row of a new reading is which row of the earlier ones: by overlap on the scan.

Every row that was ever seen on a page side stays known with its ordinal and its last place, so that a
row that one reading missed gets its old ordinal back, and no ordinal is ever given twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from registers.document import Row, Table
from registers.geometry import Point, Quad

SAME_ROW = 0.4
"""Least intersection over union, measured across the rows, of two places that are the same row."""


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row seen before; `live` when the latest reading still had it."""

    ordinal: int
    quad: Quad
    live: bool


def with_ordinals(
    tables: Sequence[Table], known: Sequence[KnownRow]
) -> tuple[tuple[Table, ...], tuple[KnownRow, ...]]:
    """The tables with every row's ordinal set, and all rows known from now on."""
    rows = [row for table in tables for row in table.rows]
    ordinals = _matched(rows, [k for k in known if k.live], {})
    ordinals = _matched(rows, [k for k in known if not k.live], ordinals)
    unused = max((k.ordinal for k in known), default=0) + 1
    for position in range(len(rows)):
        if position not in ordinals:
            ordinals[position] = unused
            unused += 1
    numbered = [replace(row, ordinal=ordinals[position]) for position, row in enumerate(rows)]
    seen = {row.ordinal: KnownRow(row.ordinal, row.quad, True) for row in numbered}
    gone = [replace(k, live=False) for k in known if k.ordinal not in seen]
    everything = sorted((*seen.values(), *gone), key=lambda k: k.ordinal)
    return _dealt(tables, numbered), tuple(everything)


def _dealt(tables: Sequence[Table], numbered: Iterable[Row]) -> tuple[Table, ...]:
    rows = iter(numbered)
    return tuple(replace(table, rows=tuple(next(rows) for _ in table.rows)) for table in tables)


def _matched(rows: Sequence[Row], known: Sequence[KnownRow], taken: dict[int, int]) -> dict[int, int]:
    """Positions of rows mapped to ordinals, best overlap first; what is taken stays."""
    pairs = [
        (-overlap, position, old.ordinal)
        for position, row in enumerate(rows)
        if position not in taken
        for old in known
        if (overlap := row_overlap(row.quad, old.quad)) >= SAME_ROW
    ]
    result, used = dict(taken), set(taken.values())
    for _, position, ordinal in sorted(pairs):
        if position not in result and ordinal not in used:
            result[position] = ordinal
            used.add(ordinal)
    return result


def row_overlap(a: Quad, b: Quad) -> float:
    """Intersection over union of two rows' heights in the middle of their common width, 0 to 1.

    Rows drift with the skew of the page, so upright boxes of neighbours overlap though the rows do not.
    Rows that share less than half of the narrower one's width are not the same.
    """
    left, right = max(_left(a), _left(b)), min(_right(a), _right(b))
    narrower = min(_right(a) - _left(a), _right(b) - _left(b))
    if right <= left or right - left < narrower / 2:
        return 0.0
    middle = (left + right) / 2
    top_a, bottom_a = _span(a, middle)
    top_b, bottom_b = _span(b, middle)
    union = max(bottom_a, bottom_b) - min(top_a, top_b)
    common = min(bottom_a, bottom_b) - max(top_a, top_b)
    return max(0.0, common) / union if union > 0 else 0.0


def _left(quad: Quad) -> float:
    return (quad.top_left.x + quad.bottom_left.x) / 2


def _right(quad: Quad) -> float:
    return (quad.top_right.x + quad.bottom_right.x) / 2


def _span(quad: Quad, x: float) -> tuple[float, float]:
    return _y_at(quad.top_left, quad.top_right, x), _y_at(quad.bottom_left, quad.bottom_right, x)


def _y_at(start: Point, end: Point, x: float) -> float:
    if end.x == start.x:
        return (start.y + end.y) / 2
    return start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x)
