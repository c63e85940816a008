"""Names of an alphabetical list, weighed by the lines around them."""

from __future__ import annotations

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores
from ocr.handwriting.in_order import in_order

ALPHABET = Alphabet()


def line(text: str, doubt: str = "") -> Scores:
    """Scores of a line that shows a text; its first letter may as well be one of `doubt`."""
    chances = np.full((2 * len(text), ALPHABET.size), 1e-5)
    chances[1::2, 0] = 1.0
    for index, label in enumerate(ALPHABET.encode(text)):
        chances[2 * index, label] = 1.0
    for label in ALPHABET.encode(doubt):
        chances[0, label] = 0.4
    return np.asarray(np.log(chances / chances.sum(axis=1, keepdims=True)), np.float32)


def read(*lines: tuple[str, ...]) -> list[tuple[str, float]]:
    """Each line's readings in their order, the first one a little likelier than the next."""
    readings = [[(text, -1.0 * rank) for rank, text in enumerate(texts)] for texts in lines]
    return in_order(readings, [line(texts[0]) for texts in lines], ALPHABET)


def test_the_reading_that_stands_in_order_is_taken() -> None:
    found = read(("Macé - Luc",), ("Caillet - Jean", "Maillet - Jean"), ("Maire - Anne",), ("Martin - Luc",))
    assert [text for text, _ in found] == ["Macé - Luc", "Maillet - Jean", "Maire - Anne", "Martin - Luc"]
    assert found[1][1] > 0.7


def test_an_initial_of_the_lines_around_is_tried() -> None:
    texts = ["Macé - Luc", "Caillet - Jean", "Maire - Anne", "Martin - Luc"]
    scores = [line(text, "M" if text.startswith("C") else "") for text in texts]
    found = in_order([[(text, -2.0)] for text in texts], scores, ALPHABET)
    assert found[1][0] == "Maillet - Jean"


def test_a_line_that_says_clearly_otherwise_keeps_its_text() -> None:
    lines = [[("Macé - Luc", -1.0)], [("Quillet - Jean", -1.0)], [("Maire - Anne", -1.0)]]
    found = in_order(lines, [line(readings[0][0]) for readings in lines], ALPHABET)
    assert found[1][0] == "Quillet - Jean"
    assert found[1][1] < found[0][1]


def test_accents_and_capitals_do_not_count() -> None:
    found = read(("Élie - Luc", "Olie - Luc"), ("ELOY - Jean", "CLOY - Jean"))
    assert [text for text, _ in found] == ["Élie - Luc", "ELOY - Jean"]


def test_lines_without_readings_stay_without() -> None:
    assert in_order([], [], ALPHABET) == []
    empty = np.zeros((0, ALPHABET.size), np.float32)
    found = in_order([[], [("Macé", -1.0)]], [empty, line("Macé")], ALPHABET)
    assert found[0] == ("", 0.0)
    assert found[1][0] == "Macé"
