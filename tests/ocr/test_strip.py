"""Pictures for people."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.strip import cut_strip, decode, encode_jpeg, image_size, viewing_copy
from registers.errors import UnreadableScanError
from registers.geometry import Point, Quad
from tests.ocr.drawing import draw_table, turned


def test_a_sloping_row_is_cut_straight() -> None:
    drawn = draw_table(horizontal=False, vertical=False)
    level = Quad(Point(120, 220), Point(1280, 220), Point(1280, 284), Point(120, 284))
    expected = cut_strip(drawn.pixels, level)
    slope = np.radians(3.0)
    centre = Point(700, 650)

    def turn(point: Point) -> Point:
        x, y = point.x - centre.x, point.y - centre.y
        return Point(
            centre.x + x * np.cos(slope) + y * np.sin(slope), centre.y - x * np.sin(slope) + y * np.cos(slope)
        )

    sloping = Quad(*(turn(corner) for corner in level.corners))
    found = cut_strip(turned(drawn.pixels, 3.0), sloping)
    assert abs(found.shape[0] - expected.shape[0]) <= 1
    height, width = min(found.shape[0], expected.shape[0]), min(found.shape[1], expected.shape[1])
    difference = np.abs(found[:height, :width].astype(int) - expected[:height, :width])
    assert difference.mean() < 6


def test_height_and_colour_are_kept() -> None:
    pixels = np.full((200, 300, 3), 90, np.uint8)
    quad = Quad(Point(50, 50), Point(250, 50), Point(250, 90), Point(50, 90))
    strip = cut_strip(pixels, quad, height=112)
    assert strip.shape[0] == 112
    assert strip.shape[2] == 3


def test_a_quad_beyond_the_edge_still_gives_a_strip() -> None:
    quad = Quad(Point(-50, -20), Point(400, -20), Point(400, 30), Point(-50, 30))
    assert cut_strip(np.full((100, 200), 200, np.uint8), quad).min() == 200


def test_pictures_come_back() -> None:
    pixels = draw_table().pixels
    content = encode_jpeg(pixels)
    assert image_size(content) == (1400, 1300)
    back = decode(content)
    assert back.shape[:2] == pixels.shape
    assert np.abs(back.reshape(1300, 1400, -1)[..., 0].astype(int) - pixels).mean() < 4


def test_a_viewing_copy_is_small() -> None:
    noise = np.random.default_rng(0).integers(0, 60, (3000, 4000), dtype=np.uint8) + 150
    content = viewing_copy(noise.astype(np.uint8))
    assert max(image_size(content)) == 2400


def test_damaged_copies_say_so() -> None:
    with pytest.raises(UnreadableScanError):
        decode(b"no picture")
    with pytest.raises(UnreadableScanError):
        image_size(b"no picture")
