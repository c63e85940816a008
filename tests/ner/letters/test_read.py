"""What letters ask for, and what in them is not asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import letters
from ner.letters import Sought, read_letter
from ner.letters.dates import years_in
from registers.entry import Kind
from tests.ner.letters.rules import by_rules


def only(text: str) -> Sought:
    found = read_letter(text)
    assert len(found) == 1, found
    return found[0]


def test_a_letter_says_who_when_and_where() -> None:
    found = only(
        "Je recherche l'acte de naissance de mon arrière-grand-père Jean Baptiste Lefebvre "
        "né vers 1884 à Paris 3e"
    )
    assert (found.surname, found.given_names, found.kind) == ("Lefebvre", "Jean Baptiste", Kind.BIRTH)
    assert (found.year_from, found.year_to, found.place) == (1882, 1886, "Paris 3e")
    assert found.spouse_surname is None
    assert 0.5 < found.confidence <= 1


def test_half_a_character_is_no_hindrance() -> None:
    assert only("Acte de naissance de Paul Vidal, 1884 \ud800").given_names == "Paul"


def test_what_is_not_said_is_none() -> None:
    found = only("Je cherche l'acte de décès de Marguerite Delorme.")
    assert (found.year_from, found.year_to, found.place) == (None, None, None)
    assert found.confidence < 0.95


def test_a_marriage_is_one_request_for_two_people() -> None:
    found = only("Je cherche le mariage de Paul Garnier et de Lucie Morel, entre 1880 et 1890.")
    assert (found.surname, found.spouse_surname, found.spouse_given_names) == ("Garnier", "Morel", "Lucie")
    assert (found.kind, found.year_from, found.year_to) == (Kind.MARRIAGE, 1880, 1890)


def test_several_people_are_several() -> None:
    found = read_letter("- naissance de Paul Garnier, 1850\n- décès de Lucie Morel, 1901\n")
    assert [(person.surname, person.kind, person.year_from) for person in found] == [
        ("Garnier", Kind.BIRTH, 1850),
        ("Morel", Kind.DEATH, 1901),
    ]


def test_the_sender_and_the_parents_are_not_sought() -> None:
    found = only(
        "Madame,\nJe m'appelle Henri Vidal. Je cherche l'acte de naissance de Rose Garnier, née en 1850, "
        "fille de Paul Garnier et de Lucie Morel.\nCordialement,\nHenri Vidal\n12 rue Victor Hugo\n69001 Lyon"
    )
    assert (found.surname, found.given_names) == ("Garnier", "Rose")


def test_who_asks_for_an_own_act_is_sought() -> None:
    found = only(
        "Je soussignée Rose Garnier, née le 4 mai 1951 à Niort, demande une copie de mon acte de naissance."
    )
    assert (found.surname, found.kind, found.year_from) == ("Garnier", Kind.BIRTH, 1951)


def test_a_married_woman_stands_under_her_own_name() -> None:
    found = only("Acte de décès de Mme Rose Vidal née Garnier, décédée en 1920.")
    assert (found.surname, found.spouse_surname, found.year_from) == ("Garnier", "Vidal", 1920)


def test_dates_of_letters_are_no_events() -> None:
    found = only(
        "Suite à votre courrier du 5 janvier 2023, je cherche l'acte de naissance de Rose Garnier, à Niort."
    )
    assert (found.kind, found.year_from, found.year_to) == (Kind.BIRTH, None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("vers 1884", 1882, 1886),
        ("entre 1880 et 1890", 1880, 1890),
        ("le 12 mars 1884", 1884, 1884),
        ("12/03/1884", 1884, 1884),
        ("avant 1900", None, 1900),
        ("après 1870", 1870, None),
        ("dans les années 1880", 1880, 1889),
        ("le 30 brumaire an XII", 1803, 1803),
        ("an IX ou an X", 1800, 1802),
        ("1884 ou 1885", 1884, 1885),
        ("le vingt-deux mai mil huit cent quatre-vingt-sept", 1887, 1887),
        ("mil huit cent soixante et onze", 1871, 1871),
        ("5 9bre 1876", 1876, 1876),
        ("about 1866", 1864, 1868),
        ("1871-1880", 1871, 1880),
    ],
)
def test_years(text: str, first: int | None, last: int | None) -> None:
    (years,) = years_in(text)
    assert (years.first, years.last) == (first, last)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_letter_raises(text: str) -> None:
    for found in read_letter(text):
        assert 0 <= found.confidence <= 1
        if found.year_from is not None and found.year_to is not None:
            assert found.year_from <= found.year_to


def test_letters_that_rules_were_made_with_stay_read() -> None:
    shares, _ = letters.score([json.loads(line) for line in letters.KNOWN.open(encoding="utf-8")], by_rules)
    assert shares["letters_right"] >= 0.93


def test_the_benchmark_answers_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letters.jsonl"
    path.write_text(
        '{"text": "Acte de décès de Rose Garnier, 1920"}\n{"text": "Bonjour"}\n', encoding="utf-8"
    )
    letters.main([str(path)])
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert set(first["sought"][0]) == {
        "surname",
        "given_names",
        "kind",
        "year_from",
        "year_to",
        "place",
        "spouse_surname",
        "spouse_given_names",
        "confidence",
    }
    assert first["sought"][0]["kind"] == "death"
    assert second == {"sought": []}


def test_a_surname_that_begins_like_a_closing_is_no_closing() -> None:
    found = read_letter("Actes de naissance de Gustave Mercier (1860) et de Rose Garnier (1864).")
    assert [(person.surname, person.year_from) for person in found] == [("Mercier", 1860), ("Garnier", 1864)]
