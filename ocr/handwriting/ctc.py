"""From the network's scores per step to texts: greedy, and the probability of
given texts (beam.py searches for texts).

Scores are log probabilities, steps x classes, class 0 the blank (Graves et
al., "Connectionist Temporal Classification", ICML 2006).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Labels = tuple[int, ...]

_SURE_BLANK = -0.001
_LARGE = 6000


def condensed(scores: Scores) -> Scores:
    """The scores without all but one of each run of steps that are surely blank."""
    return scores[_telling(scores)]


def _telling(scores: Scores) -> NDArray[np.bool_]:
    sure = scores[:, 0] > _SURE_BLANK
    kept = ~sure
    kept[1:] |= sure[1:] & ~sure[:-1]
    kept[:1] = True
    return np.asarray(kept)


def greedy(scores: Scores) -> Labels:
    """Best class per step, repeats merged, blanks dropped."""
    best = scores.argmax(axis=1)
    kept = best[np.flatnonzero(np.diff(best, prepend=-1))]
    return tuple(int(label) for label in kept if label)


@dataclass(frozen=True, slots=True)
class Trie:
    """Texts as one prefix tree, nodes level by level: node 0 is the empty text, the
    children of a node follow each other, `ends[i]` is the node at which text i ends.
    Common beginnings are scored once."""

    parents: NDArray[np.int64]
    labels: NDArray[np.int64]
    first_child: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> Trie:
        """The tree of texts of labels in 1..255; the same text may come twice."""
        lengths = np.array([len(text) for text in texts], np.int64)
        longest = max(1, int(lengths.max(initial=0)))
        spelt = np.array([bytes(text) for text in texts], dtype=f"S{longest}")
        order = np.argsort(spelt, kind="stable")
        letters = spelt[order].view(np.uint8).reshape(len(texts), longest)
        lengths = lengths[order]
        parents, labels, counts = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)], 1
        node, ends = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
        differs = np.zeros(len(texts), np.bool_)
        differs[:1] = True
        for level in range(longest):
            differs[1:] |= letters[1:, level] != letters[:-1, level]
            long = lengths > level
            begins = np.flatnonzero(long & differs)
            if begins.size == 0:
                break
            parents.append(node[begins])
            labels.append(letters[begins, level].astype(np.int64))
            node = np.where(long, np.cumsum(long & differs) - 1 + counts, node)
            ends[lengths == level + 1] = node[lengths == level + 1]
            counts += len(begins)
        above = np.concatenate(parents)
        children = np.bincount(above[1:], minlength=counts)
        first = 1 + np.concatenate([[0], np.cumsum(children)])
        return cls(above, np.concatenate(labels), first, ends[np.argsort(order)])

    def score(self, scores: Scores, beam: float = 1e-7) -> NDArray[np.float64]:
        """Log probability of every text: CTC's forward sum over the tree. In large trees, texts
        whose beginnings fall below `beam` of the best one's at some step get -inf."""
        chances = np.exp(condensed(scores).astype(np.float64))
        with np.errstate(divide="ignore"):
            if len(self.parents) > _LARGE and beam > 0.0:
                return self._sparse(chances, beam)
            return self._dense(chances)

    def _dense(self, chances: NDArray[np.float64]) -> NDArray[np.float64]:
        blank, label = np.zeros(len(self.parents)), np.zeros(len(self.parents))
        blank[0], scale = 1.0, 0.0
        differs = (self.labels != self.labels[self.parents]).astype(np.float64)
        emitted = chances[:, self.labels]
        emitted[:, 0] = 0.0  # the root emits nothing
        for step, blanks in zip(emitted, chances[:, 0], strict=True):
            entering = blank[self.parents] + label[self.parents] * differs
            blank = blanks * (blank + label)
            label = step * (label + entering)
            largest = float(max(blank.max(), label.max()))
            if largest <= 0.0:
                return np.full(len(self.ends), -np.inf)
            blank /= largest
            label /= largest
            scale += math.log(largest)
        return np.asarray(np.log((blank + label)[self.ends]) + scale)

    def _sparse(self, chances: NDArray[np.float64], beam: float) -> NDArray[np.float64]:
        size = len(self.parents)
        ends_blank, ends_label = np.zeros(size), np.zeros(size)
        ends_blank[0], scale = 1.0, 0.0
        active = np.zeros(1, np.int64)
        for step in chances:
            reached = self._reached(active)
            blank, label = self._advance(step, reached, ends_blank, ends_label)
            both = blank + label
            largest = float(both.max())
            if largest <= 0.0:
                return np.full(len(self.ends), -np.inf)
            ends_blank[active] = ends_label[active] = 0.0
            kept = both > beam * largest
            active = reached[kept]
            ends_blank[active] = blank[kept] / largest
            ends_label[active] = label[kept] / largest
            scale += math.log(largest)
        return np.asarray(np.log((ends_blank + ends_label)[self.ends]) + scale)

    def _advance(
        self,
        step: NDArray[np.float64],
        reached: NDArray[np.int64],
        ends_blank: NDArray[np.float64],
        ends_label: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        labels, above = self.labels[reached], self.parents[reached]
        entering = ends_blank[above] + ends_label[above] * (labels != self.labels[above])
        own = ends_label[reached]
        emitted = step[labels]
        emitted[0] = 0.0  # the root, always first, emits nothing
        return step[0] * (ends_blank[reached] + own), emitted * (own + entering)

    def _reached(self, active: NDArray[np.int64]) -> NDArray[np.int64]:
        marked = np.zeros(len(self.parents), np.bool_)
        marked[active] = marked[self._children(active)] = marked[0] = True
        return np.flatnonzero(marked)

    def _children(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        starts, counts = self.first_child[nodes], self.first_child[nodes + 1] - self.first_child[nodes]
        offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        return np.asarray(offsets + np.arange(int(counts.sum())))


def spans(scores: Scores, labels: Sequence[int]) -> list[tuple[int, int]]:
    """Steps (first, end) that each label of a text takes on its best path.

    Raises ValueError where the text has more labels than there are steps.
    """
    if not labels:
        return []
    kept = np.flatnonzero(_telling(scores))
    path = _best_path(scores[kept], labels)
    if path is None:
        kept = np.arange(len(scores))
        path = _best_path(scores, labels)
    if path is None:
        raise ValueError("text longer than the line")
    own = 2 * np.arange(len(labels)) + 1
    first, last = np.searchsorted(path, own), np.searchsorted(path, own, side="right") - 1
    return list(zip(kept[first].tolist(), (kept[last] + 1).tolist(), strict=True))


def _best_path(scores: Scores, labels: Sequence[int]) -> NDArray[np.int64] | None:
    """The state at each step, never falling: label i is state 2 i + 1, the even ones are blanks; None where
    no path reaches the end."""
    states = np.zeros(2 * len(labels) + 1, np.int64)
    states[1::2] = labels
    barred = np.full(len(states), -np.inf)  # added where a blank is skipped: 0 between labels that differ
    barred[3::2][states[3::2] != states[1:-2:2]] = 0.0
    best = scores[:, states].astype(np.float64)
    best[:1, 2:] = -np.inf
    for step in range(1, len(best)):
        before = best[step - 1]
        came = before.copy()
        np.maximum(before[1:], before[:-1], out=came[1:])
        np.maximum(came[2:], before[:-2] + barred[2:], out=came[2:])
        best[step] += came
    if len(best) == 0 or not np.isfinite(best[-1, -2:].max()):
        return None
    state = len(states) - 1 - int(best[-1, -1] < best[-1, -2])
    path = np.empty(len(scores), np.int64)
    for step in range(len(scores) - 1, -1, -1):
        path[step] = state
        before = best[step - 1]
        ways = [before[state - back] for back in range(min(state, 2) + 1)]
        if len(ways) == 3:
            ways[2] += barred[state]
        state -= max(range(len(ways)), key=ways.__getitem__)
    return path
