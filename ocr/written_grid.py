"""Tables filled in by hand on printed forms: columns from the form's rules, rows from the
baselines of the writing.

Hands overrun rules, squeeze lines between lines and hang letters into the next row, so rows are
not sought as gaps without ink.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.background import flattened
from ocr.grid import Band, Block, CutLine, Grid, GridRow, Span
from ocr.textlines import Blob, TextLine, components_of
from ocr.written_form import Form, find_form
from ocr.written_rows import Rows, find_rows

_LEAST_ROWS = 2
_FAINT = 14  # grey levels of a page of even paper (245): what is darker than its surroundings is ink
_SPECK = 0.35  # of the letter height
_BLOT = 5.0  # of the letter height
_ABOVE, _BELOW = 0.62, 0.5  # of the way to the next row: capitals rise higher than tails hang


def find_written_grid(analysis: Analysis) -> Grid | None:
    """The rows of a ruled form filled in by hand, or None where there is no such form."""
    form = find_form(analysis)
    if form is None:
        return None
    ink = _ink(analysis)
    found = find_rows(ink, form, analysis.letter_height)
    if found is None or len(found.places) < _LEAST_ROWS:
        return None
    rows = tuple(_grid_rows(found, form, ink))
    if not rows:
        return None
    above = tuple(line for line in analysis.lines if line.middle < form.body_top)
    below = tuple(line for line in analysis.lines if line.middle > form.body_bottom)
    return Grid(form.middle_spans, (Block((), rows),), True, above, below)


def _ink(analysis: Analysis) -> NDArray[np.uint8]:
    """Writing, also faint: darker than its surroundings, without rules, specks and blots; 0 or 255."""
    height = analysis.letter_height
    even = cv2.GaussianBlur(flattened(analysis.pixels, analysis.paper), (3, 3), 0)
    dark = cv2.adaptiveThreshold(
        even, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, int(2.5 * height) | 1, _FAINT
    )
    rules = cv2.dilate(
        cv2.max(analysis.rules.horizontal_mask, analysis.rules.vertical_mask), np.ones((5, 5), np.uint8)
    )
    dark[rules > 0] = 0
    found = components_of(np.asarray(dark, np.uint8))
    widths, heights, areas = found.boxes[:, 2], found.boxes[:, 3], found.boxes[:, 4]
    largest = np.maximum(widths, heights)
    keep = np.zeros(len(found.boxes) + 1, np.uint8)
    keep[1:] = np.where(
        (largest > _SPECK * height)
        & (heights < _BLOT * height)
        & ((widths < 10 * height) | (heights > 0.8 * height))
        & (areas < 0.55 * widths * heights + 0.25 * height * height),
        255,
        0,
    )
    return keep[found.labels]


def _grid_rows(found: Rows, form: Form, ink: NDArray[np.uint8]) -> Iterator[GridRow]:
    places, pitch, warp = found.places, found.pitch, found.warp
    for index, place in enumerate(places):
        above = places[index - 1] if index else place - pitch
        below = places[index + 1] if index + 1 < len(places) else place + pitch
        top = place - _ABOVE * min(place - above, pitch)
        bottom = place + _BELOW * min(below - place, pitch)
        spans = form.spans_at(place)
        left, right = spans[0].left, spans[-1].right
        at_left, at_right = warp.at(left), warp.at(right)
        band = Band(left, right, top + at_left, top + at_right, bottom + at_left, bottom + at_right)
        filled = _filled(ink, spans, band)
        if filled:
            line = TextLine([blob for blobs in filled.values() for blob in blobs])
            yield GridRow((CutLine(line, filled, spans),), band)


def _filled(text: NDArray[np.uint8], spans: Sequence[Span], band: Band) -> dict[int, list[Blob]]:
    """The ink of each column on a row, as one blob."""
    found: dict[int, list[Blob]] = {}
    for index, span in enumerate(spans):
        box = band.part(span).bounds
        part = text[max(0, box.y) : box.bottom, max(0, box.x) : box.right]
        if part.size == 0 or cv2.countNonZero(part) < 12:
            continue
        columns = np.flatnonzero(part.any(axis=0))
        lines = np.flatnonzero(part.any(axis=1))
        left, top = max(0, box.x), max(0, box.y)
        found[index] = [
            Blob(
                left + int(columns[0]),
                top + int(lines[0]),
                left + int(columns[-1]) + 1,
                top + int(lines[-1]) + 1,
            )
        ]
    return found
