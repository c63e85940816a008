"""The columns of a table: as wide as what they hold, on a form or between white gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageFont

from registers.entry import Kind
from samples.generator.model import Column, Line, TableSpec
from samples.generator.typefaces import Typeface

_PADDING = 16
_SMALLEST_X_HEIGHT = 10
_WIDEST_GAP = 150


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column between two x positions; `text` is where its text begins."""

    column: Column
    left: int
    right: int
    text: int
    header: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and letter size of a table, the same on all its pages."""

    columns: tuple[GridColumn, ...]
    x_height: int

    @property
    def left(self) -> int:
        return self.columns[0].left

    @property
    def right(self) -> int:
        return self.columns[-1].right


def grid_for(table: TableSpec, lines: Sequence[Line], typeface: Typeface, *, left: int, right: int) -> Grid:
    """The grid that holds all lines between `left` and `right`, in letters as large as asked if they fit."""
    for x_height in range(table.look.x_height, _SMALLEST_X_HEIGHT - 1, -1):
        widths = _natural_widths(table, lines, typeface, x_height)
        spare = right - left - sum(widths)
        if spare >= 0:
            break
    if table.look.ruled:
        return Grid(_on_a_form(table, widths, left, right), x_height)
    return Grid(_between_gaps(table, widths, left, spare), x_height)


def header_text(table: TableSpec, column: Column) -> str:
    """What a form prints above a column."""
    marriage = table.kind is Kind.MARRIAGE
    return {
        Column.NUMBER: "N° DES ACTES" if marriage else "N° D'ORDRE",
        Column.SURNAME: "NOMS",
        Column.GIVEN_NAMES: "PRÉNOMS",
        Column.NAME: "NOMS ET PRÉNOMS" + (" DES ÉPOUX" if marriage and not table.both_spouses else ""),
        Column.SPOUSE: "CONJOINT" if table.both_spouses else "NOMS ET PRÉNOMS DES ÉPOUSES",
        Column.DATE: "DATES DES ACTES",
    }[column]


def wrapped(text: str, width: float, typeface: Typeface, font: ImageFont.FreeTypeFont) -> list[str]:
    """The words of `text` on as many lines as the width asks for."""
    lines: list[str] = []
    for word in text.split():
        if lines and typeface.length(f"{lines[-1]} {word}", font) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _natural_widths(table: TableSpec, lines: Sequence[Line], typeface: Typeface, x_height: int) -> list[int]:
    font, header_font = typeface.sized(x_height), typeface.sized(x_height - 4, bold=True)
    gap = 0 if table.look.ruled else round(font.getlength("nn"))
    widths = []
    for column in table.columns:
        longest = max(
            (typeface.length(line.cells[column], font) for line in lines if line.cells), default=0.0
        )
        header = max(typeface.length(word, header_font) for word in header_text(table, column).split())
        widths.append(round(max(longest, header)) + 2 * _PADDING + gap)
    return widths


def _on_a_form(table: TableSpec, widths: Sequence[int], left: int, right: int) -> tuple[GridColumn, ...]:
    """Forms fill the page: what is spare is shared in proportion."""
    total = sum(widths)
    columns = []
    x = left
    for position, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        end = right if position == len(widths) - 1 else x + width * (right - left) // total
        columns.append(GridColumn(column, x, end, x + _PADDING, header_text(table, column)))
        x = end
    return tuple(columns)


def _between_gaps(table: TableSpec, widths: Sequence[int], left: int, spare: int) -> tuple[GridColumn, ...]:
    """Nothing but white between columns: the spare width, up to a limit, goes to the gaps."""
    gap = min(_WIDEST_GAP, max(0, spare) // max(1, len(widths) - 1))
    columns = []
    x = left + max(0, spare - gap * (len(widths) - 1)) // 2
    for column, width in zip(table.columns, widths, strict=True):
        columns.append(GridColumn(column, x, x + width, x + _PADDING, header_text(table, column)))
        x += width + gap
    return tuple(columns)
