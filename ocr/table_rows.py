"""Lines of text gathered to rows: what continues the row above, what is a heading, where a row ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocr.grid import Band, Block, CutLine, GridRow, Span
from ocr.rules import Rule
from ocr.textlines import TextLine

_ANCHOR_SHARE = 0.6  # of the lines have words in a column that every row fills
_RULED_SHARE = 0.5  # of the pairs of lines have a rule between them: rules part the rows
_MISSING_RULE = 0.72  # of the usual distance of rules: lines that far apart are two rows
_CLOSE = 0.75  # of the usual distance of rows: a line that near continues the row above
_NEAR = 1.25  # of the usual distance of rows: a line further away continues nothing
_HEADER_LINES = 5
_LONE_LETTER = 2.0  # of the letter height: a single letter heads the names that begin with it
_CENTRED = 0.07  # of the table's width
_SPAN_SHARE = 0.45  # of the table's width must lie under a rule that parts rows


@dataclass(frozen=True, slots=True)
class RowSettings:
    """What is known of the table when its rows are gathered."""

    columns: tuple[Span, ...]
    separators: tuple[Rule, ...]
    letter_height: float

    @property
    def left(self) -> float:
        return self.columns[0].left

    @property
    def right(self) -> float:
        return self.columns[-1].right


@dataclass(frozen=True, slots=True)
class Gathered:
    """Blocks of rows, and the lines above and below that are none."""

    blocks: tuple[Block, ...]
    above: tuple[TextLine, ...]
    below: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class _Habits:
    """How this table keeps its rows: which columns every row fills, how far apart rows stand."""

    anchors: frozenset[int]
    row_ruled: bool
    pitch: float


def gather_rows(lines: Sequence[CutLine], table: RowSettings) -> Gathered:
    """Rows with their bands from the cut lines of a table, top to bottom."""
    anchors = _anchors(lines)
    ruled = _row_ruled(lines, table)
    habits = _Habits(anchors, ruled, _pitch(lines, anchors, table, ruled))
    header = _header_zone(lines, anchors, table)
    groups: list[list[CutLine] | TextLine] = [list(lines[:header])] if header else []
    for number, line in enumerate(lines):
        if number < header:
            continue
        previous = groups[-1] if groups else None
        close = isinstance(previous, list) and line.middle - lines[number - 1].middle <= _CLOSE * habits.pitch
        if _is_heading(line, anchors, table) and not (close and line.filled and not line.runs_on):
            groups.append(line.line)
        elif isinstance(previous, list) and _continues(line, previous, lines[number - 1], habits, table):
            previous.append(line)
        else:
            groups.append([line])
    above, groups = _cut_top(groups, anchors)
    below, groups = _cut_bottom(groups, anchors)
    return Gathered(_blocks(groups, table), above, below)


def _header_zone(lines: Sequence[CutLine], anchors: frozenset[int], table: RowSettings) -> int:
    """How many lines above the first rule belong to one header, whose columns wrap as they like."""
    parted = next(
        (i for i in range(1, len(lines)) if _parted(lines[i - 1].middle, lines[i].middle, table)), 0
    )
    if not 2 <= parted <= _HEADER_LINES or len(lines) - parted < 2:
        return 0
    full = sum(len(anchors & line.filled.keys()) >= max(2, len(anchors)) for line in lines[:parted])
    return parted if full <= 1 else 0


def _anchors(lines: Sequence[CutLine]) -> frozenset[int]:
    """Columns that nearly every line with several columns fills."""
    several = [line for line in lines if len(line.filled) >= 2] or list(lines)
    columns = {column for line in several for column in line.filled}
    return frozenset(
        column
        for column in columns
        if sum(column in line.filled for line in several) >= _ANCHOR_SHARE * len(several)
    )


def _parted(above: float, below: float, table: RowSettings) -> bool:
    """Whether a rule runs between two heights across much of the table."""
    centre = (table.left + table.right) / 2
    covered = 0.0
    for rule in table.separators:
        if above < rule.at(centre) < below:
            covered += max(0.0, min(rule.end, table.right) - max(rule.start, table.left))
    return covered >= _SPAN_SHARE * (table.right - table.left)


def _row_ruled(lines: Sequence[CutLine], table: RowSettings) -> bool:
    pairs = list(pairwise(lines))
    parted = sum(_parted(a.middle, b.middle, table) for a, b in pairs)
    return len(pairs) >= 2 and parted >= _RULED_SHARE * len(pairs)


def _pitch(lines: Sequence[CutLine], anchors: frozenset[int], table: RowSettings, ruled: bool) -> float:
    """The usual distance from row to row, judged by the lines that fill the anchor columns."""
    full = [line for line in lines if len(anchors & line.filled.keys()) > len(anchors) / 2]
    steps = [b.middle - a.middle for a, b in pairwise(full)]
    if ruled:
        steps = [
            b.middle - a.middle for a, b in pairwise(full) if _parted(a.middle, b.middle, table)
        ] or steps
    return median(steps) if steps else 3 * table.letter_height


def _continues(
    line: CutLine, row: list[CutLine], previous: CutLine, habits: _Habits, table: RowSettings
) -> bool:
    """Whether a line goes on with the row above instead of beginning one."""
    if _parted(previous.middle, line.middle, table):
        return False
    held = len(habits.anchors & line.filled.keys())
    if habits.row_ruled:
        missing_rule = line.middle - row[0].middle >= _MISSING_RULE * habits.pitch and held >= 2
        return not missing_rule
    step = line.middle - previous.middle
    above = {column for part in row for column in part.filled}
    full = held > len(habits.anchors) / 2 and held >= min(2, len(habits.anchors))
    if full or not line.filled.keys() <= above or step > _NEAR * habits.pitch:
        return False
    if step <= _CLOSE * habits.pitch:
        return True
    return len(line.filled) == 1 and _wraps(line, previous, table.letter_height)


def _wraps(line: CutLine, previous: CutLine, height: float) -> bool:
    """Whether the first word of a line would not have fitted at the end of the line above it."""
    (column,) = line.filled
    if column not in previous.filled:
        return False
    room = previous.spans[column].right - max(blob.right for blob in previous.filled[column])
    first = min(line.filled[column], key=lambda blob: blob.left)
    return room < first.width + 1.5 * height


def _is_heading(line: CutLine, anchors: frozenset[int], table: RowSettings) -> bool:
    """Whether a line stands over the rows instead of being one: across columns, or alone and centred."""
    held = len(anchors & line.filled.keys())
    if line.crosses and held < max(2, len(anchors)) and _one_stretch(line, table.letter_height):
        return True
    if not line.filled or line.runs_on:
        return True
    if len(line.line.blobs) == 1 and line.line.right - line.line.left <= _LONE_LETTER * table.letter_height:
        return len(anchors) >= 2 and line.line.bottom - line.line.top >= 0.55 * table.letter_height
    if len(line.filled) > 2 or held >= max(2, len(anchors)) or not _one_stretch(line, table.letter_height):
        return False
    middle = (line.line.left + line.line.right) / 2
    centred = abs(middle - (table.left + table.right) / 2) <= _CENTRED * (table.right - table.left)
    column = min(line.filled)
    at_left_edge = line.line.left - line.spans[column].left < 2.0 * table.letter_height
    return centred and not at_left_edge


def _one_stretch(line: CutLine, height: float) -> bool:
    """Whether the words of a line follow each other without a gap wider than three letters."""
    blobs = sorted(line.line.blobs, key=lambda blob: blob.left)
    return all(b.left - a.right < 3.0 * height for a, b in pairwise(blobs))


_Groups = list["list[CutLine] | TextLine"]


def _is_row(group: list[CutLine] | TextLine, anchors: frozenset[int]) -> bool:
    if not isinstance(group, list):
        return False
    filled = {column for line in group for column in line.filled}
    return len(filled) >= 2 and bool(filled & anchors)


def _cut_top(groups: _Groups, anchors: frozenset[int]) -> tuple[tuple[TextLine, ...], _Groups]:
    """Lines before the first row are titles; the last headings before it stay with it."""
    first = next((i for i, group in enumerate(groups) if _is_row(group, anchors)), len(groups))
    return tuple(line for group in groups[:first] for line in _lines(group)), groups[first:]


def _cut_bottom(groups: _Groups, anchors: frozenset[int]) -> tuple[tuple[TextLine, ...], _Groups]:
    """Lines after the last row are page numbers, signatures or a closing."""
    last = next((i for i in range(len(groups) - 1, -1, -1) if _is_row(groups[i], anchors)), -1)
    return tuple(line for group in groups[last + 1 :] for line in _lines(group)), groups[: last + 1]


def _lines(group: list[CutLine] | TextLine) -> list[TextLine]:
    return [part.line for part in group] if isinstance(group, list) else [group]


def _blocks(groups: _Groups, table: RowSettings) -> tuple[Block, ...]:
    bands = _bands([_lines(group) for group in groups], table)
    blocks: list[Block] = []
    headings: list[TextLine] = []
    rows: list[GridRow] = []
    for group, band in zip(groups, bands, strict=True):
        if isinstance(group, list):
            rows.append(GridRow(tuple(group), band))
            continue
        if rows:
            blocks.append(Block(tuple(headings), tuple(rows)))
            headings, rows = [], []
        headings.append(group)
    if rows:
        blocks.append(Block(tuple(headings), tuple(rows)))
    return tuple(blocks)


def _bands(groups: list[list[TextLine]], table: RowSettings) -> list[Band]:
    """For each group of lines the band that it takes: up to the rule, or half-way to its neighbours."""
    edges = [_edges(group, table) for group in groups]
    bands = []
    for number, (top, bottom) in enumerate(edges):
        above = edges[number - 1][1] if number else None
        below = edges[number + 1][0] if number + 1 < len(edges) else None
        upper = _limit(top, above, table, downwards=False)
        lower = _limit(bottom, below, table, downwards=True)
        bands.append(Band(table.left, table.right, *upper, *lower))
    return bands


def _edges(group: list[TextLine], table: RowSettings) -> tuple[tuple[float, float], tuple[float, float]]:
    """Top and bottom of the writing at the table's left and right end."""
    first, last = group[0], group[-1]
    return _sloped(first, table, top=True), _sloped(last, table, top=False)


def _sloped(line: TextLine, table: RowSettings, *, top: bool) -> tuple[float, float]:
    slope = _slope(line, table.letter_height)
    centre = (line.left + line.right) / 2
    offsets = [
        (blob.top if top else blob.bottom) - slope * ((blob.left + blob.right) / 2 - centre)
        for blob in line.blobs
    ]
    at = min(offsets) if top else max(offsets)
    return at + slope * (table.left - centre), at + slope * (table.right - centre)


def _slope(line: TextLine, height: float) -> float:
    """How a line drifts: from words far apart, and never more than half a degree."""
    bodies = [blob for blob in line.blobs if blob.height >= 0.55 * height]
    if len(bodies) < 4 or line.right - line.left < 30 * height:
        return 0.0
    third = max(1, len(bodies) // 3)
    start, end = bodies[:third], bodies[-third:]
    rise = median(b.bottom for b in end) - median(b.bottom for b in start)
    run = median(b.left for b in end) - median(b.left for b in start)
    return max(-0.01, min(0.01, rise / run)) if run > 0 and abs(rise) > 0.3 * height else 0.0


def _limit(
    edge: tuple[float, float], other: tuple[float, float] | None, table: RowSettings, *, downwards: bool
) -> tuple[float, float]:
    """Where a band ends: at the rule nearest to its writing, else half-way to the next writing."""
    sign = 1.0 if downwards else -1.0
    reach = 0.9 * table.letter_height
    near = [
        rule
        for rule in table.separators
        if -0.4 * table.letter_height
        <= sign * (rule.at((rule.start + rule.end) / 2) - (edge[0] + edge[1]) / 2)
        <= (1.2 * reach if other is None else sign * ((other[0] + other[1]) - (edge[0] + edge[1])) / 2)
        and rule.length >= _SPAN_SHARE * (table.right - table.left)
    ]
    if near:
        rule = min(near, key=lambda r: sign * r.position)
        return rule.at(table.left), rule.at(table.right)
    if other is None:
        return edge[0] + sign * reach, edge[1] + sign * reach
    halves = ((edge[0] + other[0]) / 2, (edge[1] + other[1]) / 2)
    if sign * (halves[0] - edge[0]) > reach:
        return edge[0] + sign * reach, edge[1] + sign * reach
    return halves
