"""The printed form under the writing: its outline, its columns, its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.analysis import Analysis
from ocr.grid import Band, Grid, Span
from ocr.grid_ruled import RuledTable, ruled_table
from ocr.rules import Rule

_NARROW = 3.5  # of the letter height: narrower columns are the form's double frame


@dataclass(frozen=True, slots=True)
class Form:
    """Where rows are to be sought: `columns` are those of the table that are wide enough to be
    written in, `heads` the long rules above the body."""

    table: RuledTable
    columns: tuple[int, ...]
    heads: tuple[Rule, ...]
    body_top: float
    body_bottom: float

    def spans_at(self, y: float) -> tuple[Span, ...]:
        spans = self.table.columns_at(y)
        return tuple(spans[index] for index in self.columns)

    @property
    def middle_spans(self) -> tuple[Span, ...]:
        """The columns half-way down the body."""
        return self.spans_at((self.body_top + self.body_bottom) / 2)


def find_form(analysis: Analysis) -> Form | None:
    """The ruled form on a page, or None."""
    table = ruled_table(analysis)
    height = analysis.letter_height
    if table is None or height <= 0:
        return None
    heads = _head_rules(analysis.rules.horizontal, table, analysis)
    outline = _outline(heads, table)
    middle = (table.top + table.bottom) / 2
    kept = tuple(
        index
        for index, span in enumerate(table.columns_at(middle))
        if span.width >= _NARROW * height
        and span.left >= outline.left - 1.5 * height
        and span.right <= outline.right + 1.5 * height
    )
    if not kept:
        return None
    top = max((rule.position for rule in heads), default=max(table.top, 0.0))
    heads.sort(key=lambda rule: rule.position)
    return Form(table, kept, tuple(heads), top + 0.2 * height, min(table.bottom, float(analysis.height)))


def header_band(analysis: Analysis, grid: Grid) -> Band | None:
    """Where the form's printed header stands: between the two last long rules above the rows."""
    form = find_form(analysis)
    if form is None or len(form.heads) < 2:
        return None
    above, below = form.heads[-2:]
    if below.position - above.position < analysis.letter_height:
        return None
    left, right = grid.columns[0].left, grid.columns[-1].right
    pad = 0.15 * analysis.letter_height
    return Band(
        left,
        right,
        above.at(left) + pad,
        above.at(right) + pad,
        below.at(left) - pad,
        below.at(right) - pad,
    )


def _head_rules(rules: Sequence[Rule], table: RuledTable, analysis: Analysis) -> list[Rule]:
    """Long rules in the upper part of the table: its frame and the foot of its header."""
    reach = table.top + 0.2 * (table.bottom - table.top)
    width = table.right - table.left
    return [
        rule
        for rule in rules
        if rule.length >= 0.6 * width and table.top - 2 * analysis.letter_height <= rule.position <= reach
    ]


def _outline(heads: Sequence[Rule], table: RuledTable) -> Span:
    # On warped paper only the straight part of a rule is found.
    whole = [rule for rule in heads if rule.length >= 0.85 * (table.right - table.left)]
    if not whole:
        return Span(table.left, table.right)
    left = sorted(rule.start for rule in whole)[len(whole) // 2]
    right = sorted(rule.end for rule in whole)[len(whole) // 2]
    return Span(left, right)
