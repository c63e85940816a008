"""Tokens of a letter, and the people that its names make."""

from __future__ import annotations

from ner.letters.learnt.mentions import Mention, named, people
from ner.letters.learnt.tokens import tokens_of


def test_a_name_is_found_whatever_its_spelling() -> None:
    tokens = tokens_of("Pour JEAN-BAPTISTE D’AGOSTINO, de Saint-Étienne.")
    assert [tokens.between(*place) for place in tokens.places_of("Jean Baptiste")] == ["JEAN-BAPTISTE"]
    assert [tokens.between(*place) for place in tokens.places_of("d'Agostino")] == ["D’AGOSTINO"]
    assert tokens.places_of("Étienne Marcel") == []


def test_characters_are_covered_by_whole_tokens() -> None:
    tokens = tokens_of("acte de Paul\n\nMerci")
    start = tokens.text.index("Paul")
    assert tokens.between(*tokens.covering(start, start + 4)) == "Paul"


def test_a_person_is_one_under_a_shorter_name() -> None:
    tokens = tokens_of("Paul Louis Vidal est mort . Paul Garnier aussi . Paul repose")
    mentions = [
        *(Mention(0, 2, "G"), Mention(2, 3, "S"), Mention(6, 7, "G"), Mention(7, 8, "S")),
        Mention(10, 11, "G"),
    ]
    found = people(tokens, mentions)
    assert [(person.text, person.surname) for person in found] == [
        ("Paul Louis", "vidal"),
        ("Paul", "garnier"),
    ]
    assert [len(person.mentions) for person in found] == [1, 2]
    assert [name.key for name in named(tokens, mentions, "S")] == ["vidal", "garnier"]
