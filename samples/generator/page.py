"""A page of a table drawn in ink, with the place of each row."""

from __future__ import annotations

from dataclasses import dataclass

from registers.dates import GREGORIAN_MONTHS, REPUBLICAN_LAST_DAY, Period, RepublicanDay
from registers.entry import Kind
from registers.geometry import Box
from registers.register import Series
from samples.generator.compose import TITLE_LINES
from samples.generator.grid import Grid, GridColumn, wrapped
from samples.generator.ink import Pen, Sheet
from samples.generator.model import Column, DateStyle, Line, PagePlan, RegisterSpec, TableSpec

_TOP, _BOTTOM = 0.052, 0.955
_HEADER_ROWS = 1.9
_KINDS = {Kind.BIRTH: "NAISSANCES", Kind.MARRIAGE: "MARIAGES", Kind.DEATH: "DÉCÈS", Kind.DIVORCE: "DIVORCES"}


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A page in ink and the boxes of its rows, in the order of its lines that have a truth."""

    sheet: Sheet
    rows: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a table stands on its page: y of its top, of its first row and of its end; height of a row."""

    top: float
    body: float
    bottom: float
    pitch: float


def draw_table(plan: PagePlan, register: RegisterSpec, grid: Grid, pen: Pen) -> DrawnTable:
    """The table page `plan` drawn with `pen`, whose sheet is all the page there is."""
    look = plan.table.look
    margin = pen.height * _TOP
    pitch = pen.height * (_BOTTOM - _TOP) / (look.rows_per_page + _HEADER_ROWS)
    title = TITLE_LINES if plan.opens_table else 0
    if plan.opens_table:
        _draw_title(pen, plan.table, register, margin, pitch)
    top = margin + title * pitch
    body = top + _HEADER_ROWS * pitch
    frame = _Frame(top, body, body + (look.rows_per_page - title) * pitch, pitch)
    _draw_header(pen, grid, plan.table, frame)
    boxes = _draw_lines(pen, grid, plan, frame)
    if look.ruled:
        _draw_rules(pen, grid, frame, between_rows=look.row_rules)
    if look.stamped:
        _draw_stamps(pen, grid, boxes, plan)
    return DrawnTable(pen.sheet, tuple(boxes))


def title_lines(table: TableSpec, register: RegisterSpec) -> tuple[str, str, str]:
    """The three lines of a title, the first in capitals."""
    kind = _KINDS[table.kind]
    if table.series is Series.ANNUAL:
        return (
            f"TABLE ANNUELLE DES {kind}",
            f"Commune de {register.commune}",
            f"Année {table.period.first.year}",
        )
    return (f"TABLE DÉCENNALE DES {kind}", f"Commune de {register.commune}", period_words(table))


def period_words(table: TableSpec) -> str:
    """ "du 1er janvier 1883 au 31 décembre 1892", in the calendar that was in force."""
    period: Period = table.period
    republican = table.habits.date_style is DateStyle.REPUBLICAN
    return f"du {_day_words(period, 0, republican)} au {_day_words(period, 1, republican)}"


def _day_words(period: Period, end: int, republican: bool) -> str:
    day = period.last if end else period.first
    if republican and day <= REPUBLICAN_LAST_DAY:
        return str(RepublicanDay.from_gregorian(day))
    return f"{'1er' if day.day == 1 else day.day} {GREGORIAN_MONTHS[day.month - 1]} {day.year}"


def _draw_title(pen: Pen, table: TableSpec, register: RegisterSpec, top: float, pitch: float) -> None:
    x_height = table.look.x_height
    title, commune, period = title_lines(table, register)
    fitting = (pen.font(x_height + more, bold=True) for more in range(9, -5, -1))
    large = next(font for font in fitting if pen.typeface.length(title, font) < 0.86 * pen.width)
    middle, small = pen.font(x_height + 4), pen.font(x_height + 2)
    centre = pen.width / 2
    pen.write_centred(pen.heading(title), centre, top + 1.2 * pitch, large)
    pen.write_centred(commune, centre, top + 2.7 * pitch, middle)
    pen.write_centred(period, centre, top + 4.0 * pitch, small)
    pen.rule(centre - 90, top + 4.7 * pitch, centre + 90, top + 4.7 * pitch)


def _draw_header(pen: Pen, grid: Grid, table: TableSpec, frame: _Frame) -> None:
    font = pen.font(grid.x_height - 4, bold=True)
    middle = (frame.top + frame.body) / 2 + grid.x_height * 0.5
    step = frame.pitch * 0.62
    for column in grid.columns:
        lines = wrapped(pen.heading(column.header), column.right - column.left - 8, pen.typeface, font)
        first = middle - step * (len(lines) - 1) / 2
        for number, text in enumerate(lines):
            if table.look.ruled:
                pen.write_centred(text, (column.left + column.right) / 2, first + number * step, font)
            else:
                pen.write(text, column.text, first + number * step, font)


def _draw_lines(pen: Pen, grid: Grid, plan: PagePlan, frame: _Frame) -> list[Box]:
    boxes: list[Box] = []
    for position, line in enumerate(plan.lines):
        y = frame.body + position * frame.pitch
        baseline = y + frame.pitch * 0.5 + grid.x_height * 0.62
        if line.truth is None:
            first = grid.columns[0]
            centre = (first.left + first.right) / 2
            pen.write_centred(line.heading, centre, baseline, pen.font(grid.x_height))
            continue
        for column in grid.columns:
            _write_cell(pen, grid, column, line, baseline)
        boxes.append(Box(grid.left, round(y), grid.right - grid.left, round(y + frame.pitch) - round(y)))
    return boxes


def _write_cell(pen: Pen, grid: Grid, column: GridColumn, line: Line, baseline: float) -> None:
    """Numbers stand to the right; a ditto that stands alone is pushed in under the name it repeats."""
    font = pen.font(grid.x_height)
    text = line.cells[column.column]
    x = column.text + (0.0 if pen.typeface.monospaced else pen.choices.randint(0, 6))
    if column.column is Column.NUMBER:
        x = column.right - 24 - pen.typeface.length(text, font)
    elif column.column is Column.SURNAME and line.truth is not None and line.truth.head is not None:
        x += grid.x_height * 3
    pen.write(text, x, baseline, font)


def _draw_rules(pen: Pen, grid: Grid, frame: _Frame, *, between_rows: bool) -> None:
    left, right = grid.left, grid.right
    for x in (left, *(column.right for column in grid.columns)):
        pen.rule(x, frame.top, x, frame.bottom, 3 if x in (left, right) else 2)
    for y, thickness in ((frame.top, 3), (frame.body - 6, 2), (frame.body, 2), (frame.bottom, 3)):
        pen.rule(left, y, right, y, thickness)
    y = frame.body + frame.pitch
    while between_rows and y < frame.bottom - frame.pitch / 2:
        pen.rule(left, y, right, y, 1)
        y += frame.pitch


def _draw_stamps(pen: Pen, grid: Grid, boxes: list[Box], plan: PagePlan) -> None:
    """A round stamp at the head of the table, stars beside some rows, outside the frame."""
    if plan.opens_table:
        pen.stamp(pen.width - 120, 232, 60, "ARCHIVES FICTIVES", pen.font(6))
    for box in boxes:
        if pen.choices.random() < 0.25:
            x = pen.choices.choice((grid.left - 26, grid.right + 24))
            pen.star(x, box.y + box.height / 2, pen.choices.uniform(11, 16))
