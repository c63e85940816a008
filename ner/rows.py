"""Rows with their fields named, and which of them are about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from lexicon import given_names
from ner.columns.content import is_mark
from ner.columns.header_words import is_header_text
from ner.dates.parse import looks_like_date
from ner.ditto import is_ditto
from ner.headings.parse import running_letter
from ner.sections import Part
from registers.document import Cell, Row
from registers.knowledge import Holds

_SUM = re.compile(
    r"\W*(?:a\s+|à\s+)?(?:reporter|report|total|totaux|r[ée]capitulation)\b\W*\d*\W*", re.IGNORECASE
)
_OMITTED = re.compile(r"\W*(?:omis(?:sions?|e?s)?|additions?|suppl[ée]ments?|ajouts?)\W*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:page|folio|f[°o]|vue)?\W*\d{1,4}\W*", re.IGNORECASE)
_MARKS_ONLY = re.compile(r"[\W_]*")
_NUMBERED = 0.7
_LIKE_A_DATE = 0.6
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
    def dated(self) -> bool:
        """Whether the table has a column for dates, or this row a date in another."""
        return any(holds in self.texts for holds in _DATES)

    @property
    def written(self) -> list[str]:
        """What is written, column by column."""
        return [text for text in self.texts.values() if text]

    @property
    def date_text(self) -> str:
        """The date as written; day, month and year columns are put together."""
        if Holds.DATE in self.texts:
            return self.texts[Holds.DATE]
        return " ".join(text for holds in _DATES[1:] if (text := self.texts.get(holds, "")))


def rows_of(part: Part, holds: Sequence[Holds]) -> Iterator[tuple[RowClass, RowText]]:
    """The rows of a part with their fields, in reading order."""
    rows = _unwrapped([*_row_texts(part, holds)])
    numbered = sum(row.has(Holds.ACT_NUMBER) for row in rows) >= _NUMBERED * len(rows)
    for row in rows:
        found = classify(row)
        if found is RowClass.PERSON and numbered and _is_wrapped(row):
            found = RowClass.EMPTY
        elif found is RowClass.EMPTY and numbered and row.has(Holds.ACT_NUMBER) and len(row.written) > 1:
            found = RowClass.PERSON
        yield found, row


def _unwrapped(rows: Sequence[RowText]) -> list[RowText]:
    """Rows with the second line of a wrapped name put back to its first: "DOUCET," and "Willie" below."""
    keyed = sum(row.has(Holds.ACT_NUMBER, *_DATES) for row in rows) >= _NUMBERED * len(rows)
    joined: list[RowText] = []
    for row in rows:
        if joined and keyed and _is_second_line(joined[-1], row):
            joined[-1] = _with_second_line(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _is_second_line(first: RowText, second: RowText) -> bool:
    names = [holds for holds in _NAMES if second.text(holds)]
    if len(names) != 1 or second.has(Holds.ACT_NUMBER, *_DATES):
        return False
    above, below = first.text(names[0]), second.text(names[0])
    given = all(given_names.is_given_name(word) for word in below.split())
    return above.endswith((",", "-", "(")) or (given and len(above.split()) == 1 and not is_ditto(above))


def _with_second_line(first: RowText, second: RowText) -> RowText:
    texts = {holds: f"{text} {second.text(holds)}".strip() for holds, text in first.texts.items()}
    cells = {holds: (*cells, *second.cells.get(holds, ())) for holds, cells in first.cells.items()}
    return replace(first, texts=texts, cells=cells)


def _is_wrapped(row: RowText) -> bool:
    """The second line of a cell in a table that numbers its rows, with a speck in the name's place."""
    name = " ".join(row.text(holds) for holds in _NAMES).strip()
    return not row.has(Holds.ACT_NUMBER, *_DATES) and (is_mark(name) or is_ditto(name))


def _row_texts(part: Part, holds: Sequence[Holds]) -> Iterator[RowText]:
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
        yield RowText(
            part=part,
            row=row,
            rank=row.ordinal or part.table.row_offset + row.index + 1,
            texts=texts,
            cells={held: tuple(c for c in found if c.text.strip()) for held, found in named.items() if found},
        )


def classify(row: RowText) -> RowClass:
    """What a row is, by its texts alone."""
    written = row.written
    if all(_MARKS_ONLY.fullmatch(text) and not is_ditto(text) for text in written):
        return RowClass.EMPTY
    if sum(is_header_text(text) for text in written) * 2 > len(written):
        return RowClass.HEADER
    names = " ".join(row.text(holds) for holds in _NAMES).strip()
    if len(written) == 1:
        return _class_of_lone_text(written[0], is_name=bool(names))
    if _SUM.fullmatch(names or written[0]) and looks_like_date(row.date_text) < _LIKE_A_DATE:
        return RowClass.SUM
    return RowClass.PERSON if names or row.has(*_DATES) else RowClass.EMPTY


def _class_of_lone_text(text: str, *, is_name: bool) -> RowClass:
    if _OMITTED.fullmatch(text):
        return RowClass.OMITTED
    if running_letter(text):
        return RowClass.LETTER
    if _SUM.fullmatch(text):
        return RowClass.SUM
    if _PAGE_NUMBER.fullmatch(text):
        return RowClass.EMPTY
    # A date without a name is a row whose name was not read.
    return RowClass.PERSON if is_name or looks_like_date(text) >= _LIKE_A_DATE else RowClass.EMPTY
