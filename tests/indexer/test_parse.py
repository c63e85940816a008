"""What a clerk types, understood; and what is said of what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parse import parse_query
from registers.entry import Kind
from registers.errors import QueryError
from registers.query import Expansion, SearchQuery

FIELDS = (
    "surname",
    "given_names",
    "spouse_surname",
    "spouse_given_names",
    "year_from",
    "year_to",
    "about",
    "exact",
)


def understood(text: str) -> dict[str, Any]:
    query = parse_query(text)
    found = {name: getattr(query, name) for name in FIELDS} | {
        "kind": query.filters.kind,
        "place": query.filters.place,
    }
    return {name: value for name, value in found.items() if value not in ("", None, False)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Lefebvre", {"surname": "Lefebvre"}),
        ("Lefaivre Jean Bapt.", {"surname": "Lefaivre", "given_names": "Jean Bapt."}),
        ("Jean Lefebvre", {"surname": "Lefebvre", "given_names": "Jean"}),
        ("Martin Jean", {"surname": "Martin", "given_names": "Jean"}),
        ("Jean Martin", {"surname": "Martin", "given_names": "Jean"}),
        ("Lefebvre Marie Louise", {"surname": "Lefebvre", "given_names": "Marie Louise"}),
        ("Jean LEFEBVRE", {"surname": "LEFEBVRE", "given_names": "Jean"}),
        ("Paul, Jean Marie", {"surname": "Paul", "given_names": "Jean Marie"}),
        ("Le Roux Anne", {"surname": "Le Roux", "given_names": "Anne"}),
        ("Anne de la Tour", {"surname": "de la Tour", "given_names": "Anne"}),
        ("Jean-Baptiste Lefaivre", {"surname": "Lefaivre", "given_names": "Jean-Baptiste"}),
        ("Vve Martin", {"surname": "Martin"}),
        ('"Lefebvre" Jean', {"surname": "Lefebvre", "given_names": "Jean", "exact": True}),
        ("Lef*vre", {"surname": "Lef*vre"}),
        ("Lefebvre Je?n", {"surname": "Lefebvre", "given_names": "Je?n"}),
        ("Lefebvre x Dubois", {"surname": "Lefebvre", "spouse_surname": "Dubois"}),
        ("Lefebvre × Dubois Marie",
         {"surname": "Lefebvre", "spouse_surname": "Dubois", "spouse_given_names": "Marie"}),
        ("Lefebvre née Dubois", {"surname": "Dubois", "spouse_surname": "Lefebvre"}),
        ("Marie Lefebvre née Dubois",
         {"surname": "Dubois", "given_names": "Marie", "spouse_surname": "Lefebvre"}),
        ("née Dubois", {"surname": "Dubois"}),
        ("J. Martin", {"surname": "Martin", "given_names": "J."}),
        ("O. de Montfort", {"surname": "de Montfort", "given_names": "O."}),
        ("Lefebvre à partir de 1870", {"surname": "Lefebvre", "year_from": 1870}),
        ("Lefebvre jusqu'à 1880", {"surname": "Lefebvre", "year_to": 1880}),
        ("Lefebvre avant l'an X", {"surname": "Lefebvre", "year_to": 1801}),
        ("Lefebvre depuis l'an X", {"surname": "Lefebvre", "year_from": 1801}),
        ("Lefebvre 1899-02", {"surname": "Lefebvre", "year_from": 1899, "year_to": 1902}),
        ("Lefebvre an İ", {"surname": "Lefebvre", "given_names": "an İ"}),
        ("à Romilly-sur-Seine Lefebvre", {"surname": "Lefebvre", "place": "Romilly-sur-Seine"}),
        ("à Saint Martin", {"place": "Saint Martin"}),
        ("naissance Dupont", {"surname": "Dupont", "kind": Kind.BIRTH}),
        ("Dupont décès", {"surname": "Dupont", "kind": Kind.DEATH}),
        ("DUPONT deces", {"surname": "DUPONT", "kind": Kind.DEATH}),
        ("Dupont mariages 1884",
         {"surname": "Dupont", "kind": Kind.MARRIAGE, "year_from": 1884, "year_to": 1884, "about": 1884}),
        ("Dupont enfant sans vie", {"surname": "Dupont", "kind": Kind.STILLBORN}),
        ("Dupont Marie", {"surname": "Dupont", "given_names": "Marie"}),
        ("Dupont Paris 3e", {"surname": "Dupont", "place": "Paris 3e"}),
        ("Dupont 3ème arrondissement de Paris", {"surname": "Dupont", "place": "Paris 3e"}),
        ("Dupont à Romilly", {"surname": "Dupont", "place": "Romilly"}),
        ("Dupont Batignolles", {"surname": "Dupont", "place": "Batignolles"}),
    ],
)  # fmt: skip
def test_names_kinds_and_places(text: str, meant: dict[str, Any]) -> None:
    assert understood(text) == meant


@pytest.mark.parametrize(
    ("written", "first", "last", "about"),
    [
        ("1884", 1884, 1884, 1884),
        ("en 1884", 1884, 1884, 1884),
        ("4/12/1884", 1884, 1884, 1884),
        ("vers 1884", 1879, 1889, 1884),
        ("~1884", 1879, 1889, 1884),
        ("1880-1890", 1880, 1890, None),
        ("1883-92", 1883, 1892, None),
        ("entre 1880 et 1890", 1880, 1890, None),
        ("de 1880 à 1890", 1880, 1890, None),
        ("années 1880", 1880, 1889, None),
        ("> 1870", 1871, None, None),
        (">= 1870", 1870, None, None),
        ("après 1870", 1871, None, None),
        ("depuis 1870", 1870, None, None),
        ("< 1870", None, 1869, None),
        ("avant 1870", None, 1869, None),
        ("jusqu'en 1870", None, 1870, None),
        ("> 1870 < 1880", 1871, 1879, None),
        ("an XI", 1802, 1803, None),
        ("an 2", 1793, 1794, None),
        ("l'an XIV", 1805, 1806, None),
    ],
)
def test_years(written: str, first: int | None, last: int | None, about: int | None) -> None:
    for text in (f"Lefebvre {written}", f"{written} Lefebvre"):
        query = parse_query(text)
        assert (query.year_from, query.year_to, query.about) == (first, last, about)
        assert query.surname == "Lefebvre"


@pytest.mark.parametrize(
    ("text", "part", "advice"),
    [
        ("", "rien", "Lefebvre"),
        ("Martin 188", "« 188 »", "1884"),
        ("Martin 1890-1880", "1890-1880", "1880-1890"),
        ("Martin 1880 et 1890 et 1895", "années", "1880-1890"),
        ("Martin 3000", "3000", "1884"),
        ("Martin x", "couple", "Lefebvre x Dubois"),
        ("a x b x c", "couple", "Lefebvre x Dubois"),
        ("Martin @home", "« @ »", "*"),
        ('"Martin', '« " »', '"Lefebvre"'),
        ('""', "guillemets", '"Lefebvre"'),
        ("*", "« * »", "Lef*vre"),
        ("Martin naissance décès", "natures", "naissance"),
        ("Martin Paris 15e 1850", "« Paris 15e »", "année"),
        ("x" * 400, "trop longue", "Lefebvre"),
    ],
)
def test_errors_name_the_part_and_show_how_to_write_it(text: str, part: str, advice: str) -> None:
    with pytest.raises(QueryError) as error:
        parse_query(text)
    assert part in error.value.message
    assert advice in error.value.advice


def test_fields_win_over_the_box() -> None:
    query = parse_query("Lefebvre Jean 1884", year_from=1870, year_to=1880, kind="death", place="Lyon 1er")
    assert (query.year_from, query.year_to, query.about) == (1870, 1880, None)
    assert query.filters.kind is Kind.DEATH
    assert query.filters.place == "Lyon 1er"
    fields = parse_query("", surname='"Petit"', given_names="Anne", spouse_surname="Grand")
    assert (fields.surname, fields.exact, fields.given_names) == ("Petit", True, "Anne")
    assert fields.spouse_surname == "Grand"
    with pytest.raises(QueryError):
        parse_query("Petit", kind="baptism")


def test_a_guessed_order_keeps_the_words_for_other_orders() -> None:
    assert parse_query("Martin Jean").free_names == ("Martin", "Jean")
    assert parse_query("Martin, Jean").free_names == ()


def test_expansions_are_handed_on() -> None:
    assert parse_query("Martin", expansions={Expansion.SOUND}).expansions == {Expansion.SOUND}


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as error:
        assert error.advice
    else:
        assert query != SearchQuery()
