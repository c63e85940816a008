"""Garbled given names and doubtful surnames: what is put right and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ner.names.look_alikes import originals
from ner.names.repairs import repair_given_names
from ner.order.suspects import Place, original_of, with_likelier_surname
from registers.entry import PersonName


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Suzannc", "Suzanne"),
        ("Maric Louisc", "Marie Louise"),
        ("Jcan-Baptistc", "Jean-Baptiste"),
        ("Arnélie", "Amélie"),
        ("Emilc", "Emile"),
        ("Jeannne", "Jeanne"),
    ],
)
def test_garbled_given_names(read: str, meant: str) -> None:
    assert repair_given_names(read).value == meant
    assert repair_given_names(read).changed


@pytest.mark.parametrize(
    "name", ["Odyle", "Zélima", "Arcadius", "Ursin", "Fleuriste", "Anne", "Luc", "Célina", ""]
)
def test_rare_given_names_stay(name: str) -> None:
    assert repair_given_names(name).value == name
    assert not repair_given_names(name).changed


@given(st.text(max_size=40))
def test_a_repair_is_final(text: str) -> None:
    once = repair_given_names(text)
    assert repair_given_names(once.value).value == once.value


def test_originals_put_look_alikes_back() -> None:
    assert "delacour" in dict(originals("dclacour"))
    assert "bernard" in dict(originals("bevnard"))


def test_a_name_must_fit_its_place() -> None:
    fits = original_of("Beruard", Place("berger", "bertin", {}))
    assert fits is not None
    assert fits.surname == "Bernard"
    assert original_of("Beruard", Place("carre", "clement", {})) is None


def test_a_neighbour_counts_more_than_a_common_name() -> None:
    found = original_of("Mavtin", Place("", "", {"mautin": "Mautin"}))
    assert found is not None
    assert found.odds > 0


def test_a_spouses_surname_is_put_right_only_where_it_is_sure() -> None:
    assert with_likelier_surname(PersonName(surname="Bevnard")).surname == "Bernard"
    assert with_likelier_surname(PersonName(surname="Bevnard")).surname_alternatives == ("Bevnard",)
    assert with_likelier_surname(PersonName(surname="Schtahaups")).surname == "Schtahaups"
    assert with_likelier_surname(PersonName(surname="Martin")).surname == "Martin"
