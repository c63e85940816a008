"""Rows with their fields named, and which of them are about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ner.ditto import is_ditto
from ner.header_words import is_header_text
from ner.headings import running_letter
from ner.sections import Part
from registers.document import Cell, Row
from registers.knowledge import Holds

_SUM = re.compile(
    r"\W*(?:a\s+|à\s+)?(?:reporter|report|total|totaux|r[ée]capitulation|fin)\b\W*\d*\W*", re.IGNORECASE
)
_OMITTED = re.compile(r"\W*(?:omis(?:sions?|e?s)?|additions?|suppl[ée]ments?|ajouts?)\W*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:page|folio|f[°o]|vue)?\W*\d{1,4}\W*", re.IGNORECASE)
_MARKS_ONLY = re.compile(r"[\W_]*")
_NAMES = (Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME)
_DATES = (Holds.DATE, Holds.DAY, Holds.MONTH, Holds.YEAR)


class RowClass(Enum):
    """What a row is; only PERSON gives an entry. OMITTED is a heading like "omis" or "additions"."""

    PERSON = auto()
    EMPTY = auto()
    HEADER = auto()
    LETTER = auto()
    OMITTED = auto()
    SUM = auto()


@dataclass(frozen=True, slots=True)
class RowText:
    """A row with what its columns hold put together.

    `rank` is its ordinal on its side, all lines counted; `number` counts the rows about persons alone.
    `added`: it stands below a heading like "omis", outside the order.
    `texts` has a text for each thing that the table has a column for, blank where nothing is written;
    `cells` are those with text, left to right.
    """

    part: Part
    row: Row
    rank: int
    texts: Mapping[Holds, str]
    cells: Mapping[Holds, tuple[Cell, ...]] = field(default_factory=dict)
    number: int = 0
    added: bool = False

    def text(self, holds: Holds) -> str:
        return self.texts.get(holds, "")

    def has(self, *holds: Holds) -> bool:
        """Whether anything is written in one of these columns."""
        return any(self.texts.get(one, "") for one in holds)

    @property
    def date_text(self) -> str:
        """The date as written; day, month and year columns are put together."""
        if Holds.DATE in self.texts:
            return self.texts[Holds.DATE]
        return " ".join(text for holds in _DATES[1:] if (text := self.texts.get(holds, "")))


def rows_of(part: Part, holds: Sequence[Holds]) -> Iterator[tuple[RowClass, RowText]]:
    """The rows of a part with their fields, in reading order."""
    by_column = {column.index: held for column, held in zip(part.table.columns, holds, strict=True)}
    cells: dict[int, list[Cell]] = {row.index: [] for row in part.rows}
    for cell in part.table.cells:
        if cell.row in cells and cell.column in by_column:
            cells[cell.row].append(cell)
    for row in part.rows:
        named: dict[Holds, list[Cell]] = {held: [] for held in by_column.values()}
        for cell in sorted(cells[row.index], key=lambda cell: cell.column):
            named[by_column[cell.column]].append(cell)
        texts = {
            held: " ".join(text for cell in found if (text := " ".join(cell.text.split())))
            for held, found in named.items()
        }
        row_text = RowText(
            part=part,
            row=row,
            rank=row.ordinal or part.table.row_offset + row.index + 1,
            texts=texts,
            cells={held: tuple(c for c in found if c.text.strip()) for held, found in named.items() if found},
        )
        yield classify(row_text), row_text


def classify(row: RowText) -> RowClass:
    """What a row is, by its texts alone."""
    written = [text for text in row.texts.values() if text]
    if all(_MARKS_ONLY.fullmatch(text) and not is_ditto(text) for text in written):
        return RowClass.EMPTY
    if sum(is_header_text(text) for text in written) * 2 > len(written):
        return RowClass.HEADER
    names = " ".join(row.text(holds) for holds in _NAMES).strip()
    if len(written) == 1:
        return _class_of_lone_text(written[0], is_name=bool(names))
    if not row.has(*_DATES):
        if _SUM.fullmatch(names or written[0]):
            return RowClass.SUM
        return RowClass.PERSON if names else RowClass.EMPTY
    return RowClass.PERSON


def _class_of_lone_text(text: str, *, is_name: bool) -> RowClass:
    if _OMITTED.fullmatch(text):
        return RowClass.OMITTED
    if running_letter(text):
        return RowClass.LETTER
    if _SUM.fullmatch(text):
        return RowClass.SUM
    if _PAGE_NUMBER.fullmatch(text) or not is_name:
        return RowClass.EMPTY
    return RowClass.PERSON
