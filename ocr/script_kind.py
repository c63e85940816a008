"""Print and type, or handwriting: told from the shapes of the ink, before anything is read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LETTERS = (0.4, 5.0)  # of the letter height: what may be a letter or a connected word
_WIDE = 2.2  # of the letter height: wider ink is several letters joined
_MAX_WIDTH = 40.0
_FEW = 40
SURELY_PRINT = 0.36
SURELY_HANDWRITING = 0.6


def handwriting_measure(boxes: NDArray[np.int32], letter_height: float, least: int = _FEW) -> float:
    """How unlike type the ink is: about 0.15 to 0.3 for type and print, 0.6 and more for handwriting.

    `boxes` are connected components (x, y, width, height, area). Letters of type come in two or three
    heights and stand apart; handwriting varies in height and joins its letters. The measure is the
    coefficient of variation of heights plus the share of ink in joined letters. 0 where there are
    fewer letters than `least`: too little ink to tell.
    """
    if letter_height <= 0 or not len(boxes):
        return 0.0
    heights, widths, areas = boxes[:, 3], boxes[:, 2], boxes[:, 4]
    letters = (
        (heights > _LETTERS[0] * letter_height)
        & (heights < _LETTERS[1] * letter_height)
        & (widths < _MAX_WIDTH * letter_height)
    )
    if int(letters.sum()) < least:
        return 0.0
    chosen = heights[letters].astype(np.float64)
    variation = float(chosen.std() / chosen.mean())
    joined = float(areas[letters & (widths > _WIDE * letter_height)].sum() / areas[letters].sum())
    return round(variation + joined, 3)
