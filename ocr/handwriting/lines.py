"""From the crop of a written line to what the network sees."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT = 48
MAX_WIDTH = 1408
WIDTH_STEP = 64

Pixels = NDArray[np.uint8]

_NOISE = 10
_MIN_CONTRAST = 60.0


def flatten(pixels: Pixels) -> Pixels:
    """Dark ink on even white: background divided out, contrast stretched."""
    height = pixels.shape[0]
    if pixels.shape[1] == 0 or height == 0:
        return np.full((1, 1), 255, np.uint8)
    size = max(5, height // 2) | 1
    background = cv2.morphologyEx(
        pixels, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (size, size))
    )
    background = cv2.blur(background, (size, size))
    ink = cv2.subtract(cv2.max(background, pixels), pixels)
    ink = cv2.subtract(ink, np.full_like(ink, _NOISE))
    strongest = float(np.percentile(ink, 99.5))
    gain = 235.0 / max(strongest, _MIN_CONTRAST)
    return np.asarray(cv2.bitwise_not(cv2.convertScaleAbs(ink, alpha=gain)), np.uint8)


def tighten(pixels: Pixels, least: float = 0.5) -> Pixels:
    """Cut empty bands above and below; at least `least` of the height stays."""
    height = pixels.shape[0]
    ink = 255 - pixels.astype(np.float32)
    columns = (ink > 96).mean(axis=0)
    ink[:, columns > 0.75] = 0  # remains of vertical rules tell nothing of the height
    profile = ink.sum(axis=1)
    total = float(profile.sum())
    if total < 255.0:
        return pixels
    reached = np.cumsum(profile) / total
    top = int(np.searchsorted(reached, 0.004))
    bottom = int(np.searchsorted(reached, 0.996)) + 1
    margin = max(1, round(0.06 * (bottom - top)))
    top, bottom = max(0, top - margin), min(height, bottom + margin)
    missing = int(least * height) - (bottom - top)
    if missing > 0:
        top = max(0, min(top - missing // 2, height - int(least * height)))
        bottom = min(height, top + int(least * height))
    return pixels[top:bottom]


def prepare(pixels: Pixels) -> Pixels:
    """Grey line crop of any size to HEIGHT x width (at most MAX_WIDTH), uint8,
    dark ink on white, scale kept unless the line is too long.
    """
    line = tighten(flatten(pixels))
    scale = HEIGHT / line.shape[0]
    width = int(np.clip(round(line.shape[1] * scale), 8, MAX_WIDTH))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, (width, HEIGHT), interpolation=method), np.uint8)


def padded_width(width: int) -> int:
    return -(-max(width, 1) // WIDTH_STEP) * WIDTH_STEP
