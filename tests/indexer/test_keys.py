"""Folding, forms of surnames, sounds and shapes."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.keys import (
    coarse_key,
    given_tokens,
    joined,
    misreading_key,
    sound_keys,
    surname_forms,
)

LETTERS = st.text(string.ascii_lowercase, min_size=1, max_size=14)


@pytest.mark.parametrize(
    "alike",
    [
        ("Lefebvre", "Lefaivre", "Lefèvre", "Lefébure", "Le Febvre"),
        ("Renaud", "Renault", "Reynaud", "Regnault", "Renaux", "Renauld"),
        ("Gauthier", "Gautier", "Gaultier"),
        ("Thibault", "Thibaud", "Tibaut", "Thibaux"),
        ("Dupont", "Dupond", "Duppont"),
        ("Guillot", "Guyot"),
        ("Pairé", "Payré", "Peyret", "Perret"),
        ("Lemaître", "Lemaistre", "Lemetre"),
        ("Quesnel", "Kenel"),
        ("Philippe", "Filippe"),
        ("Martin", "Marthin", "Martein"),
        ("Leclerc", "Leclercq", "Leclair"),
        ("Mesnard", "Ménard", "Maynard"),
        ("Chrétien", "Crétien"),
    ],
)
def test_one_family_sounds_alike(alike: tuple[str, ...]) -> None:
    first, *others = alike
    for other in others:
        assert sound_keys(first) & sound_keys(other), (first, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Martin", "Marin"), ("Dubois", "Dupuis"), ("Petit", "Petry"), ("Moreau", "Morel"), ("Blanc", "Brun")],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert not sound_keys(one) & sound_keys(other)


def test_the_coarse_key_keeps_the_consonants_that_are_heard() -> None:
    assert coarse_key("Lefebvre") == coarse_key("Lefeuvre")
    assert coarse_key("Bernard") == coarse_key("Pernart")
    assert coarse_key("Albert") != coarse_key("Lambert")
    assert coarse_key("123") == coarse_key("") == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [("Mignard", "Miguard"), ("Hubert", "Hubcrt"), ("Lefebvre", "Lefehvre"), ("Marnier", "Mamier")],
)
def test_misread_letters_share_a_shape(written: str, read: str) -> None:
    assert misreading_key(written) == misreading_key(read)


@pytest.mark.parametrize(
    ("surname", "full", "core", "parts"),
    [
        ("Lefebvre", "lefebvre", "lefebvre", ()),
        ("LE GOËFF", "legoeff", "goeff", ("goeff",)),
        ("de La Tour", "delatour", "tour", ("tour",)),
        ("d'Œuvre", "doeuvre", "oeuvre", ("oeuvre",)),
        ("Martin-Dupont", "martindupont", "martindupont", ("martin", "dupont")),
        ("Moreau dit Lajoie", "moreauditlajoie", "moreaulajoie", ("moreaulajoie", "moreau", "lajoie")),
        ("  ", "", "", ()),
        ("?!", "", "", ()),
    ],
)
def test_forms_of_a_surname(surname: str, full: str, core: str, parts: tuple[str, ...]) -> None:
    forms = surname_forms(surname)
    assert (forms.full, forms.core, forms.parts) == (full, core, parts)


def test_given_names_one_by_one() -> None:
    assert given_tokens("Jean-Baptiste  Éloi, Jean") == ("jean", "baptiste", "eloi")


@given(st.text(max_size=30))
def test_any_text_has_keys_of_letters_and_digits(text: str) -> None:
    assert all(letter in string.ascii_lowercase + string.digits for letter in joined(text))
    assert len(sound_keys(text)) <= 6
    coarse_key(text)
    misreading_key(text)


@given(LETTERS)
def test_capitals_and_spaces_change_no_key(word: str) -> None:
    spaced = " ".join(word.upper())
    assert sound_keys(word) == sound_keys(spaced)
    assert misreading_key(word) == misreading_key(spaced)
    assert joined(word) == joined(spaced)
