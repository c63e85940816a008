"""Skew, rules, columns, rows and gutters of drawn pages."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.analysis import analyse, ink_of
from ocr.background import flattened, paper_of, unevenness
from ocr.banner import margin_lines, paper_area, photographed_area
from ocr.deskew import skew_of
from ocr.grid import Grid
from ocr.gutter import find_gutter
from ocr.rules import erased
from ocr.script_kind import SURELY_PRINT, handwriting_measure
from ocr.table import find_grid
from registers.geometry import Box
from tests.ocr.drawing import COLUMNS, ROWS, Pixels, draw_table, turned


def _grid(pixels: Pixels) -> Grid:
    grid = find_grid(analyse(pixels))
    assert grid is not None
    return grid


@pytest.mark.parametrize("degrees", [-4.2, -1.5, -0.3, 0.0, 0.4, 2.7, 5.0])
@pytest.mark.parametrize("ruled", [True, False])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float, ruled: bool) -> None:
    pixels = turned(draw_table(vertical=ruled, horizontal=ruled).pixels, degrees)
    assert abs(skew_of(ink_of(pixels, paper_of(pixels))) - degrees) < 0.1


def test_a_blank_page_has_no_skew() -> None:
    assert skew_of(np.zeros((500, 400), np.uint8)) == 0.0


@pytest.mark.parametrize(
    ("vertical", "horizontal"), [(True, True), (True, False), (False, True), (False, False)]
)
def test_columns_and_rows_with_all_some_and_no_rules(vertical: bool, horizontal: bool) -> None:
    drawn = draw_table(vertical=vertical, horizontal=horizontal)
    grid = _grid(drawn.pixels)
    assert len(grid.columns) == 3
    assert len(grid.rows) == len(ROWS) + 1
    for row, top in zip(grid.rows[1:], drawn.tops, strict=True):
        bounds = row.band.quad.bounds
        assert bounds.y < top + 20
        assert bounds.bottom > top + 40
        assert abs((bounds.y + bounds.bottom) / 2 - (top + drawn.pitch / 2)) < 14


def test_broken_rules_are_joined() -> None:
    pixels = draw_table(horizontal=False).pixels.copy()
    for y in range(260, 800, 130):
        pixels[y : y + 50, [x + d for x in COLUMNS for d in (-2, -1, 0, 1, 2)]] = 240
    assert len(_grid(pixels).columns) == 3


def test_a_line_that_wraps_belongs_to_its_row() -> None:
    rows = [*ROWS[:4], ("LEMOINE", "Jeanne Marie Joséphine", "3 mai 1884"), ("", "Victorine", ""), *ROWS[5:]]
    grid = _grid(draw_table(rows, horizontal=False, vertical=False).pixels)
    assert len(grid.rows) == len(rows)  # nine rows that begin, one that goes on, the header


def test_a_ditto_and_a_blank_surname_are_rows() -> None:
    rows = [
        ("DUBOIS", "Jeanne", "12 mars 1884"),
        ('"', "Louis", "4 mai 1885"),
        ("", "Paul", "2 mai 1886"),
    ] * 3
    assert len(_grid(draw_table(rows, horizontal=False, vertical=False).pixels).rows) == len(rows) + 1


def test_erasing_rules_leaves_the_letters() -> None:
    drawn = draw_table()
    found = analyse(drawn.pixels)
    cleaned = erased(drawn.pixels, found.rules, found.scale)
    assert cleaned[drawn.tops[3], 200:470].min() > 150
    letters = drawn.pixels[drawn.tops[0] + 10 : drawn.tops[0] + 50, 130:470]
    kept = cleaned[drawn.tops[0] + 10 : drawn.tops[0] + 50, 130:470]
    assert np.array_equal(letters, kept)


def test_a_shadow_is_flattened() -> None:
    drawn = draw_table().pixels
    shadow = np.linspace(0.55, 1.0, drawn.shape[1])
    dark = (drawn * shadow).astype(np.uint8)
    level = flattened(dark, paper_of(dark))
    assert unevenness(paper_of(dark)) > 0.2
    assert unevenness(paper_of(level)) < 0.03


def _double_page(fold: int) -> Pixels:
    side = draw_table().pixels
    both = np.hstack((side, side)).astype(np.float64)
    distance = np.abs(np.arange(both.shape[1]) - side.shape[1])
    return np.asarray((both - fold * np.exp(-distance / 40.0)).clip(0, 255), dtype=np.uint8)


@pytest.mark.parametrize("fold", [110, 40, 0])
def test_a_double_page_parts_at_the_fold_or_between_its_frames(fold: int) -> None:
    found = find_gutter(_double_page(fold))
    assert found.x is not None
    assert abs(found.x - 1400) < 110


def test_a_wide_single_page_is_not_parted() -> None:
    assert find_gutter(draw_table(ROWS[:6], size=(1400, 900)).pixels).x is None


@pytest.mark.parametrize("canvas", [0, 255])
def test_a_portals_canvas_is_taken_off(canvas: int) -> None:
    noise = np.random.default_rng(1).integers(-6, 7, (1300, 1400))
    photograph = np.clip(draw_table().pixels * 0.8 + noise, 0, 255).astype(np.uint8)
    export = np.full((1700, 1500), canvas, np.uint8)
    export[220:1520, 50:1450] = photograph
    export[90:110, 400:900:7] = 255 - canvas
    found = photographed_area(export)
    assert found.box.overlap(Box(50, 220, 1400, 1300)) > 0.97
    strip = export[found.margins[0].y : found.margins[0].bottom]
    assert len(margin_lines(strip)) == 1


def test_a_plain_page_is_all_photograph() -> None:
    pixels = draw_table().pixels
    assert photographed_area(pixels).covers(1400, 1300)
    assert paper_area(pixels) == Box(0, 0, 1400, 1300)


def test_a_black_surround_is_cropped() -> None:
    scan = np.full((1500, 1700), 8, np.uint8)
    scan[100:1400, 150:1550] = draw_table().pixels
    assert paper_area(scan).overlap(Box(150, 100, 1400, 1300)) > 0.97


def test_type_looks_like_type() -> None:
    found = analyse(draw_table().pixels)
    assert 0 < handwriting_measure(found.boxes, found.letter_height) < SURELY_PRINT
