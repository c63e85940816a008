"""Places go to the page and back, whatever was cropped, turned or straightened."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocr.frame import Frame, straighten
from registers.geometry import Box, Point, Quad

_coordinates = st.floats(-5000, 5000)
_points = st.builds(Point, _coordinates, _coordinates)
_boxes = st.builds(Box, st.integers(0, 900), st.integers(0, 900), st.integers(1, 900), st.integers(1, 900))


@st.composite
def _frames(draw: st.DrawFn) -> Frame:
    frame = Frame()
    for step in draw(st.lists(st.sampled_from(["crop", "turn", "straighten"]), max_size=4)):
        width, height = draw(st.integers(10, 4000)), draw(st.integers(10, 4000))
        if step == "crop":
            frame = frame.cropped(draw(_boxes))
        elif step == "turn":
            frame = frame.upside_down(width, height)
        else:
            frame = frame.straightened(draw(st.floats(-6, 6)), width, height)
    return frame


@given(frame=_frames(), point=_points)
def test_a_point_comes_back(frame: Frame, point: Point) -> None:
    back = frame.point_on_page(frame.point_on_scan(point))
    assert abs(back.x - point.x) < 1e-4
    assert abs(back.y - point.y) < 1e-4


@given(frame=_frames(), box=_boxes)
def test_a_quad_keeps_its_size(frame: Frame, box: Box) -> None:
    quad = frame.quad_on_scan(box.to_quad())
    assert abs(quad.width - box.width) < 1e-3
    assert abs(quad.height - box.height) < 1e-3


def test_a_crop_in_an_upside_down_page_lies_where_it_was() -> None:
    frame = Frame().upside_down(100, 80).cropped(Box(10, 5, 20, 10))
    assert frame.point_on_scan(Point(0, 0)) == Point(90, 75)


def test_straightening_levels_what_climbs() -> None:
    pixels = np.full((400, 600), 255, np.uint8)
    for x in range(50, 550):
        pixels[round(200 - (x - 300) * np.tan(np.radians(2.0))), x] = 0
    rows = np.nonzero(straighten(pixels, 2.0).min(axis=1) < 200)[0]
    assert rows.max() - rows.min() <= 3


def test_straightening_and_its_frame_agree() -> None:
    pixels = np.full((400, 600), 255, np.uint8)
    pixels[118:123, 418:423] = 0
    level = straighten(pixels, 3.0)
    y, x = (int(axis.mean()) for axis in np.nonzero(level < 100))
    place = Frame().straightened(3.0, 600, 400).quad_on_scan(Quad(*[Point(x, y)] * 4)).top_left
    assert abs(place.x - 420) < 1.5
    assert abs(place.y - 120) < 1.5
