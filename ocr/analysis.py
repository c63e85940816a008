"""What a page looks like before anything is read: paper, ink, rules, words and lines of text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.background import paper_of
from ocr.rules import Rules, find_rules, without_rules
from ocr.textlines import Blob, TextLine, components_of, letter_height, lines_of, text_ink, words_of

_SIDE = 2200  # pixels: larger pages are analysed at a fraction of their size
_INK_SHARE = 0.45  # of the darkest ink's contrast: what counts as ink
_INK_RANGE = (20.0, 70.0)
_RULE_MARGIN = 3


@dataclass(frozen=True, slots=True)
class Analysis:
    """Findings about one deskewed page, all in pixels of a copy that is `scale` times its size."""

    scale: float
    pixels: NDArray[np.uint8]
    paper: NDArray[np.uint8]
    ink: NDArray[np.uint8]
    rules: Rules
    letter_height: float
    text: NDArray[np.uint8]
    boxes: NDArray[np.int32]
    words: tuple[Blob, ...]
    lines: tuple[TextLine, ...]

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def shrunk(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """A copy small enough to analyse fast and large enough for every mark, with its scale."""
    scale = min(1.0, _SIDE / max(pixels.shape))
    if scale == 1.0:
        return pixels, 1.0
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), scale


def ink_of(pixels: NDArray[np.uint8], paper: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where there is ink, HxW: 255 where the page is clearly darker than its paper, else 0."""
    darker = cv2.subtract(paper, pixels)
    strongest = float(np.percentile(darker[::3, ::3], 99.5))
    threshold = float(np.clip(_INK_SHARE * strongest, *_INK_RANGE))
    return np.asarray(cv2.threshold(darker, threshold, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def rough_letter_height(ink: NDArray[np.uint8]) -> float:
    """The letter height in pixels, rules still among the ink: from a copy of half the size."""
    half = cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    solid = np.where(half > 100, 255, 0).astype(np.uint8)
    return 2 * letter_height(components_of(solid).boxes)


def analyse(pixels: NDArray[np.uint8]) -> Analysis:
    """Everything about a deskewed page (HxW grey) that structure and classification need."""
    small, scale = shrunk(pixels)
    paper = paper_of(small)
    ink = ink_of(small, paper)
    rules = find_rules(ink, rough_letter_height(ink))
    ruled = cv2.dilate(
        cv2.max(rules.horizontal_mask, rules.vertical_mask), np.ones((_RULE_MARGIN, _RULE_MARGIN), np.uint8)
    )
    bare = np.where(ruled > 0, ink_of(without_rules(small, rules), paper), ink).astype(np.uint8)
    components = components_of(bare)
    height = letter_height(components.boxes)
    text = text_ink(components, height, (ink.shape[0], ink.shape[1]))
    words = words_of(text, height) if height else []
    lines = lines_of(words, height)
    return Analysis(
        scale, small, paper, ink, rules, height, text, components.boxes, tuple(words), tuple(lines)
    )
