"""The form that a line shows among those in which a value may be written."""

from __future__ import annotations

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores
from ocr.training.labels import choose

ALPHABET = Alphabet()


def line(text: str, unsure: dict[int, str] | None = None) -> Scores:
    """Scores of a line that shows a text; at some letters another is nearly as likely."""
    chances = np.full((2 * len(text), ALPHABET.size), 1e-6)
    chances[1::2, 0] = 1.0
    for index, label in enumerate(ALPHABET.encode(text)):
        chances[2 * index, label] = 1.0
        if unsure and index in unsure:
            chances[2 * index, ALPHABET.encode(unsure[index])] = 0.9
    return np.asarray(np.log(chances / chances.sum(axis=1, keepdims=True)), np.float32)


def test_the_form_that_fits_is_chosen() -> None:
    (label,) = choose([line("4 xbre 06")], [[("4 Décembre 1906", ""), ("4 xbre 06", "")]], ALPHABET)
    assert label is not None and label.text == "4 xbre 06"
    assert label.distance < 0.1


def test_a_line_that_shows_none_of_the_forms_gives_none() -> None:
    assert choose([line("Carel")], [[("Montfalcon", "")]], ALPHABET) == [None]
    assert choose([line("Carel")], [[]], ALPHABET) == [None]
    assert choose([np.zeros((0, ALPHABET.size), np.float32)], [[("Carel", "")]], ALPHABET) == [None]


def test_what_the_hand_usually_does_decides_where_the_line_does_not() -> None:
    offered = [("4 Mars", "capital"), ("4 mars", "small")]
    lines = [*(line("4 mars") for _ in range(5)), line("4 Mars", {2: "m"})]
    labels = choose(lines, [offered] * 6, ALPHABET)
    assert [label.text for label in labels if label] == ["4 mars"] * 6


def test_letters_that_the_alphabet_lacks_are_passed_over() -> None:
    (label,) = choose([line("Carel")], [[("Карел", ""), ("Carel", "")]], ALPHABET)
    assert label is not None and label.text == "Carel"
