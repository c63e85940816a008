"""Table structure of a page: its columns, rows, headings, and the lines around it."""

from __future__ import annotations

from ocr.analysis import Analysis
from ocr.grid import CutLine, Grid
from ocr.grid_ruled import RuledTable, cut_ruled, ruled_table
from ocr.grid_white import WhiteTable, cut_white, white_table
from ocr.rules import Rule
from ocr.table_rows import Gathered, RowSettings, gather_rows
from ocr.textlines import Blob, TextLine

_MIN_ROWS = 3
_RULE_RESIDUE = 0.35  # of the letter height: flat ink along a rule is what is left of it
_BODY_SHARE = 0.45  # of the lines must fill two columns


def find_grid(analysis: Analysis) -> Grid | None:
    """The table on a page, or None where nothing on it is a table."""
    if analysis.letter_height <= 0 or not analysis.lines:
        return None
    lines = _clean_lines(analysis)
    ruled = ruled_table(analysis)
    if ruled is not None:
        grid = _grid_of_ruled(analysis, lines, ruled)
        if grid is not None:
            return grid
    return _grid_of_white(analysis, lines)


def _grid_of_ruled(analysis: Analysis, lines: list[TextLine], table: RuledTable) -> Grid | None:
    height = analysis.letter_height
    top, bottom = table.top, table.bottom
    inside = [line for line in lines if top <= line.middle <= bottom]
    cut = [_within(cut_ruled(line, table, height)) for line in inside]
    columns = table.columns_at((top + bottom) / 2)
    settings = RowSettings(columns, _separators(analysis, table.left, table.right, top, bottom), height)
    found = gather_rows([line for line in cut if line.line.blobs], settings)
    if not _enough(found, 1):
        return None
    above = tuple(line for line in lines if line.middle < top) + found.above
    below = found.below + tuple(line for line in lines if line.middle > bottom)
    return Grid(columns, found.blocks, True, above, below)


def _grid_of_white(analysis: Analysis, lines: list[TextLine]) -> Grid | None:
    height = analysis.letter_height
    table = white_table(lines, height)
    if table is None:
        return None
    body = _body(lines, table, height)
    table = white_table(body, height) or table
    cut = [cut_white(line, table, height) for line in body]
    settings = RowSettings(
        table.columns, _separators(analysis, table.left, table.right, 0, analysis.height), height
    )
    found = gather_rows(cut, settings)
    if not _enough(found, _MIN_ROWS) or not _rows_fill_columns(found):
        return None
    first, last = body[0].middle, body[-1].middle
    above = tuple(line for line in lines if line.middle < first) + found.above
    below = found.below + tuple(line for line in lines if line.middle > last)
    return Grid(table.columns, found.blocks, False, above, below)


def _body(lines: list[TextLine], table: WhiteTable, height: float) -> list[TextLine]:
    """The lines from the first to the last that fill two columns without crossing a gutter."""
    fits = []
    for line in lines:
        cut = cut_white(line, table, height)
        fits.append(len(cut.filled) >= 2 and not cut.runs_on and not (cut.crosses and len(cut.filled) <= 2))
    marked = [index for index, fit in enumerate(fits) if fit]
    if not marked:
        return lines
    tail = marked[-1] + 1
    # The last row may go on below in one column.
    while tail < len(lines) and lines[tail].middle - lines[tail - 1].middle < 2.2 * height:
        tail += 1
    return lines[marked[0] : tail]


def _rows_fill_columns(found: Gathered) -> bool:
    """Whether most rows stand in two columns or more: prose with a hanging word does not."""
    rows = [row for block in found.blocks for row in block.rows]
    return sum(len(row.filled) >= 2 for row in rows) >= _BODY_SHARE * len(rows)


def _enough(found: Gathered, least: int) -> bool:
    return sum(len(block.rows) for block in found.blocks) >= least


def _within(cut: CutLine) -> CutLine:
    """The line without the ink outside the table (margin notes, stamps)."""
    inside = [blob for blobs in cut.filled.values() for blob in blobs]
    inside.sort(key=lambda blob: blob.left)
    return CutLine(TextLine(inside), cut.filled, cut.spans, cut.crosses)


def _separators(analysis: Analysis, left: float, right: float, top: float, bottom: float) -> tuple[Rule, ...]:
    """Horizontal rules in the table that are long enough to part rows."""
    return tuple(
        rule
        for rule in analysis.rules.horizontal
        if top - analysis.letter_height <= rule.position <= bottom + analysis.letter_height
        and min(rule.end, right) - max(rule.start, left) >= 0.08 * (right - left)
    )


def _clean_lines(analysis: Analysis) -> list[TextLine]:
    """The lines without remains of rules and without dirt that stands alone."""
    height = analysis.letter_height
    kept = []
    for line in analysis.lines:
        blobs = [blob for blob in line.blobs if not _residue(blob, analysis, height)]
        if any(blob.height >= 0.5 * height for blob in blobs) or len(blobs) >= 2:
            kept.append(TextLine(blobs))
    return kept


def _residue(blob: Blob, analysis: Analysis, height: float) -> bool:
    if blob.height > max(3.0, _RULE_RESIDUE * height):
        # Upright remains of a vertical rule.
        upright = blob.width <= max(3.0, 0.2 * height) and blob.height > 1.2 * height
        return upright and any(
            abs(rule.at(blob.middle) - (blob.left + blob.right) / 2) < height * 0.5
            for rule in analysis.rules.vertical
        )
    if blob.width > 3 * height:
        return True
    centre = (blob.left + blob.right) / 2
    return any(
        abs(rule.at(centre) - blob.middle) < max(3.0, 0.3 * height)
        for rule in analysis.rules.horizontal
        if rule.start - height <= centre <= rule.end + height
    )
