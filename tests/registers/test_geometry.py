from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.geometry import Box, Point, Quad

SIZES = st.integers(1, 5000)
PLACES = st.integers(-200, 5000)
BOXES = st.builds(Box, PLACES, PLACES, SIZES, SIZES)
CORNERS = st.floats(-100, 10_000, allow_nan=False).map(lambda value: round(value, 2))
QUADS = st.builds(Quad, *(st.builds(Point, CORNERS, CORNERS) for _ in range(4)))


def test_boxes_overlap() -> None:
    a, b = Box(0, 0, 10, 10), Box(5, 0, 10, 10)
    assert a.intersection(b) == Box(5, 0, 5, 10)
    assert a.overlap(b) == pytest.approx(1 / 3)
    assert a.intersection(Box(10, 0, 5, 5)) is None
    assert a.overlap(Box(10, 0, 5, 5)) == 0


@given(BOXES, BOXES)
def test_overlap_is_a_share_and_the_same_both_ways(a: Box, b: Box) -> None:
    assert 0 <= a.overlap(b) <= 1
    assert a.overlap(b) == b.overlap(a)
    assert a.overlap(a) == 1


@given(BOXES)
def test_a_box_is_the_bounds_of_its_quad(box: Box) -> None:
    quad = box.to_quad()
    assert quad.bounds == box
    assert (quad.width, quad.height) == (box.width, box.height)


@given(QUADS)
def test_quads_are_read_back(quad: Quad) -> None:
    assert Quad.from_list(quad.to_list()) == quad


@given(QUADS)
def test_bounds_hold_every_corner(quad: Quad) -> None:
    bounds = quad.bounds
    assert all(bounds.x <= c.x <= bounds.right and bounds.y <= c.y <= bounds.bottom for c in quad.corners)


def test_a_quad_has_eight_numbers() -> None:
    with pytest.raises(ValueError, match="8 numbers"):
        Quad.from_list([1, 2, 3])
