import cv2
import numpy as np

from ocr.handwriting.crops import crop_line
from registers.geometry import Box

CELL = Box(60, 100, 300, 50)


def page() -> np.ndarray:
    pixels = np.full((260, 420), 220, np.uint8)
    cv2.putText(pixels, "Carrel", (80, 138), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 60, 3)
    return pixels


def ink(line: np.ndarray | None) -> int:
    assert line is not None
    return int((line < 128).sum())


def test_a_blank_cell_is_no_line() -> None:
    assert crop_line(np.full((260, 420), 220, np.uint8), CELL.to_quad()) is None


def test_rules_and_neighbours_are_left_out() -> None:
    alone = ink(crop_line(page(), CELL.to_quad()))
    crowded = page()
    cv2.line(crowded, (62, 0), (62, 259), 40, 4)
    cv2.putText(crowded, "Garet", (80, 88), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 60, 3)
    cv2.putText(crowded, "Hubin", (80, 190), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 60, 3)
    assert abs(ink(crop_line(crowded, CELL.to_quad())) - alone) < 0.15 * alone


def test_a_stamp_beside_the_name_is_left_out() -> None:
    alone = ink(crop_line(page(), CELL.to_quad()))
    stamped = page()
    cv2.circle(stamped, (330, 125), 14, 50, -1)
    assert abs(ink(crop_line(stamped, CELL.to_quad())) - alone) < 0.15 * alone


def test_a_letter_that_leaves_the_cell_stays_whole() -> None:
    pixels = page()
    cv2.line(pixels, (300, 104), (306, 165), 60, 3)
    line = crop_line(pixels, CELL.to_quad())
    assert line is not None
    assert line.shape[0] > 60
