"""Years told by other years, and ages."""

from __future__ import annotations

import pytest

from ner.letters.relative import ages_in, number_of
from tests.ner.letters.rules import by_rules


@pytest.mark.parametrize(
    ("written", "value"),
    [("71", 71), ("soixante et onze", 71), ("quatre-vingt-trois", 83), ("dix-neuf", 19), ("two", 2)],
)
def test_numbers(written: str, value: int) -> None:
    assert number_of(written) == value


def test_ages() -> None:
    (age,) = ages_in("elle avait 20 ans en 1925, mariee depuis 3 ans")
    assert (age.age, age.year) == (20, 1925)


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("Leur fils Louis est né l'année suivante.", 1881, 1881),
        ("Leur fils Louis est né trois ans plus tard.", 1883, 1883),
        ("Leur fils Louis est né la même année.", 1880, 1880),
        ("Leur fils Louis est né un an avant leur mariage.", 1879, 1879),
        ("Leur fils Louis est né trois ans plus tard, donc en 1884.", 1884, 1884),
    ],
)
def test_years_told_by_another_year(told: str, first: int, last: int) -> None:
    found = by_rules(
        f"Paul Garnier et Rose Morel se sont mariés en 1880. {told} Je cherche l'acte de naissance de Louis."
    )
    assert [(f.surname, f.given_names, f.year_from, f.year_to) for f in found] == [
        ("Garnier", "Louis", first, last)
    ]


def test_a_birth_by_the_age_at_another_event() -> None:
    (found,) = by_rules("Paul Garnier est mort à 67 ans en 1912. Je voudrais son acte de naissance.")
    assert (found.year_from, found.year_to) == (1844, 1845)


def test_a_death_by_the_birth_and_an_age() -> None:
    (found,) = by_rules("Je cherche le décès de Paul Garnier, né en 1904, mort à l'âge de 12 ans.")
    assert (found.year_from, found.year_to) == (1916, 1917)
