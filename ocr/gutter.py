"""Single or double page, decided from the image, and where the two sides part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import ink_of, rough_letter_height
from ocr.background import paper_of
from ocr.rules import Rules, find_rules

_SIDE = 1400
_MIN_ASPECT = 1.12  # width over height: narrower is one page
_CENTRE = (0.38, 0.62)
_FOLD_DEPTH = 0.045  # darker than its surroundings, of full range
_DEEP_FOLD = 0.15  # no table's rule casts such a shadow
_CROSSING = 0.06  # of the height may be inked across the gutter
_SHADOW = 0.6  # inked share from which a stretch is shadow
_SAME_OFFSET = 0.012  # of the width: columns of the two sides that correspond


@dataclass(frozen=True, slots=True)
class GutterFinding:
    """Where the sides part (x in pixels), or None for a single page; `measure` is the evidence."""

    x: int | None
    measure: float


def find_gutter(grey: NDArray[np.uint8]) -> GutterFinding:
    """Whether the paper shown (HxW grey) is a double page, and where its sides part.

    Two kinds of evidence, each only where no writing and no rule goes across: the shadow of the fold,
    or two frames side by side whose columns correspond.
    """
    height, width = grey.shape
    if width < _MIN_ASPECT * height:
        return GutterFinding(None, 0.0)
    scale = min(1.0, _SIDE / width)
    small = np.asarray(
        cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    ink = ink_of(small, paper_of(small))
    rules = find_rules(ink, rough_letter_height(ink))
    place, depth = _fold(small)
    clear = not _ruled_across(rules.horizontal_mask, place)
    if clear and (depth >= _DEEP_FOLD or (depth >= _FOLD_DEPTH and not _written_across(ink, place))):
        return GutterFinding(int(place / scale), round(depth, 3))
    frames = _between_frames(rules)
    if frames is not None:
        return GutterFinding(int(frames / scale), 1.0)
    return GutterFinding(None, round(depth, 3))


def _fold(small: NDArray[np.uint8]) -> tuple[int, float]:
    """The darkest place near the middle and how much darker it is than the paper on both sides."""
    width = small.shape[1]
    body = small[small.shape[0] // 10 : small.shape[0] * 9 // 10]
    profile = np.percentile(body, 60, axis=0).astype(np.float32)
    # A median over one hundredth of the width takes away rules and leaves shadows.
    window = max(5, int(0.008 * width) | 1)
    padded = np.pad(profile, window // 2, mode="edge")
    smooth = np.median(np.lib.stride_tricks.sliding_window_view(padded, window), axis=1)
    low, high = int(_CENTRE[0] * width), int(_CENTRE[1] * width)
    place = low + int(np.argmin(smooth[low:high]))
    reach = int(0.16 * width)
    left = float(np.percentile(smooth[max(0, place - reach) : place + 1], 80))
    right = float(np.percentile(smooth[place : place + reach], 80))
    return place, (min(left, right) - float(smooth[place])) / 255.0


def _ruled_across(mask: NDArray[np.uint8], x: int) -> bool:
    """Whether several rules run on without a break from one side of a place to the other."""
    reach = max(10, int(0.015 * mask.shape[1]))
    window = mask[:, max(0, x - reach) : x + reach]
    # Rules may lean a little within the window.
    thick = cv2.dilate(window, np.ones((7, 1), np.uint8))
    solid = (thick > 0).mean(axis=1) > 0.97
    runs = int(np.count_nonzero(np.diff(solid.astype(np.int8)) == 1))
    return runs >= 2


def _written_across(ink: NDArray[np.uint8], x: int) -> bool:
    """Whether words stand across every place near the fold; the fold's own shadow is no word."""
    height, width = ink.shape
    reach = int(0.03 * width)
    window = ink[:, max(0, x - reach) : x + reach] > 0
    narrow = max(6, reach // 3)
    crossings = []
    for offset in range(0, max(1, window.shape[1] - narrow), max(1, narrow // 2)):
        part = window[:, offset : offset + narrow]
        if float(part.mean()) <= _SHADOW:
            crossings.append(float((part.mean(axis=1) > 0.85).sum()) / height)
    return bool(crossings) and min(crossings) > _CROSSING


def _between_frames(rules: Rules) -> int | None:
    """The middle between two frames whose columns correspond, or None."""
    height, width = rules.vertical_mask.shape
    tall = [rule.position for rule in rules.vertical if rule.length >= 0.4 * height]
    if len(tall) < 4:
        return None
    for left, right in pairwise(tall):
        place = (left + right) / 2
        if not _CENTRE[0] * width <= place <= _CENTRE[1] * width:
            continue
        before = [x for x in tall if x <= left]
        after = [x for x in tall if x >= right]
        if len(before) < 2 or len(after) < 2:
            continue
        if not _ruled_across(rules.horizontal_mask, int(place)) and _correspond(
            before, after, _SAME_OFFSET * width
        ):
            return int(place)
    return None


def _correspond(before: list[float], after: list[float], tolerance: float) -> bool:
    """Whether the columns of the two sides have the same widths, from either end."""
    from_left = [x - before[0] for x in before[1:]], [x - after[0] for x in after[1:]]
    from_right = [before[-1] - x for x in before[:-1]], [after[-1] - x for x in after[:-1]]
    for one, other in (from_left, from_right):
        matches = sum(any(abs(a - b) <= tolerance for b in other) for a in one)
        if matches >= max(1, min(len(one), len(other)) - 1):
            return True
    return False
