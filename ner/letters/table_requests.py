"""What the lines of a letter's table ask for."""

from __future__ import annotations

from lexicon.capitals import ordinary_capitals
from ner.letters.dates import years_in
from ner.letters.sought import Sought
from ner.letters.tables import Field, TableRow
from ner.letters.words import SIGNS, kind_words
from ner.names.split import NameSplit, split_name
from registers.entry import Kind


def of_row(row: TableRow) -> Sought:
    """What a line of a table asks for."""
    cells = row.cells
    whole, spouse = _names_of_cell(cells.get(Field.PERSON)), _names_of_cell(cells.get(Field.SPOUSE))
    kind = _kind_of_cell(cells.get(Field.ACT, ""))
    dates = years_in(cells.get(Field.DATE, ""))
    surname = ordinary_capitals(cells.get(Field.SURNAME, whole.surname))
    given = ordinary_capitals(cells.get(Field.GIVEN_NAMES, whole.given_names))
    return Sought(
        surname=surname or None,
        given_names=given or None,
        kind=kind,
        year_from=dates[0].first if dates else None,
        year_to=dates[0].last if dates else None,
        place=cells.get(Field.PLACE),
        spouse_surname=ordinary_capitals(spouse.surname) or None,
        spouse_given_names=ordinary_capitals(spouse.given_names) or None,
        confidence=0.95 if surname and kind is not None and dates else 0.7,
    )


def _names_of_cell(written: str | None) -> NameSplit:
    return split_name(written) if written else NameSplit("", "")


def _kind_of_cell(written: str) -> Kind | None:
    if written.strip(" .") in SIGNS:
        return SIGNS[written.strip(" .")]
    return next((word.kind for word in kind_words(written)), None)
