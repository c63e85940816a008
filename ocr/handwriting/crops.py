"""One cell cut out as a line: straightened, with its own ink only.

Letters of the rows above and below hang into a handwritten cell, its rules
stand at its edges, and its own letters leave it. Connected ink goes to the
cell that holds most of it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.lines import flatten
from registers.geometry import Quad

_ABOVE, _BELOW = 0.4, 0.4  # of the cell's height, looked at beside the cell
_BESIDE = 0.5
_INK = 64  # darkness that counts as ink, of a stretched crop
_OWN = 0.5  # share of connected ink inside the cell that makes it the cell's
_RULE = 0.72  # of the crop's height: an upright stroke that long is a rule
_EDGE = 0.9  # of the cell's height: rules stand that near to the cell's ends
_LEAST_INK = 0.004
_STAMP = 0.17  # of the cell's height: no pen writes strokes that thick
_STAMP_STROKES = 3.2  # of the usual stroke's thickness
_RIM = 0.22  # of the cell's height: what stands around the thick part of a stamp

Pixels = NDArray[np.uint8]


def crop_line(pixels: Pixels, quad: Quad) -> Pixels | None:
    """The cell's writing, dark on white, HxW of about the cell's size; None where it is blank."""
    height, width = round(quad.height), round(quad.width)
    if height < 4 or width < 4:
        return None
    above, below, beside = round(_ABOVE * height), round(_BELOW * height), round(_BESIDE * height)
    wide = flatten(_straightened(pixels, quad, above, below, beside))
    core = (slice(above, above + height), slice(beside, beside + width))
    ink = (wide < 255 - _INK).astype(np.uint8)
    ink[_rules(ink, beside, height)] = 0
    ink[_stamps(ink, height)] = 0
    own = _owned(ink, core, height)
    if cv2.countNonZero(own) < max(8.0, _LEAST_INK * height * width):
        return None
    near = cv2.dilate(own, np.ones((5, 5), np.uint8)) > 0
    columns = np.flatnonzero(own.any(axis=0))
    lines = np.flatnonzero(own.any(axis=1))
    margin = max(2, height // 8)
    left, right = max(0, int(columns[0]) - margin), int(columns[-1]) + margin + 1
    top = min(above + height // 6, max(0, int(lines[0]) - 2))
    bottom = max(above + 5 * height // 6, int(lines[-1]) + 3)
    return np.where(near, wide, np.uint8(255))[top:bottom, left:right]


def _straightened(pixels: Pixels, quad: Quad, above: int, below: int, beside: int) -> Pixels:
    height, width = round(quad.height), round(quad.width)
    source = np.array([[corner.x, corner.y] for corner in quad.corners], np.float32)
    right, bottom = beside + width, above + height
    target = np.array([[beside, above], [right, above], [right, bottom], [beside, bottom]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    size = (width + 2 * beside, height + above + below)
    return np.asarray(
        cv2.warpPerspective(
            pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        ),
        np.uint8,
    )


def _rules(ink: Pixels, beside: int, height: int) -> NDArray[np.bool_]:
    """Upright strokes near the cell's ends that are too long to be a letter's."""
    reach = max(6, round(_RULE * ink.shape[0]))
    slanted = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    upright = cv2.morphologyEx(slanted, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8)) > 0
    edge = beside + round(_EDGE * height / 2)
    upright[:, edge : max(edge, ink.shape[1] - edge)] = False
    return np.asarray(cv2.dilate(upright.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0)


def _stamps(ink: Pixels, height: int) -> NDArray[np.bool_]:
    """Stars, stamps and blots: ink much thicker than a stroke, with its rim."""
    thickness = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    ridge = thickness[(thickness > 0.5) & (thickness >= cv2.dilate(thickness, np.ones((3, 3), np.uint8)))]
    if ridge.size == 0:
        return np.zeros(ink.shape, np.bool_)
    least = max(_STAMP * height / 2, _STAMP_STROKES * float(np.median(ridge)))
    thick = (thickness > least).astype(np.uint8)
    reach = 2 * round(least + _RIM * height / 2) + 1
    near = cv2.dilate(thick, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    return np.asarray((near > 0) & (ink > 0))


def _owned(ink: Pixels, core: tuple[slice, slice], height: int) -> Pixels:
    """Ink that belongs to the cell: whole components mostly inside, else their part inside
    where one stroke ties two rows together."""
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    count = int(labels.max()) + 1
    total = np.bincount(labels.ravel(), minlength=count)
    inside = np.bincount(labels[core].ravel(), minlength=count)
    share = inside / np.maximum(total, 1)
    whole = share >= _OWN
    tied = (~whole) & (inside >= 0.35 * height)
    whole[0] = tied[0] = False
    own = whole[labels]
    kept = np.zeros_like(own)
    kept[core] = tied[labels[core]] & (share[labels[core]] >= 0.2)
    return np.asarray(own | kept, np.uint8)
