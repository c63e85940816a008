"""Words of transcribed lines put together anew."""

from __future__ import annotations

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.lines import HEIGHT, MAX_WIDTH
from ocr.handwriting.recogniser import STEP
from ocr.training.collage import Word, beginning, collages, words_of


def drawn(text: str) -> tuple[np.ndarray, np.ndarray]:
    """A line with a stroke per letter, and scores that place each letter at its stroke."""
    alphabet = Alphabet()
    width = 16 * len(text)
    pixels = np.full((HEIGHT, width), 255, np.uint8)
    chances = np.full((width // STEP, alphabet.size), 1e-6)
    chances[:, 0] = 1.0
    for index, label in enumerate(alphabet.encode(text)):
        chances[4 * index + 1, [0, label]] = 0.0, 1.0
        if text[index] != " ":
            pixels[:, 16 * index + 4 : 16 * index + 12] = 20
    return pixels, np.log(np.maximum(chances, 1e-9)).astype(np.float32)


def test_words_are_cut_at_their_gaps() -> None:
    pixels, scores = drawn("Carel - Louise")
    words = words_of(pixels, "Carel - Louise", scores)
    assert [word.text for word in words] == ["Carel", "-", "Louise"]
    assert sum(word.pixels.shape[1] for word in words) == pixels.shape[1]
    strokes = [int(((word.pixels == 20).any(axis=0)).sum()) for word in words]
    assert strokes == [5 * 8, 8, 6 * 8]


def test_a_text_that_does_not_fit_its_line_gives_no_words() -> None:
    pixels, scores = drawn("Ca")
    assert words_of(pixels, "Carel - Louise Antoinette", scores) == ()


def test_days_stand_where_days_stood_and_names_where_names_did() -> None:
    lines = [words_of(*_with_text(text)) for text in ("Carel - Louise", "4 Mars 1906", "Ancian - Aimé Luc")]
    made = [*collages(lines, 60, np.random.default_rng(1))]
    assert len(made) == 60
    names = {"Carel", "Louise", "Ancian", "Aimé", "Luc"}
    for pixels, text, group in made:
        assert pixels.shape[0] == HEIGHT and pixels.shape[1] <= MAX_WIDTH
        assert group == "collage/register"
        first, second, *rest = text.split()
        assert text == "4 Mars 1906" if first == "4" else ({first, *rest} <= names and second == "-")
    assert any(text.startswith("Louise - ") for _, text, _ in made)


def _with_text(text: str) -> tuple[np.ndarray, str, np.ndarray]:
    pixels, scores = drawn(text)
    return pixels, text, scores


def test_nothing_comes_of_no_words() -> None:
    nothing: list[tuple[Word, ...]] = [()]
    assert [*collages(nothing, 5, np.random.default_rng(1))] == []


def test_a_line_is_cut_behind_its_first_words() -> None:
    pixels, scores = drawn("Le Roux - Louise")
    part = beginning(pixels, "Le Roux - Louise", scores, 2)
    assert part is not None
    assert 6.5 < part.shape[1] / 16 < 8.5
    assert beginning(pixels, "Le Roux - Louise", scores, 9) is None


def test_what_is_wider_than_a_line_is_left_out() -> None:
    wide = Word(np.full((HEIGHT, MAX_WIDTH - 10), 255, np.uint8), "Carel", ("word", False))
    assert [*collages([(wide, wide)], 5, np.random.default_rng(1))] == []
    assert len([*collages([(wide,)], 5, np.random.default_rng(1))]) == 5
