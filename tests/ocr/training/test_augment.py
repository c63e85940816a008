import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.lines import HEIGHT, MAX_WIDTH
from ocr.training.augment import augment, beside


def line(width: int) -> np.ndarray:
    pixels = np.full((HEIGHT, width), 255, np.uint8)
    pixels[12:36, 2 : max(3, width - 2) : 5] = 20
    return pixels


@settings(max_examples=60, deadline=None)
@given(st.integers(8, MAX_WIDTH), st.integers(8, MAX_WIDTH), st.integers(0, 2**32 - 1))
def test_a_changed_line_is_still_a_line(width: int, other: int, seed: int) -> None:
    changed = augment(line(width), line(other), np.random.default_rng(seed))
    assert changed.dtype == np.uint8
    assert changed.shape[0] == HEIGHT
    assert 8 <= changed.shape[1] <= MAX_WIDTH


def test_the_line_given_is_left_as_it_is() -> None:
    given_line = line(300)
    before = given_line.copy()
    for seed in range(20):
        augment(given_line, given_line, np.random.default_rng(seed))
    assert (given_line == before).all()


def test_lines_beside_each_other_keep_their_order() -> None:
    joined = beside([line(40), line(60)], np.random.default_rng(0))
    assert joined.shape[0] == HEIGHT
    assert joined.shape[1] >= 104
    assert (joined[:, :40] == line(40)).all()
    assert (joined[:, -60:] == line(60)).all()
