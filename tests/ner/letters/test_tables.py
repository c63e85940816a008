"""Tables that letters hold."""

from __future__ import annotations

import pytest

from ner.letters import read_letter
from ner.letters.tables import Field, table_in

BARS = """Bonjour,

Personne      | Acte      | Année     | Commune
Rose MOREL    | naissance | 1829      | Niort
Paul GARNIER  | mariage   | 1851-1853 | Saintes
   avec Lucie VIDAL

Merci"""
SEMICOLONS = """n° ; nom ; prénom ; acte ; date ; lieu ; conjoint
1 ; MOREL ; Rose ; N ; 1829 ; Niort ; -
2 ; GARNIER ; Paul ; M ; 1851-1853 ; Saintes ; VIDAL Lucie"""


@pytest.mark.parametrize("text", [BARS, SEMICOLONS])
def test_a_table_is_read_row_by_row(text: str) -> None:
    first, second = read_letter(text)
    assert (first.surname, first.given_names, first.year_from, first.place) == (
        "Morel",
        "Rose",
        1829,
        "Niort",
    )
    assert (second.surname, second.spouse_surname, second.spouse_given_names) == ("Garnier", "Vidal", "Lucie")
    assert (second.kind, second.year_from, second.year_to) == ("marriage", 1851, 1853)


def test_a_table_knows_its_place_and_columns() -> None:
    table = table_in(BARS)
    assert table is not None
    assert BARS[table.start : table.end].startswith("Personne")
    assert table.rows[0].cells[Field.PLACE] == "Niort"


def test_a_letter_without_column_names_holds_no_table() -> None:
    assert table_in("Morel ; Rose ; 1829\nGarnier ; Paul ; 1851") is None
