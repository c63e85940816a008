"""The likeliest texts of many lines at once, with or without a model of letters.

Prefix beam search (Hannun et al., "First-pass large vocabulary continuous speech recognition using
bi-directional recurrent DNNs", 2014), as arrays: lines x beams. Two beams are the same text where
their hashes are; texts are read back along the steps at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.ctc import Labels, Scores, condensed
from ocr.handwriting.language import END, LanguageModel, States

_TRIED = 10  # classes a step
_WORTH_TRYING = 1e-3
_TOGETHER = 48  # lines
_MIX = np.uint64(0x9E3779B97F4A7C15)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the model of letters weighs beside the scores, and what each letter adds."""

    language: float = 0.6
    letter: float = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """A text with its log path probability by the line alone, and with all that weighs."""

    labels: Labels
    line: float
    total: float


def search(
    lines: Sequence[Scores],
    *,
    width: int = 10,
    model: LanguageModel | None = None,
    weighing: Weighing | None = None,
) -> list[list[Found]]:
    """For each line (steps x classes, log probabilities) up to `width` texts, best first."""
    short = [condensed(line) if len(line) else line for line in lines]
    order = sorted(range(len(short)), key=lambda index: len(short[index]))
    found: list[list[Found]] = [[] for _ in lines]
    for start in range(0, len(order), _TOGETHER):
        chosen = order[start : start + _TOGETHER]
        beams = _Beams(len(chosen), width, model, weighing or Weighing())
        for index, texts in zip(chosen, beams.run([short[i] for i in chosen]), strict=True):
            found[index] = texts
    return found


@dataclass(frozen=True, slots=True)
class _Grown:
    """Beams with a letter more, lines x (beams * letters): path probability, prior, state, letter."""

    chances: Floats
    prior: Floats
    state: States
    labels: NDArray[np.int64]


class _Beams:
    """The state of the search: arrays of lines x beams."""

    def __init__(self, lines: int, width: int, model: LanguageModel | None, weighing: Weighing) -> None:
        shape = (lines, width)
        self.model, self.weighing, self.width = model, weighing, width
        self.ends_blank, self.ends_label = np.zeros(shape), np.zeros(shape)
        self.ends_blank[:, 0] = 1.0
        self.prior = np.full(shape, -np.inf)
        self.prior[:, 0] = 0.0
        self.scale = np.zeros(lines)
        self.last = np.zeros(shape, np.int64)
        self.hash = np.zeros(shape, np.uint64)
        self.hash[:, 1:] = np.arange(1, width, dtype=np.uint64)  # empty beams are no one's beginning
        self.above = np.full(shape, np.iinfo(np.uint64).max, np.uint64)
        self.state = np.full(shape, model.start if model else 0, np.int32)
        self.came: list[NDArray[np.int64]] = []
        self.added: list[NDArray[np.int64]] = []

    def run(self, lines: Sequence[Scores]) -> list[list[Found]]:
        steps = max((len(line) for line in lines), default=0)
        if steps == 0:
            return [[Found((), 0.0, 0.0)] for _ in lines]
        classes = max(line.shape[1] for line in lines)
        chances = np.zeros((len(lines), steps, classes))
        chances[:, :, 0] = 1.0  # past a line's end nothing happens
        for place, line in enumerate(lines):
            chances[place, : len(line)] = np.exp(line)
        kept = min(_TRIED, classes - 1)
        tried = np.argpartition(-chances[:, :, 1:], kept - 1, axis=2)[:, :, :kept] + 1
        likely = np.take_along_axis(chances, tried, axis=2)
        order = np.argsort(-likely, axis=2)
        tried, likely = np.take_along_axis(tried, order, axis=2), np.take_along_axis(likely, order, axis=2)
        counts = (likely > _WORTH_TRYING).sum(axis=2).max(axis=0)
        for step in range(steps):
            most = int(counts[step])
            self._advance(chances[:, step], tried[:, step, :most], likely[:, step, :most])
        return self._texts()

    def _advance(self, chances: Floats, tried: NDArray[np.int64], likely: Floats) -> None:
        both = self.ends_blank + self.ends_label
        own = np.take_along_axis(chances, self.last, axis=1)
        # A beam that is another one with a letter more takes what that one gives it.
        parent = self.hash[:, None, :] == self.above[:, :, None]
        same = self.last[:, :, None] == self.last[:, None, :]
        given = np.where(same, self.ends_blank[:, None, :], both[:, None, :])
        blank = both * chances[:, :1]
        label = (self.ends_label + (parent * given).sum(axis=2)) * own
        self._keep(blank, label, self._grown(both, parent, tried, likely))

    def _grown(
        self, both: Floats, parent: NDArray[np.bool_], tried: NDArray[np.int64], likely: Floats
    ) -> _Grown:
        """Each beam with each letter more, but for those that are beams already."""
        shape = (*both.shape, tried.shape[1])
        repeated = self.last[:, :, None] == tried[:, None, :]
        chances = np.where(repeated, self.ends_blank[:, :, None], both[:, :, None]) * likely[:, None, :]
        known = (parent[:, :, :, None] & (self.last[:, :, None, None] == tried[:, None, None, :])).any(axis=1)
        chances[known | (likely < _WORTH_TRYING)[:, None, :]] = 0.0
        labels = np.broadcast_to(tried[:, None, :], shape)
        prior = np.broadcast_to(self.prior[:, :, None], shape).copy()
        state = np.zeros(shape, np.int32)
        if self.model is not None:
            places = np.nonzero(chances > 0.0)
            weight, following = self.model.after(self.state[places[0], places[1]], labels[places])
            prior[places] += self.weighing.language * weight + self.weighing.letter
            state[places] = following
        lines = len(both)
        return _Grown(
            chances.reshape(lines, -1),
            prior.reshape(lines, -1),
            state.reshape(lines, -1),
            labels.reshape(lines, -1),
        )

    def _keep(self, blank: Floats, label: Floats, grown: _Grown) -> None:
        """The best of the beams as they are and of those with a letter more."""
        lines, width = blank.shape
        with np.errstate(divide="ignore"):
            stay = np.log(blank + label) + self.prior
            more = np.log(grown.chances) + grown.prior
        best = np.argsort(-np.concatenate([stay, more], axis=1), axis=1, kind="stable")[:, :width]
        rows = np.arange(lines)[:, None]
        is_new = best >= width
        letters = grown.labels.shape[1] // width
        source = np.where(is_new, (best - width) // max(letters, 1), best)

        def chosen(new: NDArray[Any], old: NDArray[Any]) -> NDArray[Any]:
            together = np.concatenate([old, new], axis=1)
            return np.asarray(together[rows, best])

        added = chosen(grown.labels, np.zeros((lines, width), np.int64))
        new_blank = chosen(np.zeros_like(grown.chances), blank)
        new_label = chosen(grown.chances, label)
        self.prior = chosen(grown.prior, self.prior)
        self.state = chosen(grown.state, self.state)
        self.came.append(source)
        self.added.append(added)
        hashes = self.hash[rows, source]
        self.above = np.where(is_new, hashes, self.above[rows, source])
        self.hash = np.where(is_new, (hashes + added.astype(np.uint64) + np.uint64(1)) * _MIX, hashes)
        self.last = np.where(is_new, added, self.last[rows, source])
        largest = np.maximum((new_blank + new_label).max(axis=1), 1e-300)
        self.ends_blank, self.ends_label = new_blank / largest[:, None], new_label / largest[:, None]
        self.scale += np.log(largest)

    def _texts(self) -> list[list[Found]]:
        if self.model is not None:
            ends, _ = self.model.after(self.state.reshape(-1), np.full(self.state.size, END, np.int64))
            self.prior = self.prior + self.weighing.language * ends.reshape(self.state.shape)
        with np.errstate(divide="ignore"):
            line = np.log(self.ends_blank + self.ends_label) + self.scale[:, None]
        total = line + self.prior
        return [
            sorted(
                (
                    Found(self._labels(row, place), float(line[row, place]), float(total[row, place]))
                    for place in range(self.width)
                    if np.isfinite(total[row, place])
                ),
                key=lambda found: -found.total,
            )
            for row in range(len(total))
        ]

    def _labels(self, row: int, place: int) -> Labels:
        labels: list[int] = []
        for came, added in zip(reversed(self.came), reversed(self.added), strict=True):
            if added[row, place]:
                labels.append(int(added[row, place]))
            place = int(came[row, place])
        return tuple(reversed(labels))
