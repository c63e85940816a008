"""Whose act and date it is, where pronouns, relatives and verbs tell."""

from __future__ import annotations

import pytest

from tests.ner.letters.rules import by_rules

Row = tuple[str | None, str | None, str | None, int | None]


def rows(text: str) -> list[Row]:
    return [(f.surname, f.given_names, f.kind, f.year_from) for f in by_rules(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mon père, Paul Garnier, né en 1921, aura cent ans. Je cherche le décès de son grand-père, "
            "Louis Garnier, mort en 1887.",
            [("Garnier", "Louis", "death", 1887)],
        ),
        (
            "Chargé de la succession de Mme Rose Vidal, je vous demande l'acte de naissance de sa mère, "
            "Lucie Morel, née en 1894.",
            [("Morel", "Lucie", "birth", 1894)],
        ),
        (
            "Je cherche l'acte de naissance de Paul Garnier ainsi que celui de sa femme Rose Morel. "
            "Lui est né en 1845 à Niort, elle en 1848 à Saintes.",
            [("Garnier", "Paul", "birth", 1845), ("Morel", "Rose", "birth", 1848)],
        ),
        (
            "Ma tante, Rose Morel, est décédée en 1975. Elle lègue sa maison à mon cousin Paul Morel. "
            "Le notaire demande son acte de décès.",
            [("Morel", "Rose", "death", 1975)],
        ),
        (
            "Rose Morel est née en 1850. Elle a épousé Paul Garnier en 1872. Pourriez-vous m'envoyer ces "
            "deux actes ?",
            [("Morel", "Rose", "birth", 1850), ("Morel", "Rose", "marriage", 1872)],
        ),
        (
            "Émile et Gustave Lambert sont morts à Guise, le premier en 1915, le second en 1918. "
            "Je voudrais leurs actes de décès.",
            [("Lambert", "Émile", "death", 1915), ("Lambert", "Gustave", "death", 1918)],
        ),
        (
            "Ce n'est pas l'acte de naissance de Rose Morel que je souhaite mais celui de sa sœur Lucie "
            "Morel, née en 1861.",
            [("Morel", "Lucie", "birth", 1861)],
        ),
        (
            "J'ai déjà l'acte de mariage de Paul Garnier et de Rose Morel, en 1833. Il me manque l'acte de "
            "décès de Paul, mort en 1870.",
            [("Garnier", "Paul", "death", 1870)],
        ),
    ],
)
def test_who_is_meant(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_the_couple_of_a_marriage_is_found_across_an_aside() -> None:
    (found,) = by_rules(
        "Le mariage de Paul Garnier, vigneron à Niort, avec la fille de son patron, Mlle Rose Morel, en 1901."
    )
    assert (found.surname, found.spouse_surname, found.year_from) == ("Garnier", "Morel", 1901)


def test_a_mother_stands_under_her_own_name_and_her_child_under_the_fathers() -> None:
    found = rows(
        "Rose Morel a épousé Paul Garnier en 1899. Leur fille aînée Lucie est née en 1900. Je cherche l'acte "
        "de naissance de Lucie et l'acte de décès de Rose Morel, morte en 1940."
    )
    assert found == [("Garnier", "Lucie", "birth", 1900), ("Morel", "Rose", "death", 1940)]
