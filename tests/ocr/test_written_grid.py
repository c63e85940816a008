from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.analysis import analyse
from ocr.banner import paper_area, photographed_area
from ocr.frame import crop
from ocr.gutter import find_gutter
from ocr.written_form import header_band
from ocr.written_grid import find_written_grid

NAMES = ("Carel Louise", "Cartier Emile", "Casanova Anne", "Casati Marie", "Castell Henri", "Catalan Rose")
LEFT, MIDDLE, RIGHT, TOP, HEAD, BOTTOM = 60, 760, 1060, 40, 120, 1480


def form() -> np.ndarray:
    """An empty form: frame, header, two columns."""
    pixels = np.full((1520, 1120), 205, np.uint8)
    for y in (TOP, HEAD):
        cv2.line(pixels, (LEFT, y), (RIGHT, y), 60, 2)
    for x in (LEFT, MIDDLE, RIGHT):
        cv2.line(pixels, (x, TOP), (x, BOTTOM), 60, 2)
    return pixels


def write(pixels: np.ndarray, number: int, baseline: int, *, scale: float = 1.2) -> None:
    face = cv2.FONT_HERSHEY_SCRIPT_SIMPLEX
    cv2.putText(pixels, NAMES[number % len(NAMES)], (110, baseline), face, scale, 80, 2)
    date = f"{1 + number} Mars 19{number % 10}{number % 7}"
    cv2.putText(pixels, date, (MIDDLE + 15, baseline), face, scale * 0.9, 80, 2)


def baselines_found(pixels: np.ndarray) -> list[float]:
    grid = find_written_grid(analyse(pixels))
    assert grid is not None
    return [(row.band.top_left + row.band.bottom_left) / 2 for row in grid.rows]


def test_rows_and_columns_of_a_form() -> None:
    pixels = form()
    baselines = [190 + 56 * number for number in range(22)]
    for number, baseline in enumerate(baselines):
        write(pixels, number, baseline)
    analysis = analyse(pixels)
    grid = find_written_grid(analysis)
    assert grid is not None
    ends = [end for span in grid.columns for end in (span.left, span.right)]
    assert ends == pytest.approx([LEFT, MIDDLE, MIDDLE, RIGHT], abs=4)
    assert len(grid.rows) == len(baselines)
    for row, baseline in zip(grid.rows, baselines, strict=True):
        assert row.band.top_left < baseline - 10 < row.band.bottom_left
    band = header_band(analysis, grid)
    assert band is not None
    assert TOP < band.top_left < band.bottom_left < HEAD


def test_a_line_squeezed_between_two_lines_is_a_row() -> None:
    pixels = form()
    baselines = [190 + 62 * number for number in range(20)]
    for number, baseline in enumerate(baselines):
        write(pixels, number, baseline)
    write(pixels, 3, baselines[8] + 30, scale=0.8)
    assert len(baselines_found(pixels)) == len(baselines) + 1


def test_rows_of_a_warped_page_are_followed() -> None:
    pixels = form()
    baselines = [200 + 56 * number for number in range(20)]
    for number, baseline in enumerate(baselines):
        write(pixels, number, baseline)
    columns, lines = np.meshgrid(np.arange(1120, dtype=np.float32), np.arange(1520, dtype=np.float32))
    sag = 14 * ((columns - 560) / 560) ** 2
    warped = cv2.remap(pixels, columns, lines - sag, cv2.INTER_LINEAR, borderValue=205)
    grid = find_written_grid(analyse(np.asarray(warped, np.uint8)))
    assert grid is not None
    assert len(grid.rows) == len(baselines)


def test_a_stamp_is_no_row() -> None:
    pixels = form()
    baselines = [190 + 56 * number for number in range(20)]
    for number, baseline in enumerate(baselines):
        write(pixels, number, baseline)
    for y in (240, 520, 800):
        cv2.circle(pixels, (85, y), 14, 60, -1)
    assert len(baselines_found(pixels)) == len(baselines)


def test_a_page_without_a_form_has_no_rows() -> None:
    assert find_written_grid(analyse(np.full((1500, 1100), 210, np.uint8))) is None


def test_an_empty_form_has_no_rows() -> None:
    assert find_written_grid(analyse(form())) is None


def test_rows_on_a_real_page(shared_data: Path) -> None:
    """A double page with 24 rows a side."""
    page = cv2.imread(str(shared_data / "handwriting" / "lyon" / "page98_S.png"), cv2.IMREAD_GRAYSCALE)
    assert page is not None
    photograph = crop(np.asarray(page, np.uint8), photographed_area(np.asarray(page, np.uint8)).box)
    sheet = crop(photograph, paper_area(photograph))
    gutter = find_gutter(sheet).x
    assert gutter is not None
    for side in (sheet[:, :gutter], sheet[:, gutter:]):
        grid = find_written_grid(analyse(np.ascontiguousarray(side)))
        assert grid is not None
        assert len(grid.columns) == 2
        assert len(grid.rows) == 24
