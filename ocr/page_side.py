"""One side of a scan: its pixels, parted from the other side, turned and straightened, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.analysis import ink_of, shrunk
from ocr.background import paper_of
from ocr.banner import paper_area
from ocr.deskew import NEGLIGIBLE_DEGREES, skew_of
from ocr.frame import Frame, crop, straighten
from ocr.gutter import find_gutter
from registers.document import Side, Step
from registers.geometry import Box


@dataclass(frozen=True, slots=True)
class PageSide:
    """One side of a scan: its pixels (HxW grey) and where they lie on the scan."""

    side: Side
    pixels: NDArray[np.uint8]
    frame: Frame
    steps: tuple[Step, ...] = ()


def sides_of(grey: NDArray[np.uint8], photograph: Box) -> Iterator[PageSide]:
    """The sides of the scan, left to right."""
    frame = Frame().cropped(photograph)
    area = crop(grey, photograph)
    paper = paper_area(area)
    frame, area = frame.cropped(paper), crop(area, paper)
    steps: tuple[Step, ...] = ()
    if paper.area < photograph.area or photograph.area < grey.size:
        steps = (Step("surround", round(1 - paper.area / grey.size, 3)),)
    gutter = find_gutter(area)
    if gutter.x is None:
        yield PageSide(Side.SINGLE, np.ascontiguousarray(area), frame, steps)
        return
    height, width = area.shape
    steps = (*steps, Step("gutter", gutter.measure))
    for side, box in (
        (Side.LEFT, Box(0, 0, gutter.x, height)),
        (Side.RIGHT, Box(gutter.x, 0, width - gutter.x, height)),
    ):
        yield PageSide(side, np.ascontiguousarray(crop(area, box)), frame.cropped(box), steps)


def turned(side: PageSide) -> PageSide:
    height, width = side.pixels.shape
    return PageSide(
        side.side,
        np.ascontiguousarray(side.pixels[::-1, ::-1]),
        side.frame.upside_down(width, height),
        (*side.steps, Step("upside down", 180.0)),
    )


def straightened(side: PageSide) -> PageSide:
    small, _ = shrunk(side.pixels)
    degrees = skew_of(ink_of(small, paper_of(small)))
    if abs(degrees) < NEGLIGIBLE_DEGREES:
        return side
    height, width = side.pixels.shape
    return PageSide(
        side.side,
        straighten(side.pixels, degrees),
        side.frame.straightened(degrees, width, height),
        (*side.steps, Step("deskew", degrees)),
    )
