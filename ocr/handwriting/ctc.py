"""From the network's scores per step to texts: greedy, and the probability of
given texts (beam.py searches for texts).

Scores are log probabilities, steps x classes, class 0 the blank (Graves et
al., "Connectionist Temporal Classification", ICML 2006).
"""

from __future__ import annotations

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
    sure = scores[:, 0] > _SURE_BLANK
    kept = ~sure
    kept[1:] |= sure[1:] & ~sure[:-1]
    kept[:1] = True
    return scores[kept]


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
        order = sorted(range(len(texts)), key=lambda index: tuple(texts[index]))
        nodes: list[tuple[int, int, int]] = [(0, 0, 0)]  # depth, parent, label
        path: list[int] = [0]
        previous: tuple[int, ...] = ()
        raw_ends = np.zeros(len(texts), np.int64)
        for index in order:
            text = tuple(texts[index])
            common = 0
            while common < min(len(text), len(previous)) and text[common] == previous[common]:
                common += 1
            del path[common + 1 :]
            for label in text[common:]:
                nodes.append((len(path), path[-1], label))
                path.append(len(nodes) - 1)
            raw_ends[index], previous = path[-1], text
        return cls._levelled(np.array(nodes, np.int64), raw_ends)

    @classmethod
    def _levelled(cls, nodes: NDArray[np.int64], raw_ends: NDArray[np.int64]) -> Trie:
        # Texts are sorted, so a stable sort by depth puts siblings side by side.
        order = np.argsort(nodes[:, 0], kind="stable")
        place = np.empty(len(nodes), np.int64)
        place[order] = np.arange(len(nodes))
        parents = place[nodes[order, 1]]
        counts = np.bincount(parents[1:], minlength=len(nodes))
        first = 1 + np.concatenate([[0], np.cumsum(counts)])
        return cls(parents, nodes[order, 2], first, place[raw_ends])

    def score(self, scores: Scores, beam: float = 1e-7) -> NDArray[np.float64]:
        """Log probability of every text: CTC's forward sum over the tree. In large trees, texts
        whose beginnings fall below `beam` of the best one's at some step get -inf."""
        chances = np.exp(condensed(scores).astype(np.float64))
        size = len(self.parents)
        ends_blank, ends_label = np.zeros(size), np.zeros(size)
        ends_blank[0] = 1.0
        everything = np.arange(size)
        sparse = size > _LARGE and beam > 0.0
        active = np.zeros(1, np.int64) if sparse else everything
        scale = 0.0
        for step in chances:
            reached = self._reached(active) if sparse else everything
            blank, label = self._advance(step, reached, ends_blank, ends_label)
            both = blank + label
            largest = float(both.max())
            if largest <= 0.0:
                return np.full(len(self.ends), -np.inf)
            if sparse:
                ends_blank[active] = ends_label[active] = 0.0
                kept = both > beam * largest
                active, blank, label = reached[kept], blank[kept], label[kept]
            ends_blank[active] = blank / largest
            ends_label[active] = label / largest
            scale += float(np.log(largest))
        with np.errstate(divide="ignore"):
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
    states = np.zeros(2 * len(labels) + 1, np.int64)
    states[1::2] = labels
    steps = len(scores)
    may_skip = np.zeros(len(states), np.bool_)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    emitted = scores[:, states].astype(np.float64)
    best = np.full(len(states), -np.inf)
    best[:2] = emitted[0, :2]
    came = np.zeros((steps, len(states)), np.int8)
    one, two = np.full_like(best, -np.inf), np.full_like(best, -np.inf)
    for step in range(1, steps):
        one[1:] = best[:-1]
        two[2:] = np.where(may_skip[2:], best[:-2], -np.inf)
        moved = one > best
        best = np.where(moved, one, best)
        skipped = two > best
        came[step] = np.where(skipped, 2, moved)
        best = np.where(skipped, two, best) + emitted[step]
    state = len(states) - 1 if best[-1] >= best[-2] else len(states) - 2
    if not np.isfinite(best[state]):
        raise ValueError("text longer than the line")
    path = np.empty(steps, np.int64)
    for step in range(steps - 1, -1, -1):
        path[step] = state
        state -= int(came[step, state])
    found = []
    for index in range(len(labels)):
        taken = np.flatnonzero(path == 2 * index + 1)
        found.append((int(taken[0]), int(taken[-1]) + 1))
    return found
