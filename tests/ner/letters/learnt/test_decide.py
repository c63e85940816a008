"""The shipped reader of letters."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ner.letters import read_letter
from ner.letters.by_rules import read_by_rules
from ner.letters.learnt.decide import FOLDER, load_reader
from ner.letters.learnt.features import names_of
from ner.letters.learnt.tags import TAGS, mentions_of
from ner.letters.names import letter_names
from ner.letters.sought import Sought
from ner.training.reader.evaluate import shares_right
from ner.training.reader.letters import FOLDER as LETTERS
from ner.training.reader.letters import read_letters
from registers.entry import Kind
from registers.errors import MissingProgramError


def test_it_is_small_enough_to_ship() -> None:
    assert 0 < sum(path.stat().st_size for path in FOLDER.iterdir()) < 4 * 2**20


def test_its_metrics_are_those_that_stand_beside_it() -> None:
    metrics = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    name, known = next(iter(metrics.items()))
    assert shares_right(load_reader(), list(read_letters(LETTERS / name))) == pytest.approx(known, abs=0.02)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, je cherche l'acte de décès de la veuve Durand en 1884 à Tours. Merci, Paul Martin",
        "acte d'enfant sans vie de Paul Vidal",
        "enfant mort-né de Paul Vidal et Rose Garnier",
        "Je cherche la naissance de M. Durand en 1850. Il habitait Tours avec sa femme Rose.",
    ],
)
def test_acts_that_it_cannot_answer_are_the_rules_to_answer(text: str) -> None:
    spans = letter_names(text)
    by_rules = read_by_rules(text, spans)
    assert by_rules and load_reader().decide(text, names_of(spans), by_rules) == by_rules


def test_two_people_of_one_name_stay_two() -> None:
    text = "Je cherche les naissances de Paul Vidal, né en 1850, et de Paul Vidal, né en 1884."
    by_rules = tuple(
        Sought("Vidal", "Paul", Kind.BIRTH, year, year, None, None, None, 0.9) for year in (1850, 1884)
    )
    assert load_reader().decide(text, (), by_rules) == by_rules


@pytest.mark.parametrize(
    "text",
    [
        "Je cherche la naissance de Paul Vidal, né en 1884 à Tours. " + "Il habitait la ville. " * 4000,
        "Je cherche la naissance de Paul Vidal. " + "Cité en " + ", ".join(map(str, range(1800, 1880))) + ".",
    ],
)
def test_longer_letters_than_it_learnt_from_are_the_rules_to_answer(text: str) -> None:
    by_rules = (Sought("Vidal", "Paul", Kind.BIRTH, 1884, 1884, "Tours", None, None, 0.9),)
    assert load_reader().read(text, (), by_rules) is None
    assert load_reader().decide(text, (), by_rules) == by_rules


def test_half_a_character_is_read_over() -> None:
    found = load_reader().read("Je cherche l'acte de naissance de Paul Vidal \ud800 né en 1884.", (), ())
    assert found is not None
    (act,) = found
    assert (act.surname, act.given_names, act.kind) == ("Vidal", "Paul", Kind.BIRTH)


@pytest.mark.parametrize(
    "text",
    [
        "acte de naissance de Paul Vidal",
        "demande d'acte de décès : Paul Vidal",
        "Je cherche le mariage de Paul Vidal",
    ],
)
def test_a_few_words_are_never_read_as_nothing(text: str) -> None:
    (act,) = read_letter(text)
    assert (act.surname, act.given_names) == ("Vidal", "Paul")


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 4_000_000


def test_a_missing_reader_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(MissingProgramError) as raised:
        load_reader(tmp_path)
    assert "ner.training.reader" in str(raised.value.advice)
    (tmp_path / "weights.npz").touch()
    with pytest.raises(MissingProgramError):
        load_reader(tmp_path)


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_no_text_raises(text: str) -> None:
    load_reader().read(text, (), ())


def test_a_name_goes_on_only_where_it_has_begun() -> None:
    scores = np.zeros((3, TAGS), dtype=np.float32)
    scores[:, 2] = 5
    scores[1, 1] = 4
    assert [(mention.first, mention.end, mention.part) for mention in mentions_of(scores)] == [(0, 3, "G")]
