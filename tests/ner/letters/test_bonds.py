"""Which years of a letter are those of the act."""

from __future__ import annotations

import pytest

from tests.ner.letters.rules import by_rules


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Je cherche le décès de Rose Garnier. Avez-vous aussi la liste de la grève de 1886 ?", (None, None)),
        ("Je cherche la naissance de Rose Garnier, pas en 1861 comme vous dites : en 1867.", (1867, 1867)),
        ("Sur la tombe : « Rose Garnier 1849-1931 ». Je cherche son acte de décès.", (1931, 1931)),
        ("Un passeport de 1803 nomme Paul Garnier. Je voudrais son acte de naissance.", (None, None)),
        ("Mort dans le bombardement de 1944, Paul Garnier : acte de décès svp.", (1944, 1944)),
    ],
)
def test_years_of_something_else_are_not_those_of_the_act(
    text: str, years: tuple[int | None, int | None]
) -> None:
    found = by_rules(text)
    assert [(one.year_from, one.year_to) for one in found] == [years]


def test_one_year_for_each_of_two() -> None:
    found = by_rules(
        "Extraits de naissance de Gilles et Patrick Garnier, nés à Mende, l'un le 3 avril 1961, l'autre le "
        "9 décembre 1963."
    )
    assert [(one.given_names, one.year_from) for one in found] == [("Gilles", 1961), ("Patrick", 1963)]
