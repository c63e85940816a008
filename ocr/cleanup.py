"""What a page needs before it is read, and nothing more: steps in order, each with its measure.

Clean pages stay as they are: cleaning them makes their reading worse (0.960 to 0.947 of fields), and
binarising any page before a recurrent reader does so by far (numbers.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.background import contrast, flattened, paper_of, stretched, unevenness
from ocr.rules import erased
from registers.document import Step

_UNEVEN = 0.08  # spread of the paper's grey from which it is flattened
_FAINT = 0.42  # contrast of the ink below which it is darkened
_FULL_CONTRAST = 0.65
_MAX_STRETCH = 2.6
_SPECKLED = 0.35  # specks per letter from which they are taken away
_SPECK = 0.3  # of the letter height, both ways
_NEAR = 0.45  # of the letter height: specks nearer to letters are accents and full stops
_SOFTEN = 0.7  # pixels (sigma): a slight blur steadies the reader on grain


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page ready for reading, and the steps it went through."""

    pixels: NDArray[np.uint8]
    steps: tuple[Step, ...]


def clean(pixels: NDArray[np.uint8], analysis: Analysis) -> Cleaned:
    """The deskewed page (HxW grey) as the reader should get it."""
    steps: list[Step] = []
    uneven = unevenness(analysis.paper)
    faint = contrast(analysis.pixels, analysis.text, analysis.paper)
    specks = speckle(analysis)
    if uneven >= _UNEVEN or (0 < faint < _FAINT):
        pixels = flattened(pixels, paper_of(pixels))
        steps.append(Step("background", round(uneven, 3)))
    if 0 < faint < _FAINT:
        pixels = stretched(pixels, min(_MAX_STRETCH, _FULL_CONTRAST / faint))
        steps.append(Step("contrast", round(faint, 3)))
    if specks >= _SPECKLED:
        pixels = _without_specks(pixels, analysis)
        steps.append(Step("specks", round(specks, 3)))
    if analysis.rules.horizontal or analysis.rules.vertical:
        pixels = erased(pixels, analysis.rules, analysis.scale)
        count = len(analysis.rules.horizontal) + len(analysis.rules.vertical)
        steps.append(Step("rules", float(count)))
    return Cleaned(pixels, tuple(steps))


def speckle(analysis: Analysis) -> float:
    """Specks of dirt per letter."""
    height, boxes = analysis.letter_height, analysis.boxes
    if height <= 0 or not len(boxes):
        return 0.0
    largest = np.maximum(boxes[:, 2], boxes[:, 3])
    letters = int(((boxes[:, 3] > 0.5 * height) & (boxes[:, 3] < 4 * height)).sum())
    return float((largest < _SPECK * height).sum()) / max(1, letters)


def _without_specks(pixels: NDArray[np.uint8], analysis: Analysis) -> NDArray[np.uint8]:
    """Specks that stand apart from letters painted over with the paper around them, then softened."""
    height = analysis.letter_height / analysis.scale
    paper = paper_of(pixels)
    reach = max(3, int(_NEAR * height)) | 1
    near = cv2.dilate(analysis.text, np.ones((reach, reach), np.uint8))
    near = cv2.resize(near, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
    lifted = np.where(near > 0, pixels, paper).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(lifted, (0, 0), _SOFTEN), dtype=np.uint8)
