"""The letters of a hand: what is learnt from lines that are known, and what it changes of others."""

from __future__ import annotations

from itertools import groupby, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.handwriting.accents import Families
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import greedy
from ocr.handwriting.occupancy_loops import occupancy
from ocr.handwriting.own_letters import Correction, Evidence, OwnLetters, digit_classes, learn
from tests.ocr.handwriting.made_scores import random_scores

ALPHABET = Alphabet()
CLASSES = digit_classes(ALPHABET)
WIDTH = 12
_BLANK_SHAPE = 11
_STRENGTH = 5.0  # of a feature; a network has hundreds of them


def made_line(text: str, *, sevens_as_ones: bool = True) -> Evidence:
    """A line whose features show each digit, but whose scores say 1 where the hand writes 7."""
    labels = ALPHABET.encode(text)
    scores = np.full((2 * len(labels), ALPHABET.size), -9.0, np.float32)
    features = np.zeros((2 * len(labels), WIDTH), np.float32)
    for place, (character, label) in enumerate(zip(text, labels, strict=True)):
        said = ALPHABET.encode("1")[0] if character == "7" and sevens_as_ones else label
        scores[2 * place, said], scores[2 * place + 1, 0] = 4.0, 4.0
        if character == "7" and sevens_as_ones:
            scores[2 * place, label] = 2.0
        features[2 * place, int(character) if character.isdigit() else _BLANK_SHAPE - 1] = _STRENGTH
        features[2 * place + 1, _BLANK_SHAPE] = _STRENGTH
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return Evidence(scores, features, tuple(labels))


def read(line: Evidence, learnt: Correction | None = None) -> str:
    scores = line.scores if learnt is None else learnt.applied(line.scores, line.features)
    return ALPHABET.decode(greedy(scores))


@pytest.fixture(scope="module")
def learnt() -> Correction:
    years = [f"{day} mai {year}" for day in (2, 7, 11, 17, 27) for year in (1871, 1877, 1881, 1897)]
    return learn([made_line(text) for text in years], CLASSES)


def test_a_seven_that_looks_like_a_one_is_learnt(learnt: Correction) -> None:
    line = made_line("17 juin 1874")
    assert read(line) == "11 juin 1814"
    assert read(line, learnt) == "17 juin 1874"


def test_what_was_read_right_stays_right(learnt: Correction) -> None:
    line = made_line("12 avril 1865", sevens_as_ones=False)
    assert read(line) == read(line, learnt) == "12 avril 1865"


def test_corrected_scores_are_log_probabilities(learnt: Correction) -> None:
    line = made_line("7 mai 1871")
    changed = learnt.applied(line.scores, line.features)
    np.testing.assert_allclose(np.exp(changed).sum(axis=1), 1.0, rtol=1e-5)
    letters = ALPHABET.encode("mai")
    apart = line.scores[:, letters[0]] - line.scores[:, letters[1]]
    np.testing.assert_allclose(changed[:, letters[0]] - changed[:, letters[1]], apart, atol=1e-5)


def test_the_same_lines_teach_the_same() -> None:
    lines = [made_line("7 mai 1871"), made_line("12 mai 1877")]
    first, second = learn(lines, CLASSES), learn(lines, CLASSES)
    np.testing.assert_array_equal(first.weights, second.weights)
    np.testing.assert_array_equal(first.offsets, second.offsets)


def test_kept_letters_correct_alike(learnt: Correction, tmp_path: Path) -> None:
    OwnLetters(numbers=learnt).save(tmp_path / "letters.npz")
    again = OwnLetters.load(tmp_path / "letters.npz")
    assert again.names is None and again.numbers is not None
    line = made_line("27 mai 1877")
    expected = learnt.applied(line.scores, line.features)
    np.testing.assert_array_equal(again.numbers.applied(line.scores, line.features), expected)
    OwnLetters(learnt, learnt).save(tmp_path / "letters.npz")
    assert OwnLetters.load(tmp_path / "letters.npz").names is not None


def test_accents_are_those_of_the_line_where_it_shows_the_letter() -> None:
    line = made_line("Emile Hélène Beno", sevens_as_ones=False)
    families = Families.of(ALPHABET)
    assert families.as_shown("Émile Helene Beno", line.scores, ALPHABET) == "Emile Hélène Beno"
    faint = np.full_like(line.scores, -9.0)
    faint[1::2, 0] = -0.01
    assert families.as_shown("Émile Helene Beno", faint, ALPHABET) == "Émile Helene Beno"
    assert families.as_shown("Émile" * 30, line.scores, ALPHABET) == "Émile" * 30


def test_all_classes_may_change() -> None:
    letters = learn([made_line("7 mai 1877")], range(ALPHABET.size))
    assert letters.weights.shape == (ALPHABET.size, WIDTH)
    line = made_line("7 mai 1877")
    assert read(line, letters) == "7 mai 1877"


def test_a_line_that_cannot_say_its_text_teaches_nothing() -> None:
    scores, features = random_scores(1, 2, ALPHABET.size), np.ones((2, WIDTH), np.float32)
    found = learn([Evidence(scores, features, tuple(ALPHABET.encode("1871")))], CLASSES)
    assert not found.weights.any() and not found.offsets.any()


@given(seed=st.integers(0, 10_000), steps=st.integers(1, 6), text=st.lists(st.integers(1, 2), max_size=4))
def test_the_chance_of_each_class_is_that_of_the_paths_through_it(
    seed: int, steps: int, text: list[int]
) -> None:
    scores = random_scores(seed, steps, 3).astype(np.float64)
    expected = np.zeros((steps, 3))
    for path in product(range(3), repeat=steps):
        if [label for label, _ in groupby(path) if label] == text:
            chance = np.exp(sum(scores[step, label] for step, label in enumerate(path)))
            expected[np.arange(steps), path] += chance
    total = expected.sum(axis=1, keepdims=True)
    expected = np.divide(expected, total, out=np.zeros_like(expected), where=total > 0)
    np.testing.assert_allclose(occupancy(scores, np.array(text, np.int64)), expected, atol=1e-9)
