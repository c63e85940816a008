"""How much a page is turned: the angle at which its lines of text stand out best."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

# Below this a turn costs more sharpness than it gives.
NEGLIGIBLE_DEGREES = 0.08
_LIMIT_DEGREES = 6.0
_COARSE_STEP = 0.5
_FINE_STEPS = (0.2, 0.06)
_COARSE_SIDE = 450
_FINE_SIDE = 900
_SLOPE_EVIDENCE = 1.02  # how far the best angle must stand above the usual one


def skew_of(ink: NDArray[np.uint8]) -> float:
    """Degrees by which lines climb to the right (positive) or fall; 0 where there is nothing to tell.

    `ink` is HxW, 255 where there is ink, else 0. Projection profiles: the angle that maximises the sum
    of squared differences of neighbouring row sums (Postl 1986), searched coarsely on a small copy, then
    finely on a larger one.
    """
    large = _shrunk(ink, _FINE_SIDE)
    if not large.any():
        return 0.0
    small = _shrunk(large, _COARSE_SIDE)
    angles = np.arange(-_LIMIT_DEGREES, _LIMIT_DEGREES + 1e-6, _COARSE_STEP)
    scores = [_sharpness(small, float(angle)) for angle in angles]
    best = float(angles[int(np.argmax(scores))])
    if max(scores) < _SLOPE_EVIDENCE * float(np.median(scores)):
        return 0.0
    for step in _FINE_STEPS:
        best = _peak(large, best, step)
    return round(best, 3)


def _peak(ink: NDArray[np.uint8], centre: float, step: float) -> float:
    """The best of five angles around `centre`, refined by the parabola through it."""
    offsets = [centre + step * k for k in (-2, -1, 0, 1, 2)]
    scores = [_sharpness(ink, angle) for angle in offsets]
    at = int(np.argmax(scores))
    if not 0 < at < len(offsets) - 1:
        return offsets[at]
    left, middle, right = scores[at - 1 : at + 2]
    bend = left - 2 * middle + right
    return offsets[at] + (0.5 * step * (left - right) / bend if bend < 0 else 0.0)


def _sharpness(ink: NDArray[np.uint8], degrees: float) -> float:
    """Sum of squared differences of row sums after shearing by an angle."""
    height, width = ink.shape
    slope = float(np.tan(np.radians(degrees)))
    # Text that climbs must be sheared down again: y' = y + slope * (x - width / 2).
    matrix = np.array([[1.0, 0.0, 0.0], [slope, 1.0, -slope * width / 2]], dtype=np.float32)
    sheared = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
    profile = cv2.reduce(sheared, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F)[:, 0]
    return float(np.square(np.diff(profile)).sum())


def _shrunk(ink: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    scale = side / max(ink.shape)
    if scale >= 1:
        return ink
    shrunk = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, dtype=np.uint8)
