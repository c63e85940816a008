"""Ditto marks and dashes told by their shape: a line reader drops them or takes them for letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_MAX_WIDTH = 2.2  # of the writing's height
_MARK_HEIGHT = 0.62  # of the writing's height: taller ink is a letter
_STROKES = 4
# What a line reader makes of "d°" (d and a raised ring).
_DITTO_SHAPES = frozenset(
    {"d°", "ci", "di", "dl", "cl", "cl°", "do", "d'", "d’", 'd"', "d”", "d*", "d“", "dº", "a°", "c°", "à°"}
    | {"D°", "D'", 'D"', "D*", "Do", "dl°", "à", "d", "ce", "de", "dt", "d!", "d?", "q°", "4°", "u°", "o°"}
)


@dataclass(frozen=True, slots=True)
class Writing:
    """Where the writing of a row stands within its strip: from the top of capitals to the base line."""

    top: float
    base: float

    @property
    def height(self) -> float:
        return self.base - self.top


def writing_of(inks: Sequence[NDArray[np.uint8]], band: int) -> Writing:
    """Where the writing of a row stands, from the ink of its cells; `band` is their height in pixels.

    The base line is where most letters end, the top follows from the taller letters above it.
    """
    boxes = np.concatenate([_boxes(ink) for ink in inks])
    letters = boxes[boxes[:, 3] >= max(0.25 * band, 0.55 * boxes[:, 3].max())]
    if not len(letters):
        # Nothing but marks: writing usually fills the middle half of its band.
        return Writing(0.25 * band, 0.75 * band)
    base = float(np.median(letters[:, 1] + letters[:, 3]))
    return Writing(base - float(np.percentile(letters[:, 3], 75)), base)


def mark_in(ink: NDArray[np.uint8], writing: Writing) -> str | None:
    """The mark that is all that a cell holds (`"`, `-`, `,`, `.`), or None where it holds letters.

    `ink` is HxW, non-zero where there is ink, in the same rows as `writing`.
    """
    boxes = _boxes(ink)
    if not 1 <= len(boxes) <= _STROKES or writing.height <= 4:
        return None
    left = int(boxes[:, 0].min())
    right = int((boxes[:, 0] + boxes[:, 2]).max())
    top = int(boxes[:, 1].min())
    bottom = int((boxes[:, 1] + boxes[:, 3]).max())
    if right - left > _MAX_WIDTH * writing.height or bottom - top > _MARK_HEIGHT * writing.height:
        return None
    middle = ((top + bottom) / 2 - writing.top) / writing.height
    if len(boxes) == 1:
        return _single(right - left, bottom - top, middle, writing.height)
    flat = all(box[2] > 1.6 * box[3] for box in boxes)
    if flat and middle > 0.25:
        return "-" if len(boxes) == 1 else '"' if middle < 0.3 else "-"
    return '"'


def is_raised_ring(ink: NDArray[np.uint8], writing: Writing) -> bool:
    """Whether the last ink of a cell is a small ring in the upper half, as in "d°" and "N°"."""
    boxes = _boxes(ink)
    if not 2 <= len(boxes) <= 3:
        return False
    _, y, width, height = boxes[int(np.argmax(boxes[:, 0] + boxes[:, 2]))][:4]
    low = (y + height - writing.top) / writing.height
    small = height < 0.6 * writing.height and width < 0.6 * writing.height
    return bool(small and low < 0.72 and 0.5 < width / max(1, height) < 2.0)


def ditto_of(text: str, ink: NDArray[np.uint8], writing: Writing) -> str | None:
    """ "d°" where a reading of two or three letters is what readers make of that sign."""
    if text in _DITTO_SHAPES and is_raised_ring(ink, writing):
        return "D°" if text.startswith("D") else "d°"
    return None


def _single(width: int, height: int, middle: float, tall: float) -> str | None:
    if width >= 1.7 * height and 0.25 <= middle <= 0.95 and width >= 0.18 * tall:
        return "-" if middle < 0.85 else "_"
    if middle < 0.62 and height >= 0.15 * tall:
        return '"' if width > 0.6 * height else "'"
    if middle > 0.7:
        return "," if height > 0.22 * tall and height > 1.2 * width else "."
    return None


def _boxes(ink: NDArray[np.uint8]) -> NDArray[np.int32]:
    _, _, stats, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8), connectivity=8)
    return np.asarray(stats[1:], dtype=np.int32)
