"""Batches of a few hundred lines of several kinds, for a run of minutes: no thread, no pool to fill first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.lines import MAX_WIDTH, padded_width
from ocr.training.augment import augment
from ocr.training.batches import Batch, least_steps, pad
from ocr.training.data import LineSet

_COLUMNS = 2560
_LARGEST = 24

_Sample = tuple[NDArray[np.uint8], list[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one kind, and their share among all that is drawn."""

    lines: LineSet
    share: float


class Mixture:
    """Draws changed copies of lines until those of one width make a batch."""

    def __init__(self, parts: Sequence[Part], random: np.random.Generator) -> None:
        self._parts = parts
        self._random = random
        shares = np.array([part.share for part in parts])
        self._shares = shares / shares.sum()
        self._alphabet = Alphabet()
        self._waiting: dict[int, list[_Sample]] = defaultdict(list)

    def batch(self) -> Batch:
        while True:
            sample = self._sample()
            if sample is None:
                continue
            width = padded_width(sample[0].shape[1])
            waiting = self._waiting[width]
            waiting.append(sample)
            if len(waiting) >= min(_LARGEST, max(1, _COLUMNS // width)):
                del self._waiting[width]
                return pad(waiting, width)

    def _sample(self) -> _Sample | None:
        part = self._parts[int(self._random.choice(len(self._parts), p=self._shares))].lines
        index = int(self._random.integers(len(part)))
        neighbour = part.line(int(self._random.integers(len(part))))
        pixels = augment(part.line(index), neighbour, self._random)
        label = self._alphabet.encode(part.texts[index])
        if pixels.shape[1] > MAX_WIDTH or pixels.shape[1] // 4 < least_steps(label):
            return None
        return pixels, label
