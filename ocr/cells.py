"""Cells cut out of a scan once more, as they were cut out to be read."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.crops import crop_line
from ocr.intake import load_pixels
from registers.document import Scan
from registers.geometry import Quad
from registers.settings import ReadSettings


def cut_lines(scan: Scan, quads: Sequence[Quad], settings: ReadSettings) -> list[NDArray[np.uint8] | None]:
    """The writing in quads of the scan's pixels, one line each, dark on white; None where there is none.

    Raises the ScanError family for a scan that can't be opened any more.
    """
    pixels = load_pixels(scan, settings)
    grey = (
        pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    )
    return [crop_line(grey, quad) for quad in quads]
