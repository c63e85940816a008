from __future__ import annotations

import math
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from registers.errors import NotFoundError
from registers.geometry import Point, Quad
from services.desk import Desk
from services.strip import page_box, page_copy, page_image, strip_of, strip_size
from tests.desk_builders import BIRTHS, PAGE_WIDTH


def _first(small_desk: Desk) -> str:
    return next(small_desk.catalogue.entries.of_register(BIRTHS)).entry.id


def test_a_strip_has_the_size_that_was_said_before(small_desk: Desk) -> None:
    for stored in small_desk.catalogue.entries.of_register(BIRTHS):
        strip = strip_of(small_desk, stored.entry.id)
        width, height = strip_size(stored.entry.source.quad)
        assert (strip.height, height) == (112, 112)
        assert abs(strip.width - width) <= 2


@given(st.floats(200, 4000), st.floats(8, 120), st.floats(-0.05, 0.05))
def test_a_strip_is_as_wide_as_its_row_and_a_little_more(width: float, height: float, slope: float) -> None:
    dx, dy = width * math.cos(slope), width * math.sin(slope)
    ux, uy = -height * math.sin(slope), height * math.cos(slope)
    quad = Quad(Point(0, 0), Point(dx, dy), Point(dx + ux, dy + uy), Point(ux, uy))
    shown, tall = strip_size(quad, 56)
    assert tall == 56
    assert shown / tall == pytest.approx((width + 0.9 * height) / (1.1 * height), rel=0.05)


def test_the_rules_beside_the_row_are_seen(small_desk: Desk) -> None:
    strip = Image.open(BytesIO(strip_of(small_desk, _first(small_desk)).content)).convert("L")
    middle = strip.crop((0, strip.height // 2, strip.width, strip.height // 2 + 1)).tobytes()
    assert min(middle[:70]) < 150 and min(middle[-70:]) < 150


def test_a_page_side_is_cut_from_its_double_page(small_desk: Desk) -> None:
    left, right = small_desk.catalogue.pages.pages_of(BIRTHS)
    whole = page_image(small_desk, right.page.id, BIRTHS)
    small = page_copy(small_desk, right.page.id, BIRTHS)
    assert page_box(right.page, right.scan).x == PAGE_WIDTH
    assert whole.width == 2 * small.width and len(small.content) < 300_000
    other = page_copy(small_desk, left.page.id, BIRTHS)
    sides = [Image.open(BytesIO(picture.content)) for picture in (small, other)]
    assert ImageChops.difference(*sides).getbbox() is not None


@pytest.mark.parametrize("cut", [strip_of, page_image, page_copy])
def test_what_the_catalogue_does_not_hold_is_not_found(small_desk: Desk, cut: object) -> None:
    with pytest.raises(NotFoundError):
        cut(small_desk, "none")  # type: ignore[operator]
