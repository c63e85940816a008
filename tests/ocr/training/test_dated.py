"""New dates of a hand's own digits and months."""

from __future__ import annotations

import random

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.lines import HEIGHT
from ocr.handwriting.recogniser import STEP
from ocr.training.dated import Pieces, dates, pieces_of

Line = tuple[np.ndarray, str, np.ndarray]


def written(text: str) -> Line:
    """A line of strokes, each as dark as its letter's place in the alphabet, and scores that place them."""
    alphabet = Alphabet()
    labels = alphabet.encode(text)
    pixels = np.full((HEIGHT, 16 * len(text)), 255, np.uint8)
    chances = np.full((4 * len(text), alphabet.size), 1e-6)
    chances[:, 0] = 1.0
    for index, label in enumerate(labels):
        chances[4 * index + 1, [0, label]] = 0.0, 1.0
        if text[index] != " ":
            pixels[:, 16 * index + 4 : 16 * index + 12] = label
    assert pixels.shape[1] == STEP * len(chances)
    return pixels, text, np.log(np.maximum(chances, 1e-9)).astype(np.float32)


def strokes(pixels: np.ndarray) -> str:
    """The letters that a line of such strokes shows."""
    row = pixels[0]
    kept = row[np.flatnonzero(np.diff(row, prepend=255))]
    return Alphabet().decode([int(label) for label in kept if label != 255])


def once(text: str) -> str:
    return "".join(letter for letter, before in zip(text, " " + text, strict=False) if letter != before)


def test_digits_and_months_are_cut_out_whole() -> None:
    hand = pieces_of([written("Carel 12 Mars 1906"), written("30 9bre")])
    assert {digit: len(found) for digit, found in hand.digits.items()} == {
        "0": 2, "1": 2, "2": 1, "3": 1, "6": 1, "9": 2,
    }  # fmt: skip
    assert all(strokes(form.pixels) == digit for digit, found in hand.digits.items() for form in found)
    assert [(text, strokes(pixels)) for text, pixels in hand.months] == [("Mars", "Mars"), ("9bre", "9bre")]


def test_every_line_shows_the_text_that_it_is_said_to_hold() -> None:
    hand = pieces_of([written("14 Mai 1852"), written("30 Janvier 1796")])
    made = list(dates([hand], 300, (1792, 1939), random.Random(4)))
    assert len(made) > 250
    for pixels, text, group in made:
        assert pixels.shape[0] == HEIGHT and group == "dated/hand"
        # Two equal digits that touch are one stroke here.
        assert once(strokes(pixels)) == once(text.replace(" ", ""))
    years = {int(text.split()[-1]) for _, text, _ in made if len(text.split()[-1]) == 4}
    assert len(years) > 60 and {text.split()[1] for _, text, _ in made if " " in text} == {"Mai", "Janvier"}


def test_a_number_with_a_digit_that_the_hand_never_showed_is_not_made() -> None:
    hand = pieces_of([written("12 Mars 1903")])
    made = [text for _, text, _ in dates([hand], 200, (1900, 1939), random.Random(1))]
    assert made and all(set(text) <= set("01239 Mars") for text in made)


def test_a_number_is_made_of_digits_of_one_size_on_one_line() -> None:
    high, text, scores = written("12 1203")
    low = np.full_like(high, 255)
    low[HEIGHT // 2 :] = high[HEIGHT // 2 :]
    hand = pieces_of([(high, text, scores), (low, text, scores)])
    tops = [
        {int(np.argmax(column < 255)) for column in pixels.T if (column < 255).any()}
        for pixels, _, _ in dates([hand], 200, (1200, 1300), random.Random(2))
    ]
    assert {0} in tops and {HEIGHT // 2} in tops and all(len(found) == 1 for found in tops)


def test_a_hand_without_digits_makes_nothing() -> None:
    assert list(dates([Pieces()], 10, (1900, 1910), random.Random(1))) == []
    assert pieces_of([(written("1")[0], "1906 Mars et plus", written("1")[2])]).digits == {}
