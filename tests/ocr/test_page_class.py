"""What a page says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.headers import is_header
from ocr.page_class import class_of_lines
from registers.document import PageClass

_PROSE = ["L'an mil huit cent quatre-vingt-trois, le douze mars, par devant nous, maire"] * 14


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Naissances de l'année 1884", "Néant"], PageClass.NONE_RECORDED),
        (["Arrêté la présente table, contenant 90 actes, par nous, maire"], PageClass.CLOSING),
        (["REGISTRE DE L'ÉTAT CIVIL", "Commune de Hautecombière", "1883-1892"], PageClass.COVER),
        (_PROSE, PageClass.ACTS),
        (["12 cm", "bon pour tirage"], PageClass.OTHER),
        ([], PageClass.OTHER),
    ],
)
def test_class_of_a_page_without_a_table(lines: list[str], expected: PageClass) -> None:
    assert class_of_lines(lines) is expected


@given(st.lists(st.text(max_size=60), max_size=40))
def test_no_text_is_too_strange_to_be_classed(lines: list[str]) -> None:
    assert isinstance(class_of_lines(lines), PageClass)


@pytest.mark.parametrize(
    "texts",
    [
        ["NOMS", "PRÉNOMS", "DATES DES ACTES"],
        ["NOMS ET PRÉNOMS DES INDIVIDUS", "DATES"],
        ["NUMÉROS", "N0MS ET PRENOMS", "OBSERVATIONS"],
        ["1", "2", "3", "4", "5"],
    ],
)
def test_headers(texts: list[str]) -> None:
    assert is_header(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["Denis - Marie", "26 Janvier 1905"],
        ["PAGE", "Maurice", "12 mars 1884"],
        ["DUBOIS", "Jeanne", "4 mai 1885"],
        ['"', "Louis", "5 id 92"],
        ["12", "LEROY Paul", "3 juin 1912"],
        [],
    ],
)
def test_rows_are_no_headers(texts: list[str]) -> None:
    assert not is_header(texts)
