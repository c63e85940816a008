"""The texts that the pipelines learn from, and one step of learning."""

from __future__ import annotations

import random

import pytest

from ner.model import Pipeline
from ner.training import lines
from ner.training.dates import written_date
from ner.training.draft import Draft
from ner.training.evaluate import score
from ner.training.names import is_held_out, pool
from ner.training.noise import noisy
from ner.training.recipes import RECIPES, Recipe
from ner.training.train import train


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name.value)
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_spans_mark_the_names_of_their_text(recipe: Recipe, noise: float) -> None:
    for example in recipe.generate(60, seed=5, held_out=False, noise=noise):
        reached = 0
        for start, end, label in example.spans:
            assert reached <= start < end <= len(example.text)
            assert label
            assert example.text[start:end] == example.text[start:end].strip()
            reached = end


def test_the_same_seed_writes_the_same_lines() -> None:
    first = lines.generate(20, seed=1, held_out=False, noise=0.1)
    assert first == lines.generate(20, seed=1, held_out=False, noise=0.1)
    assert first != lines.generate(20, seed=2, held_out=False, noise=0.1)


def test_no_given_name_is_on_both_sides_of_the_split() -> None:
    rng = random.Random(3)
    names = pool(held_out=True)
    surname = next(name for name in iter(lambda: names.surname(rng), "") if " " not in name)
    assert surname
    assert is_held_out("André") == is_held_out("ANDRE")


def test_noise_keeps_labels_and_touches_its_share() -> None:
    clean = Draft().add("Lefebvre", "SURNAME").add(" ").add("Jean Baptiste", "GIVEN_NAMES")
    assert noisy(clean, 0.0, random.Random(1)) == clean
    marred = [noisy(clean, 0.1, random.Random(seed)).example() for seed in range(50)]
    assert {label for example in marred for _, _, label in example.spans} == {"SURNAME", "GIVEN_NAMES"}
    assert 10 < sum(example.text != clean.example().text for example in marred) <= 50


def test_dates_come_in_many_forms() -> None:
    rng = random.Random(1792)
    dates = {written_date(rng) for _ in range(400)}
    assert any("bre" in date for date in dates)
    assert any(" an " in date.lower() for date in dates)
    assert any("/" in date for date in dates)


def test_a_pipeline_learns_in_a_few_steps() -> None:
    recipe = RECIPES[Pipeline.TABLE_LINES]
    nlp = train(recipe.source(), labels=recipe.labels, examples=72)
    assert nlp.pipe_names == ["tok2vec", "ner"]
    assert 0 <= score(nlp, recipe.generate(10, seed=1, held_out=True), Pipeline.TABLE_LINES).f1 <= 1
