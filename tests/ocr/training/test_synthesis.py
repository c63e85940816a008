import random
from pathlib import Path

import numpy as np
import pytest

from ocr.handwriting.lines import HEIGHT
from ocr.training.digits import DigitHand
from ocr.training.synthesis import Pen, penned, synthesise
from ocr.training.texts import Names

NAMES = Names(("Durand", "Le Goff"), (1.0, 2.0), ("Marie", "Jean"), (3.0, 1.0), ("12 id 92",))


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one typeface that comes with Tesseract's or the system's fonts."""
    found = sorted(Path("/usr/share/fonts").rglob("*.ttf"))
    if not found:
        pytest.skip("no typeface (.ttf) among the system's fonts")
    folder = tmp_path_factory.mktemp("faces")
    (folder / found[0].name).symlink_to(found[0])
    return folder


def test_synthetic_lines_are_as_the_network_takes_them(faces: Path) -> None:
    lines = synthesise(NAMES, faces, 20, seed=3)
    assert len(lines) == 20 and lines.pixels.shape[0] == HEIGHT
    assert all(lines.texts) and set(lines.groups) == {"synthetic/typeface"}
    assert all((lines.line(index) < 128).any() for index in range(20))


def test_penned_lines_hold_numbers(faces: Path) -> None:
    lines = penned(NAMES, faces, 20, seed=3)
    assert len(lines) == 20 and set(lines.groups) == {"penned/strokes"}
    assert all(any(letter.isdigit() for letter in text) for text in lines.texts)


def test_a_pens_digits_replace_those_of_the_typeface(faces: Path) -> None:
    hand = DigitHand.drawn(random.Random(1))
    typed, drawn, other = (
        Pen(faces, 5).write("17 mars 1903", digits)
        for digits in (None, hand, DigitHand.drawn(random.Random(2)))
    )
    assert not np.array_equal(typed.shape, drawn.shape) or not np.array_equal(typed, drawn)
    assert not np.array_equal(drawn.shape, other.shape) or not np.array_equal(drawn, other)
    assert np.array_equal(drawn, Pen(faces, 5).write("17 mars 1903", hand))
