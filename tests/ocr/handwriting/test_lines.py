import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.lines import HEIGHT, MAX_WIDTH, WIDTH_STEP, flatten, padded_width, prepare, tighten


def written(height: int, width: int, paper: int = 200, ink: int = 90) -> np.ndarray:
    line = np.full((height, width), paper, np.uint8)
    cv2.putText(line, "Marie", (4, height * 2 // 3), cv2.FONT_HERSHEY_SIMPLEX, height / 60, ink, 2)
    return line


def test_grey_paper_becomes_white_and_faint_ink_dark() -> None:
    flat = flatten(written(60, 200))
    assert np.median(flat) == 255
    assert flat.min() < 40


def test_empty_bands_are_cut_but_not_too_far() -> None:
    tall = np.full((200, 200), 255, np.uint8)
    tall[90:110, 20:180:5] = 0
    assert tighten(tall).shape[0] == 100
    assert tighten(np.full((50, 80), 255, np.uint8)).shape == (50, 80)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 120), st.integers(1, 400), st.integers(0, 255))
def test_any_crop_is_prepared(height: int, width: int, grey: int) -> None:
    line = prepare(np.full((height, width), grey, np.uint8))
    assert line.dtype == np.uint8
    assert line.shape[0] == HEIGHT
    assert 8 <= line.shape[1] <= MAX_WIDTH


@pytest.mark.parametrize("width", [1, 63, 64, 65, MAX_WIDTH])
def test_widths_are_padded_to_few_sizes(width: int) -> None:
    padded = padded_width(width)
    assert padded % WIDTH_STEP == 0
    assert 0 <= padded - width < WIDTH_STEP
