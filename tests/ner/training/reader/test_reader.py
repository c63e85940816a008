"""What the reader of letters learns from, and that it learns what it then reads with."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from ner.letters.learnt.network import Network
from ner.letters.learnt.tokens import tokens_of
from ner.letters.sought import Sought
from ner.training.reader.examples import example_of
from ner.training.reader.letters import Letter, with_rules
from ner.training.reader.located import located
from ner.training.reader.retold import retold
from registers.entry import Kind

TEXT = "Bonjour,\nje cherche la naissance de Paul Vidal, né en 1884 à Tours.\nMerci, Rose Garnier"


@pytest.fixture(scope="module")
def letter() -> Letter:
    truth = Sought("Vidal", "Paul", Kind.BIRTH, 1884, 1884, "Tours", None, None, 1.0)
    return with_rules(TEXT, (truth,))


def test_names_of_the_truth_are_found_before_others(letter: Letter) -> None:
    tokens = tokens_of(letter.text)
    true, rest = located(tokens, letter)
    assert {(tokens.between(*name.range), name.part) for name in true} == {
        *(("Paul", "G"), ("Vidal", "S"), ("Tours", "P"))
    }
    assert {tokens.between(*name.range) for name in rest} >= {"Garnier"}


def test_a_retold_letter_keeps_its_truth(letter: Letter) -> None:
    rng = random.Random(1)
    others = [retold(letter, rng, ["Lyon", "Nantes"]) for _ in range(40)]
    assert len({other.text for other in others}) > 30
    for other in others:
        (act,) = other.sought
        assert act.kind is Kind.BIRTH
        for written in (act.surname, act.given_names, str(act.year_from), act.place):
            assert written is not None and tokens_of(other.text).places_of(written)


def test_years_of_which_half_is_written_stay_as_they_are() -> None:
    letter = with_rules("Je cherche la naissance de Paul Vidal, tables de 1884-90.", ())
    others = [retold(letter, random.Random(seed), ["Lyon"]).text for seed in range(40)]
    assert all("1884-90" in other for other in others)


def test_an_example_asks_for_the_truth(letter: Letter) -> None:
    example = example_of(letter, {}, random.Random(2))
    assert example.acts is not None and example.acts.sum() == 1
    (years,) = example.questions["pyear"]
    assert years.right and years.right != (-1,)


def test_what_learns_reads_the_same_in_numpy(letter: Letter) -> None:
    torch = pytest.importorskip("torch")
    from ner.training.reader.learn import learn
    from ner.training.reader.network import LetterReader

    network = learn([letter] * 3, {}, epochs=1, seed=1, start=None, told=lambda epoch, loss: None)
    assert isinstance(network, LetterReader)
    example = example_of(letter, {}, random.Random(3))
    with torch.no_grad():
        states = network.encode(torch.from_numpy(example.rows)[None], [len(example.rows)])
        queries = network.people(states, [example])
        acts = network.acts(queries, torch.from_numpy(example.verdict)).sigmoid()
    plain = Network({name: values.numpy() for name, values in network.state_dict().items()})
    seen = plain.encode(example.rows)
    found = plain.people(seen, example.people, example.around.near, example.around.aspects)
    np.testing.assert_allclose(found, queries[0].numpy(), atol=1e-4)
    np.testing.assert_allclose(plain.acts(found, example.verdict), acts[0].numpy(), atol=1e-4)


def test_no_usable_letter_is_an_error(letter: Letter) -> None:
    pytest.importorskip("torch")
    from ner.training.reader.learn import learn

    long = replace(letter, text="Paul Vidal " * 300)
    with pytest.raises(ValueError, match="no letter to learn from"):
        learn([long], {}, epochs=1, seed=1, start=None, told=lambda epoch, loss: None)
