"""Columns: what each holds, by header, by content, by what a person said."""

from __future__ import annotations

import pytest

from ner.columns.find import assign, assign_together, group_by_layout
from ner.columns.header_words import holds_of_header, is_header_text, stated_holds
from registers.entry import Kind
from registers.knowledge import Holds
from registers.register import Description, RegisterSettings, Section
from tests.ner.builders import make_table

NOTHING = RegisterSettings()
BIRTHS = Section("r:s01", "r", Description(kinds=(Kind.BIRTH,)))
MARRIAGES = Section("r:s01", "r", Description(kinds=(Kind.MARRIAGE,)))


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        ("NOMS ET PRÉNOMS DES INDIVIDUS", Holds.FULL_NAME),
        ("NOMS ET PRFNOMS DES INDIVIDIJS", Holds.FULL_NAME),
        ("LNOMS ET PRÉNOMS DES INDIVIDUS _ NON", Holds.FULL_NAME),
        ("DATES DES ACTES", Holds.DATE),
        ("DAIFS DES ACTES", Holds.DATE),
        ("NATURE DES ACTES", None),
        ("N° d'ordre", Holds.ACT_NUMBER),
        ("Nos des actes", Holds.ACT_NUMBER),
        ("NOMS", Holds.SURNAME),
        ("Prénoms", Holds.GIVEN_NAMES),
        ("Époux", Holds.FULL_NAME),
        ("Épouse", Holds.SPOUSE_FULL_NAME),
        ("NOM de l'épouse", Holds.SPOUSE_SURNAME),
        ("Prénoms de l'épouse", Holds.SPOUSE_GIVEN_NAMES),
        ("Mois", Holds.MONTH),
        ("Observations", Holds.REMARKS),
        ("Folios", Holds.OTHER),
        ("1", None),
        ("", None),
    ],
)
def test_headers(header: str, holds: Holds | None) -> None:
    assert holds_of_header(header) is holds


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("NOMS ET PRÉNOMS", True),
        ("DATES", True),
        ("N° d'ordre", True),
        ("Marie", False),
        ("Page Marie", False),
        ("", False),
    ],
)
def test_header_texts(text: str, repeats: bool) -> None:
    assert is_header_text(text) is repeats


@pytest.mark.parametrize(
    ("word", "holds"),
    [
        ("surname", Holds.SURNAME),
        ("Nom et prénoms", Holds.FULL_NAME),
        ("N°", Holds.ACT_NUMBER),
        ("-", Holds.OTHER),
        ("xyz", None),
    ],
)
def test_words_of_register_toml(word: str, holds: Holds | None) -> None:
    assert stated_holds(word) is holds


def test_content_alone_tells_three_columns_apart() -> None:
    table = make_table(
        [
            ["Lefebvre", "Jean Baptiste", "20 Janvier 83"],
            ["", "Marie Louise", "19 xbre 90"],
            ["Martin", "Paul", "12 id 92"],
            ["Petit", "Anne", "3 8bre 84"],
        ]
    )
    assert assign(table, BIRTHS, NOTHING) == (Holds.SURNAME, Holds.GIVEN_NAMES, Holds.DATE)


def test_one_name_column_and_a_date() -> None:
    table = make_table(
        [
            ["Lefebvre - Jean", "4 Décembre 1906"],
            ["Martin - Anne Marie", "5 Mai 1907"],
            ["Petit - Luc", "1er juin 1908"],
        ]
    )
    assert assign(table, BIRTHS, NOTHING) == (Holds.FULL_NAME, Holds.DATE)


def test_groom_bride_number_and_date() -> None:
    table = make_table(
        [
            ["1", "LEFEBVRE Jean", "MARTIN Anne", "4 mai 1912"],
            ["2", "PETIT Luc", "ROUX Marie", "6 mai 1912"],
            ["3", "ROUX Paul", "PETIT Jeanne", "9 mai 1912"],
        ]
    )
    assert assign(table, MARRIAGES, NOTHING) == (
        Holds.ACT_NUMBER,
        Holds.FULL_NAME,
        Holds.SPOUSE_FULL_NAME,
        Holds.DATE,
    )


def test_of_two_numbers_the_one_that_counts_lines_is_the_rank() -> None:
    rows = [
        ["1", "Adam Jean", "17", "4 mai 1912"],
        ["2", "Bauer Luc", "3", "6 mai 1912"],
        ["3", "Carré Paul", "44", "9 mai 1912"],
        ["4", "Denis Anne", "21", "2 mai 1912"],
    ]
    assert assign(make_table(rows), BIRTHS, NOTHING) == (
        Holds.RANK,
        Holds.FULL_NAME,
        Holds.ACT_NUMBER,
        Holds.DATE,
    )


def test_the_date_may_be_in_three_columns() -> None:
    rows = [
        ["Adam", "Jean", "4", "mai", "1912"],
        ["Bauer", "Luc", "6", "juin", "1912"],
        ["Carré", "Paul", "9", "7bre", "1913"],
    ]
    table = make_table(rows, headers=["NOMS", "PRÉNOMS", "JOUR", "MOIS", "ANNÉE"])
    assert assign(table, BIRTHS, NOTHING) == (
        Holds.SURNAME,
        Holds.GIVEN_NAMES,
        Holds.DAY,
        Holds.MONTH,
        Holds.YEAR,
    )


def test_a_catalogues_titles_are_no_names() -> None:
    rows = [
        ["Nous voilà tous amis ensemble", "DURAND,Eddie"],
        ["Sur les bords d'un rivage", '"'],
        ["Quand j'allais voir les filles", '"'],
        ["Je m'en vais au bois", "DURAND, Willie"],
    ]
    assert assign(make_table(rows, headers=["4", "5"]), BIRTHS, NOTHING) == (Holds.OTHER, Holds.FULL_NAME)


def test_what_a_person_says_holds() -> None:
    table = make_table([["Lefebvre", "Jean", "83"]])
    settings = RegisterSettings(columns=("prénoms", "nom", "autre"))
    assert assign(table, BIRTHS, settings) == (Holds.GIVEN_NAMES, Holds.SURNAME, Holds.OTHER)


def test_a_short_page_is_read_like_its_neighbours() -> None:
    rows = [
        ["Lefebvre", "Jean Baptiste", "20 Janvier 83"],
        ["Martin", "Paul", "19 xbre 90"],
        ["Petit", "Anne", "3 8bre 84"],
    ]
    long, short = (
        make_table(rows, headers=["NOMS", "PRÉNOMS", "DATES"]),
        make_table([["Rose", "Marie", "4 Mai 85"]]),
    )
    assert group_by_layout([long, short]) == ((0, 1),)
    assert assign_together([long, short], BIRTHS) == (Holds.SURNAME, Holds.GIVEN_NAMES, Holds.DATE)


def test_layouts_differ_by_count_and_places() -> None:
    narrow = make_table([["Adam", "4 mai 1912"]], widths=[300, 300])
    wide = make_table([["Adam", "4 mai 1912"]], widths=[900, 300])
    three = make_table([["Adam", "Jean", "4 mai 1912"]])
    assert group_by_layout([narrow, wide, three, narrow]) == ((0, 3), (1,), (2,))


def test_white_space_that_looked_like_a_column_parts_nobody() -> None:
    table = make_table(
        [["DUPONT", "", "Jeanne Marie", "28 janvier 1887"], ["MARTIN", "", "Paul", "3 mai 1889"]],
        headers=["NOMS", "", "PRENOMS", "DATES DES ACTES"],
    )
    assert assign(table, BIRTHS, NOTHING) == (Holds.SURNAME, Holds.OTHER, Holds.GIVEN_NAMES, Holds.DATE)


def test_whole_names_under_a_misread_header_are_two_people() -> None:
    table = make_table(
        [["Botte Antoine Fernand", "Vergne Claire Julie", "19 juillet 1846"]] * 3,
        headers=["NOMS FT PRÉNOMS DES EPOUX", "NOMSEITI PRENONS DES HPODISES", "DATES DES ACTIFS"],
    )
    assert assign(table, MARRIAGES, NOTHING) == (Holds.FULL_NAME, Holds.SPOUSE_FULL_NAME, Holds.DATE)
