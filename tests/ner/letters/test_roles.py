"""Who is named in a letter without being sought, and whose an act is that points at somebody."""

from __future__ import annotations

import pytest

from ner.letters.names import letter_names
from ner.spans import Label
from registers.entry import Kind
from tests.ner.letters.rules import by_rules


def names(text: str) -> list[str]:
    return [f"{found.given_names} {found.surname}" for found in by_rules(text)]


@pytest.mark.parametrize(
    "beside",
    [
        "Coucou Martine, {}",
        "{} Elle vivait à Tours, selon mon oncle Bernard.",
        "{} Les témoins étaient Pierre Soulier, Abel Teissier et François Puech.",
        "Généalogiste mandaté par Me Tardivel, je vous écris. {}",
    ],
)
def test_who_is_addressed_quoted_or_present_is_not_sought(beside: str) -> None:
    asked = "Je voudrais l'acte de décès de Rose Garnier, décédée à Sens en 1920."
    assert names(beside.format(asked)) == ["Rose Garnier"]


def test_the_act_of_a_widow_is_hers() -> None:
    found = by_rules(
        "Deux décès à Sens : celui de Paul Garnier (1862), celui de sa veuve, Rose Vidal (1880)."
    )
    assert [(one.given_names, one.year_from) for one in found] == [("Paul", 1862), ("Rose", 1880)]


def test_own_acts_stand_beside_those_of_others() -> None:
    found = by_rules(
        "Je m'appelle Rose Garnier. Il me faut mon acte de naissance (Sens, 12/10/1955) et l'acte de décès "
        "de mon mari Paul Vidal (Sens, 2017)."
    )
    assert {(one.given_names, one.kind) for one in found} == {("Rose", Kind.BIRTH), ("Paul", Kind.DEATH)}


def test_the_second_of_two() -> None:
    text = (
        "Deux noms sont gravés : Paul Garnier et Victor Moreau. Pour le second, pourriez-vous chercher "
        "l'acte de naissance ?"
    )
    assert names(text) == ["Victor Moreau"]


def test_the_child_is_adopted() -> None:
    text = (
        "Paul Garnier aurait adopté, en 1911, le fils de sa gouvernante, Victor Moreau. Je voudrais copie de "
        "l'acte d'adoption de Victor."
    )
    found = by_rules(text)
    assert [(one.surname, one.year_from) for one in found] == [("Moreau", 1911)]


def test_a_relative_is_named_by_a_later_sentence() -> None:
    found = by_rules(
        "Mon fils s'est marié chez vous le 2 octobre 1980. Il s'appelle Paul Garnier et son épouse Rose "
        "Vidal. Il lui faudrait l'acte de mariage."
    )
    assert [(one.given_names, one.year_from) for one in found] == [("Paul", 1980)]


def test_sisters_with_one_name_in_common_are_two() -> None:
    text = "Je cherche les naissances de Rose Garnier (1850) et de Rose-Marie Garnier (1853)."
    assert sorted(names(text)) == ["Rose Garnier", "Rose-Marie Garnier"]


def test_items_of_a_list_are_named_alike() -> None:
    text = "Actes de naissance de la fratrie GARNIER : Domingo (1851), Gracieuse (1854), Bettiri (1860)."
    given = [span.text for span in letter_names(text) if span.label is Label.GIVEN_NAMES]
    assert given == ["Domingo", "Gracieuse", "Bettiri"]
    assert len(by_rules(text)) == 3


def test_a_town_is_nobody() -> None:
    text = "Acte de décès de Rose Garnier, native d'Embrun, morte à La Seyne-sur-Mer en 1920."
    assert names(text) == ["Rose Garnier"]
