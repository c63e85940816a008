from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.places import find, key_of, keys_of


@pytest.mark.parametrize(
    "text", ["Paris 3e", "PARIS (3ème arrondissement)", "3e arrondissement de Paris", "Paris, troisième arrt"]
)
def test_an_arrondissement_of_paris_is_two_places(text: str) -> None:
    old, new = find(text)
    assert (old.first_year, old.last_year) == (1795, 1859)
    assert (new.first_year, new.last_year) == (1860, None)


def test_only_twelve_arrondissements_before_1860() -> None:
    assert [place.first_year for place in find("Paris 13e")] == [1860]


def test_communes_that_paris_and_lyon_swallowed() -> None:
    assert find("Belleville")[0].became == ("Paris 19e", "Paris 20e")
    assert find("La Guillotière")[0].last_year == 1851
    assert find("Lyon - 1er arrondissement")[0].name == "Lyon 1er"


def test_other_communes_pass_as_text() -> None:
    assert find("Romilly-sur-Seine") == ()
    assert find("Marseille") == ()


@given(st.text())
def test_no_text_raises(text: str) -> None:
    find(text)


@pytest.mark.parametrize(
    ("asked", "place", "answers"),
    [
        ("PARIS 3ème arrdt", "Paris 3e", True),
        ("Romilly", "Romilly-sur-Seine", True),
        ("Paris", "Paris 3e", True),
        ("Paris 1", "Paris 13e", False),
        ("Rom", "Romilly-sur-Seine", False),
        ("Romilly-sur-Seine", "Romilly", False),
    ],
)
def test_a_place_answers_to_its_leading_words(asked: str, place: str, answers: bool) -> None:
    assert (key_of(asked) in keys_of(place)) is answers
