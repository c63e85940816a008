"""The paper: how uneven it is, and the page as if it were even and white."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SCALE = 8
_WINDOW = 11  # of the shrunk page: 88 pixels, wider than any stroke, narrower than a gutter's shadow


def paper_of(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The grey of the paper at each pixel, HxW: what would be seen without ink.

    Closing on a shrunk copy takes away strokes, a median smooths what remains.
    """
    height, width = pixels.shape
    small = cv2.resize(
        pixels, (max(1, width // _SCALE), max(1, height // _SCALE)), interpolation=cv2.INTER_AREA
    )
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (_WINDOW, _WINDOW))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    smooth = cv2.medianBlur(closed, _WINDOW)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def unevenness(paper: NDArray[np.uint8]) -> float:
    """Spread of the paper's grey over the page, 0 to 1 (5th to 95th percentile)."""
    low, high = np.percentile(paper[::_SCALE, ::_SCALE], (5, 95))
    return float(high - low) / 255.0


def flattened(pixels: NDArray[np.uint8], paper: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page with its paper at one even light grey."""
    return np.asarray(cv2.divide(pixels, np.maximum(paper, 1), scale=245.0), dtype=np.uint8)


def contrast(pixels: NDArray[np.uint8], ink: NDArray[np.uint8], paper: NDArray[np.uint8]) -> float:
    """How much darker ink is than the paper beneath it, 0 to 1 (median over inked pixels)."""
    inked = ink > 0
    if not inked.any():
        return 0.0
    return float(np.median(paper[inked].astype(np.int16) - pixels[inked])) / 255.0


def stretched(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Faded ink made darker: the distance from white multiplied by `factor`."""
    table = np.clip(255.0 - (255.0 - np.arange(256)) * factor, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, table), dtype=np.uint8)
