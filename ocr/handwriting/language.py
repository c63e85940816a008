"""How likely a letter is after the letters before it: an n-gram model of what such
registers hold, for what no lexicon can say.

Interpolated absolute discounting with continuation counts below the longest
context (Kneser and Ney, "Improved backing-off for m-gram language modeling",
ICASSP 1995), in backing-off form: a table of what was seen, and for the rest a
weight and a shorter context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

END = 0
"""The class of CTC's blank stands for the end of the line."""

_MIXED = np.uint64(0x9E3779B97F4A7C15)
_CLASSES = 256

States = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """State 0 is the empty context, state `start` the beginning of a line.

    Each entry (state * 256 + class) has a log probability and the state that follows;
    what is not listed costs `weight` of its state and is asked of `shorter` of it.
    """

    entries: NDArray[np.int64]
    chances: NDArray[np.float32]
    follows: States
    shorter: States
    weights: NDArray[np.float32]
    start: int
    _slots: States

    @classmethod
    def of(
        cls,
        entries: NDArray[np.int64],
        chances: NDArray[np.float32],
        follows: States,
        *,
        shorter: States,
        weights: NDArray[np.float32],
        start: int,
    ) -> LanguageModel:
        """From entries in ascending order with their values, and states with theirs."""
        return cls(entries, chances, follows, shorter, weights, start, _table(entries))

    @classmethod
    def uniform(cls, classes: int) -> LanguageModel:
        """Knows nothing: every class is as likely as every other."""
        entries = np.arange(classes, dtype=np.int64)
        states = np.zeros(classes, np.int32)
        chances = np.full(classes, -np.log(classes), np.float32)
        return cls.of(
            entries,
            chances,
            states,
            shorter=np.zeros(1, np.int32),
            weights=np.zeros(1, np.float32),
            start=0,
        )

    @classmethod
    def load(cls, path: Path) -> LanguageModel:
        """From the file that `save` writes; raises OSError where there is none."""
        with np.load(path) as stored:
            return cls.of(
                np.cumsum(stored["steps"].astype(np.int64)),
                stored["chances"].astype(np.float32),
                stored["follows"],
                shorter=stored["shorter"],
                weights=stored["weights"].astype(np.float32),
                start=int(stored["start"]),
            )

    def save(self, path: Path) -> None:
        temporary = path.with_suffix(".part.npz")
        np.savez_compressed(
            temporary,
            steps=np.diff(self.entries, prepend=0).astype(np.uint32),
            chances=self.chances.astype(np.float16),
            follows=self.follows,
            shorter=self.shorter,
            weights=self.weights.astype(np.float16),
            start=np.int64(self.start),
        )
        temporary.replace(path)

    def after(self, states: States, classes: NDArray[np.int64]) -> tuple[NDArray[np.float32], States]:
        """Log probability of each class after its state, and the state that follows."""
        found = np.full(len(states), -20.0, np.float32)
        following = np.zeros(len(states), np.int32)
        waiting = np.arange(len(states))
        at, weight = states.astype(np.int64), np.zeros(len(states), np.float32)
        while waiting.size:
            entry = self._find(at * _CLASSES + classes[waiting])
            known = entry >= 0
            hits, where = entry[known], waiting[known]
            found[where] = self.chances[hits] + weight[known]
            following[where] = self.follows[hits]
            left = ~known & (at > 0)
            waiting, at, weight = waiting[left], at[left], weight[left]
            weight = weight + self.weights[at]
            at = self.shorter[at].astype(np.int64)
        return found, following

    def texts(self, lines: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Log probability of whole lines (classes), their ends included."""
        lengths = np.array([len(line) for line in lines])
        labels = np.full((len(lines), int(lengths.max(initial=0)) + 1), END, np.int64)
        for row, line in enumerate(lines):
            labels[row, : len(line)] = line
        totals = np.zeros(len(lines))
        states = np.full(len(lines), self.start, np.int32)
        for place in range(labels.shape[1]):
            going = np.flatnonzero(lengths >= place)
            chances, states[going] = self.after(states[going], labels[going, place])
            totals[going] += chances
        return totals

    def _find(self, wanted: NDArray[np.int64]) -> States:
        """Index of each wanted entry, -1 where it is not listed (open addressing)."""
        mask = len(self._slots) - 1
        place = _hashed(wanted, mask)
        index = self._slots[place]
        other = np.flatnonzero((index >= 0) & (self.entries[index] != wanted))
        while other.size:
            place[other] = (place[other] + 1) & mask
            index[other] = self._slots[place[other]]
            found = index[other]
            other = other[(found >= 0) & (self.entries[found] != wanted[other])]
        return index


def _hashed(keys: NDArray[np.int64], mask: int) -> NDArray[np.int64]:
    return np.asarray(((keys.astype(np.uint64) * _MIXED) >> np.uint64(32)).astype(np.int64) & mask)


def _table(entries: NDArray[np.int64]) -> States:
    size = 1 << int(2 * max(len(entries), 8)).bit_length()
    slots = np.full(size, -1, np.int32)
    waiting, place = np.arange(len(entries)), _hashed(entries, size - 1)
    while waiting.size:
        free = slots[place] < 0
        slots[place[free]] = waiting[free]  # of several, the last one stays
        left = slots[place] != waiting
        waiting, place = waiting[left], (place[left] + 1) & (size - 1)
    return slots


@cache
def language_model(path: Path) -> LanguageModel | None:
    """The model in a file, kept; None where there is no file."""
    return LanguageModel.load(path) if path.exists() else None
