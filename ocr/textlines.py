"""Ink gathered to words, and words to lines of text, before anything is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

_WORD_GAP = 0.42  # of the letter height: a wider gap ends a word
_MARK_HEIGHT = 0.55  # of the letter height: lower ink is a mark (ditto, dash, full stop)
_TALL = 3.0  # of the letter height: taller ink is two lines that touch
_SAME_LINE = 0.62  # of the letter height: words whose middles differ by more stand on two lines
_STRAY = 0.9  # of the letter height
_TOUCHING = 0.2  # of the letter height: a mark that near to a line's ink belongs to it
_BESIDE = 3  # so many neighbours say where a line runs
_SPECK = 0.22  # of the letter height, both ways: smaller ink is dirt


@dataclass(frozen=True, slots=True)
class Blob:
    """A word or mark: where its ink is, in page pixels (right and bottom exclusive)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class TextLine:
    """Words that stand on one line across the page, left to right; grows while lines are gathered."""

    blobs: list[Blob] = field(default_factory=list)

    @property
    def left(self) -> int:
        return min(blob.left for blob in self.blobs)

    @property
    def right(self) -> int:
        return max(blob.right for blob in self.blobs)

    @property
    def top(self) -> int:
        return min(blob.top for blob in self.blobs)

    @property
    def bottom(self) -> int:
        return max(blob.bottom for blob in self.blobs)

    @property
    def middle(self) -> float:
        """Mean height of the words, the wider the more."""
        weights = [blob.width * blob.height for blob in self.blobs]
        total = sum(blob.middle * weight for blob, weight in zip(self.blobs, weights, strict=True))
        return total / max(1, sum(weights))

    def nearest(self, x: int) -> list[Blob]:
        """The few words of the line that stand nearest to a place along it."""
        return sorted(self.blobs, key=lambda blob: abs(blob.left - x))[:_BESIDE]


@dataclass(frozen=True, slots=True)
class Components:
    """Connected ink: boxes (x, y, width, height, area as columns) and the labels of the pixels."""

    boxes: NDArray[np.int32]
    labels: NDArray[np.int32]


def components_of(ink: NDArray[np.uint8]) -> Components:
    """Connected components of ink, HxW, 255 where there is ink; row 0 is the first component."""
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(ink, 8, cv2.CV_32S, cv2.CCL_SPAGHETTI)
    return Components(np.asarray(stats[1:], dtype=np.int32), np.asarray(labels, dtype=np.int32))


def letter_height(boxes: NDArray[np.int32]) -> float:
    """Typical height of letters in pixels: the median over ink, so that dirt does not count; 0 if none."""
    heights, areas, widths = boxes[:, 3], boxes[:, 4], boxes[:, 2]
    fits = (heights >= 7) & (heights <= 160) & (widths <= 20 * heights) & (areas >= 12)
    if not fits.any():
        return 0.0
    order = np.argsort(heights[fits], kind="stable")
    weights = np.cumsum(areas[fits][order])
    return float(heights[fits][order][int(np.searchsorted(weights, weights[-1] / 2))])


def text_ink(components: Components, height: float, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """The ink that may be writing: dirt, blots and borders left out; HxW, 255 where there is ink."""
    boxes = components.boxes
    keep = np.zeros(len(boxes) + 1, dtype=np.uint8)
    if len(boxes) and height > 0:
        width_ok = boxes[:, 2] <= shape[1] * 0.5
        height_ok = boxes[:, 3] <= 6 * height
        speck = height * _SPECK
        size_ok = (np.maximum(boxes[:, 2], boxes[:, 3]) > max(2.0, speck)) & (
            boxes[:, 4] >= max(4.0, speck**2)
        )
        keep[1:] = np.where(width_ok & height_ok & size_ok, 255, 0)
    return keep[components.labels]


def words_of(ink: NDArray[np.uint8], height: float) -> list[Blob]:
    """Words and marks: ink whose gaps are narrower than a space; `height` is the letter height."""
    reach = max(3, int(height * _WORD_GAP))
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (reach | 1, max(3, int(height * 0.14)) | 1))
    joined = cv2.dilate(ink, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        joined, 8, cv2.CV_32S, cv2.CCL_SPAGHETTI
    )
    pad_x, pad_y = kernel.shape[1] // 2, kernel.shape[0] // 2
    words: list[Blob] = []
    for index in range(1, len(stats)):
        x, y, width, tall, _ = (int(value) for value in stats[index])
        blob = Blob(x + pad_x, y + pad_y, x + width - pad_x, y + tall - pad_y)
        if blob.width < 2 or blob.height < 2:
            continue
        if blob.height > _TALL * height and blob.width > height:
            words.extend(_split_tall(ink, np.asarray(labels, dtype=np.int32), index, blob, height))
        else:
            words.append(blob)
    return words


def _split_tall(
    ink: NDArray[np.uint8], labels: NDArray[np.int32], index: int, blob: Blob, height: float
) -> list[Blob]:
    """Words of lines that touch, cut apart where the ink is thinnest."""
    part = (labels[blob.top : blob.bottom, blob.left : blob.right] == index) & (
        ink[blob.top : blob.bottom, blob.left : blob.right] > 0
    )
    profile = part.sum(axis=1).astype(np.float64)
    count = max(2, round(blob.height / (1.5 * height)))
    cuts = [0]
    for number in range(1, count):
        centre = blob.height * number / count
        low, high = int(centre - 0.4 * height), int(centre + 0.4 * height) + 1
        low, high = max(low, cuts[-1] + 2), min(high, blob.height - 1)
        if low < high:
            cuts.append(low + int(np.argmin(profile[low:high])))
    cuts.append(blob.height)
    pieces = []
    for top, bottom in pairwise(cuts):
        columns = np.nonzero(part[top:bottom].any(axis=0))[0]
        rows = np.nonzero(part[top:bottom].any(axis=1))[0]
        if len(columns) and len(rows):
            pieces.append(
                Blob(
                    blob.left + int(columns[0]),
                    blob.top + top + int(rows[0]),
                    blob.left + int(columns[-1]) + 1,
                    blob.top + top + int(rows[-1]) + 1,
                )
            )
    return pieces


def lines_of(words: list[Blob], height: float) -> list[TextLine]:
    """Words gathered to lines across the page, top to bottom; lines may drift with the paper's warp."""
    full = [word for word in words if word.height >= _MARK_HEIGHT * height]
    marks = [word for word in words if word.height < _MARK_HEIGHT * height]
    lines = _gathered(full, height)
    # A large comma below its line looks like a word of its own.
    strays = [line for line in lines if len(line.blobs) == 1 and line.bottom - line.top < _STRAY * height]
    lines = [line for line in lines if line not in strays]
    lines = _with_marks(marks + [line.blobs[0] for line in strays], lines, height)
    for line in lines:
        line.blobs.sort(key=lambda blob: blob.left)
    return sorted(lines, key=lambda line: line.middle)


def _gathered(words: list[Blob], height: float) -> list[TextLine]:
    """Each word put to the line whose last words stand at its height, else on a line of its own."""
    lines: list[TextLine] = []
    for word in sorted(words, key=lambda blob: blob.left):
        best, best_distance = None, _SAME_LINE * height
        for line in lines:
            beside = line.blobs[-_BESIDE:]
            distance = abs(sum(blob.middle for blob in beside) / len(beside) - word.middle)
            if distance < best_distance:
                best, best_distance = line, distance
        if best is None:
            lines.append(TextLine([word]))
        else:
            best.blobs.append(word)
    return lines


def _with_marks(marks: list[Blob], lines: list[TextLine], height: float) -> list[TextLine]:
    """Dittos, accents and stops put to the line that they touch or nearly touch; others stand alone."""
    lone: list[Blob] = []
    found: list[tuple[TextLine, Blob]] = []
    for mark in marks:
        best, best_distance = None, height
        for line in lines:
            beside = line.nearest(mark.left)
            top, bottom = min(b.top for b in beside), max(b.bottom for b in beside)
            apart = max(mark.top - bottom, top - mark.bottom)
            middle = sum(blob.middle for blob in beside) / len(beside)
            if apart < _TOUCHING * height and abs(middle - mark.middle) < best_distance:
                best, best_distance = line, abs(middle - mark.middle)
        if best is None:
            lone.append(mark)
        else:
            found.append((best, mark))
    for line, mark in found:
        line.blobs.append(mark)
    return lines + _gathered(lone, height)
