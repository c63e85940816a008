"""Acts that a letter tells of, has already or does not want, and those that it asks for."""

from __future__ import annotations

import pytest

from registers.entry import Kind
from tests.ner.letters.rules import by_rules


def acts(text: str) -> list[tuple[str | None, Kind | None]]:
    return [(found.given_names, found.kind) for found in by_rules(text)]


@pytest.mark.parametrize(
    "aside",
    [
        "Son décès m'est connu.",
        "Son acte de décès m'a déjà été communiqué.",
        "Son acte de décès est déjà versé au dossier.",
        "Le décès, je l'ai sous les yeux.",
        "Son décès, je ne le recherche pas.",
        "Je n'ai pas besoin de son acte de décès.",
        "Le décès a été enregistré à Sens.",
    ],
)
def test_an_act_that_is_put_aside_is_not_asked_for(aside: str) -> None:
    text = f"Je voudrais l'acte de naissance de Paul Garnier, né à Sens. {aside}"
    assert acts(text) == [("Paul", Kind.BIRTH)]


def test_what_is_demanded_in_vain_is_still_wanted() -> None:
    text = "Paul Garnier est mort à Sens. Il me manque son acte de décès : je l'ai vainement demandé à Tours."
    assert acts(text) == [("Paul", Kind.DEATH)]


@pytest.mark.parametrize(
    "only",
    [
        "Seul l'acte de décès m'intéresse.",
        "C'est l'acte de décès que je cherche.",
        "C'est l'acte de décès, non la naissance, que je sollicite.",
        "Je ne cherche que l'acte de décès.",
    ],
)
def test_an_act_that_alone_is_wanted(only: str) -> None:
    assert acts(f"Paul Garnier est né à Sens. {only}") == [("Paul", Kind.DEATH)]


def test_rows_say_what_came() -> None:
    text = "- Rose Garnier, naissance 1820 : reçu\n- Rose Garnier, décès 1893 : pas reçu\nMerci du reste."
    assert acts(text) == [("Rose", Kind.DEATH)]


def test_an_act_sent_instead_of_another() -> None:
    text = (
        "Votre service m'a adressé par erreur la naissance de Paul Garnier au lieu de celle de Rose Garnier."
    )
    assert acts(text) == [("Rose", Kind.BIRTH)]


def test_an_act_for_a_file_is_none() -> None:
    text = "Dossier d'adoption : acte de naissance de Rose Garnier, Sens, 30 juin 1999."
    found = by_rules(text)
    assert [(one.kind, one.year_from) for one in found] == [(Kind.BIRTH, 1999)]
