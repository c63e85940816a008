"""A portal's export: the photographed area on its white or black canvas, and the lines around it.

Archives' portals set a page on a flat canvas, with a banner above (place, period, kind, cote, view) and
a licence line below. The canvas is of one colour to the pixel; a photograph never is.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from registers.geometry import Box

_FLAT_SHARE = 0.85  # of the outermost pixels must be of the canvas's colour
_FLAT_RANGE = 5
_CANVAS_SHARE = 0.5  # a row belongs to the canvas while so much of it has its colour
_STEP = 18  # grey levels at least between canvas and photograph
_MIN_PHOTO = 0.25  # of the width and of the height
_DARK = 45
_DARK_SURROUND = 70
_MIN_TEXT_HEIGHT = 6


@dataclass(frozen=True, slots=True)
class Photograph:
    """The photographed area and the strips of canvas with text beside it; boxes in scan pixels."""

    box: Box
    margins: tuple[Box, ...]

    def covers(self, width: int, height: int) -> bool:
        """Whether the photograph is the whole scan."""
        return self.box == Box(0, 0, width, height)


def photographed_area(grey: NDArray[np.uint8]) -> Photograph:
    """The photograph within a scan (HxW grey): the whole scan where there is no canvas around it."""
    height, width = grey.shape
    top = _edge(grey)
    bottom = height - _edge(np.ascontiguousarray(grey[::-1]))
    if bottom - top < _MIN_PHOTO * height:
        top, bottom = 0, height
    middle = grey[top:bottom]
    left = _edge(np.ascontiguousarray(middle.T))
    right = width - _edge(np.ascontiguousarray(middle.T[::-1]))
    if right - left < _MIN_PHOTO * width:
        left, right = 0, width
    margins = []
    if top > 0:
        margins.append(Box(0, 0, width, top))
    if bottom < height:
        margins.append(Box(0, bottom, width, height - bottom))
    return Photograph(Box(left, top, right - left, bottom - top), tuple(margins))


def paper_area(grey: NDArray[np.uint8]) -> Box:
    """The paper within a photograph on a black surround; the whole where there is none."""
    height, width = grey.shape
    scale = min(1.0, 600 / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    border = np.concatenate(
        (small[:2].ravel(), small[-2:].ravel(), small[:, :2].ravel(), small[:, -2:].ravel())
    )
    if float(np.mean(border < _DARK_SURROUND)) < 0.3:
        return Box(0, 0, width, height)
    bright = float(np.percentile(small, 90))
    paper = (small > (_DARK + bright) / 2).astype(np.uint8)
    whole = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    # The paper fills at least a third of every row and column that it reaches.
    rows = np.flatnonzero(whole.mean(axis=1) > 0.33)
    columns = np.flatnonzero(whole.mean(axis=0) > 0.33)
    if len(rows) < 0.3 * small.shape[0] or len(columns) < 0.3 * small.shape[1]:
        return Box(0, 0, width, height)
    x, y = int(columns[0] / scale), int(rows[0] / scale)
    return Box(
        x, y, min(width, int((columns[-1] + 1) / scale)) - x, min(height, int((rows[-1] + 1) / scale)) - y
    )


def margin_lines(grey: NDArray[np.uint8]) -> list[Box]:
    """Lines of text on a strip of canvas (HxW grey), top to bottom."""
    ink = _canvas_ink(grey)
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return []
    lines = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        top, bottom = int(run[0]), int(run[-1]) + 1
        if bottom - top < _MIN_TEXT_HEIGHT or top == 0 or bottom == grey.shape[0]:
            continue  # specks, and the edge of the paper
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        lines += _pieces(columns, top, bottom)
    return lines


def dark_on_light(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The strip with dark text on light canvas, turned round where it was the other way."""
    return grey if float(np.median(grey)) >= 128 else np.asarray(255 - grey, dtype=np.uint8)


def _pieces(columns: NDArray[np.intp], top: int, bottom: int) -> list[Box]:
    """Stretches of a line that stand far apart (a logo, a banner, a date of export)."""
    reach = 3 * (bottom - top)
    boxes = []
    for run in np.split(columns, np.flatnonzero(np.diff(columns) > reach) + 1):
        left, right = int(run[0]), int(run[-1]) + 1
        if right - left > bottom - top:
            boxes.append(Box(left, top, right - left, bottom - top))
    return boxes


def _canvas_ink(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    colour = int(np.median(grey))
    return np.asarray(np.abs(grey.astype(np.int16) - colour) > 60)


def _edge(grey: NDArray[np.uint8]) -> int:
    """How many rows from the top are canvas; 0 where there is no canvas or nothing but canvas."""
    height = grey.shape[0]
    rim = grey[: max(2, height // 100)]
    colour = int(np.median(rim))
    flat = np.abs(grey.astype(np.int16) - colour) <= _FLAT_RANGE
    if float(flat[: rim.shape[0]].mean()) < _FLAT_SHARE:
        return 0
    share = flat.mean(axis=1)
    below = np.flatnonzero(share < _CANVAS_SHARE)
    # A line of banner text may cover half the width; the photograph is where canvas stays away.
    for start in below:
        stretch = share[start : start + max(12, height // 25)]
        if float(np.mean(stretch < _CANVAS_SHARE)) > 0.9:
            # A thin dark surround may lie between the canvas and paper that is nearly as bright.
            depths = (12, max(12, height // 25))
            inside = (float(np.median(grey[start : start + depth])) for depth in depths)
            differs = any(abs(level - colour) >= _STEP for level in inside)
            return int(start) if differs and start < (1 - _MIN_PHOTO) * height else 0
    return 0
