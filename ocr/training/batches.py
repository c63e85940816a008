"""Endless augmented batches of nearly equal width.

Lines are drawn by source with fixed shares, changed (augment.py), padded to a
multiple of 64 columns and put with others of that width: few distinct shapes,
which matters to the CPU kernels.
"""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.lines import HEIGHT, MAX_WIDTH, padded_width
from ocr.training.augment import augment, beside
from ocr.training.data import LineSet

SHARES = {
    "synthetic": 0.15,
    "dated": 0.06,
    "penned": 0.17,
    "lectaurep": 0.31,
    "timeus": 0.06,
    "copiste": 0.09,
    "peraire": 0.05,
    "mss19": 0.05,
    "poilus": 0.05,
    "mariages": 0.05,
}
COLUMNS = 6144
LARGEST = 48
POOL = 3000


@dataclass(frozen=True, slots=True)
class Batch:
    """`pixels`: (batch, HEIGHT, width) uint8, dark on white; labels end to end."""

    pixels: NDArray[np.uint8]
    widths: NDArray[np.int64]
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]


class Batches:
    """Batches of `lines` (any sources of SHARES), from a thread of its own."""

    def __init__(self, lines: LineSet, seed: int, shares: dict[str, float] | None = None) -> None:
        self._lines = lines
        self._alphabet = Alphabet()
        self._random = np.random.default_rng(seed)
        self._by_source: dict[str, NDArray[np.int64]] = _by_source(lines)
        self._short = _short_by_page(lines)
        wanted = shares or SHARES
        self._sources = [source for source in self._by_source if source in wanted]
        total = np.array([wanted[source] for source in self._sources])
        self._shares = total / total.sum()
        self.widest = MAX_WIDTH

    def __iter__(self) -> Iterator[Batch]:
        ready: queue.Queue[Batch] = queue.Queue(maxsize=32)
        threading.Thread(target=self._fill, args=(ready,), daemon=True).start()
        while True:
            yield ready.get()

    def _fill(self, ready: queue.Queue[Batch]) -> None:
        waiting: dict[int, list[tuple[NDArray[np.uint8], list[int]]]] = defaultdict(list)
        while True:
            for _ in range(POOL):
                sample = self._sample()
                if sample is not None:
                    waiting[padded_width(sample[0].shape[1])].append(sample)
            full = []
            for width, samples in waiting.items():
                size = min(LARGEST, max(1, COLUMNS // width))
                while len(samples) >= size:
                    full.append((width, [samples.pop() for _ in range(size)]))
            self._random.shuffle(full)
            for width, samples in full:
                ready.put(pad(samples, width))

    def _sample(self) -> tuple[NDArray[np.uint8], list[int]] | None:
        source = self._sources[self._random.choice(len(self._sources), p=self._shares)]
        index = int(self._random.choice(self._by_source[source]))
        pixels, text = self._lines.line(index), self._lines.texts[index]
        mates = self._short.get(self._lines.groups[index])
        if mates is not None and pixels.shape[1] < 160 and self._random.random() < 0.5:
            others = self._random.choice(mates, int(self._random.integers(1, 4)))
            pixels = beside([pixels, *(self._lines.line(int(i)) for i in others)], self._random)
            text = " ".join([text, *(self._lines.texts[int(i)] for i in others)])
        other = self._lines.line(int(self._random.integers(len(self._lines))))
        pixels = augment(pixels, other, self._random)
        label = self._alphabet.encode(text)
        if pixels.shape[1] > self.widest or pixels.shape[1] // 4 < least_steps(label):
            return None
        return pixels, label


def least_steps(label: list[int]) -> int:
    """Steps that CTC needs: one per character, one blank between equal ones."""
    return len(label) + sum(a == b for a, b in pairwise(label))


def pad(samples: list[tuple[NDArray[np.uint8], list[int]]], width: int) -> Batch:
    pixels = np.full((len(samples), HEIGHT, width), 255, np.uint8)
    for row, (line, _) in enumerate(samples):
        pixels[row, :, : line.shape[1]] = line
    return Batch(
        pixels,
        np.array([line.shape[1] for line, _ in samples], np.int64),
        np.array([number for _, label in samples for number in label], np.int64),
        np.array([len(label) for _, label in samples], np.int64),
    )


def _by_source(lines: LineSet) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(lines.groups):
        found[group.partition("/")[0]].append(index)
    return {source: np.array(indices, np.int64) for source, indices in found.items()}


def _short_by_page(lines: LineSet) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = defaultdict(list)
    widths = lines.widths
    for index, group in enumerate(lines.groups):
        if widths[index] < 220 and not group.startswith("synthetic"):
            found[group].append(index)
    return {group: np.array(indices, np.int64) for group, indices in found.items()}
