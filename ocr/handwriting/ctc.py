"""From the network's scores per step to texts: greedy, prefix beam, and the
probability of given texts.

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

_SURE_BLANK = -0.002
_WORTH_TRYING = -7.0


def greedy(scores: Scores) -> Labels:
    """Best class per step, repeats merged, blanks dropped."""
    best = scores.argmax(axis=1)
    kept = best[np.flatnonzero(np.diff(best, prepend=-1))]
    return tuple(int(label) for label in kept if label)


def beam(scores: Scores, width: int = 8) -> list[tuple[Labels, float]]:
    """Likely texts with the log of their summed path probability, best first
    (prefix beam search, Hannun et al. 2014)."""
    beams: dict[Labels, tuple[float, float]] = {(): (1.0, 0.0)}
    scale = 0.0
    for step in scores:
        blank = float(np.exp(step[0]))
        tried: Sequence[int] = (
            [] if step[0] > _SURE_BLANK else (np.flatnonzero(step[1:] > _WORTH_TRYING) + 1).tolist()
        )
        chances = [(int(label), float(np.exp(step[label]))) for label in tried]
        beams, largest = _advance(beams, blank, chances, width)
        scale += float(np.log(largest))
    found = [(labels, float(np.log(sum(parts))) + scale) for labels, parts in beams.items()]
    return sorted(found, key=lambda item: -item[1])


def _advance(
    beams: dict[Labels, tuple[float, float]],
    blank: float,
    chances: list[tuple[int, float]],
    width: int,
) -> tuple[dict[Labels, tuple[float, float]], float]:
    grown: dict[Labels, list[float]] = {}
    for labels, (ends_blank, ends_label) in beams.items():
        total = ends_blank + ends_label
        same = grown.setdefault(labels, [0.0, 0.0])
        same[0] += total * blank
        last = labels[-1] if labels else 0
        for label, chance in chances:
            if label == last:
                same[1] += ends_label * chance
                grown.setdefault((*labels, label), [0.0, 0.0])[1] += ends_blank * chance
            else:
                grown.setdefault((*labels, label), [0.0, 0.0])[1] += total * chance
    best = sorted(grown.items(), key=lambda item: -sum(item[1]))[:width]
    largest = sum(best[0][1]) or 1e-300
    return {labels: (b / largest, n / largest) for labels, (b, n) in best if b + n > 0.0}, largest


@dataclass(frozen=True, slots=True)
class Trie:
    """Texts as one prefix tree: node 0 is the empty text; `ends[i]` is the node
    at which text i ends. Common beginnings are scored once."""

    parents: NDArray[np.int64]
    labels: NDArray[np.int64]
    repeats: NDArray[np.bool_]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> Trie:
        parents, labels, ends = [0], [0], []
        children: dict[tuple[int, int], int] = {}
        for text in texts:
            node = 0
            for label in text:
                key = (node, label)
                following = children.get(key)
                if following is None:
                    following = len(parents)
                    children[key] = following
                    parents.append(node)
                    labels.append(label)
                node = following
            ends.append(node)
        above, own = np.array(parents, np.int64), np.array(labels, np.int64)
        repeats = (own == own[above]) & (own != 0)
        return cls(above, own, repeats, np.array(ends, np.int64))

    def score(self, scores: Scores) -> NDArray[np.float64]:
        """Log probability of every text: CTC's forward sum over the tree."""
        chances = np.exp(scores.astype(np.float64))
        emitted = chances[:, self.labels]
        emitted[:, 0] = 0.0
        size = len(self.parents)
        ends_blank, ends_label = np.zeros(size), np.zeros(size)
        ends_blank[0] = 1.0
        scale = 0.0
        for step in range(len(chances)):
            total = ends_blank + ends_label
            entering = total[self.parents]
            entering[self.repeats] = ends_blank[self.parents[self.repeats]]
            ends_label = emitted[step] * (ends_label + entering)
            ends_blank = chances[step, 0] * total
            largest = max(float(ends_blank.max()), float(ends_label.max()), 1e-300)
            ends_blank /= largest
            ends_label /= largest
            scale += float(np.log(largest))
        with np.errstate(divide="ignore"):
            return np.asarray(np.log((ends_blank + ends_label)[self.ends]) + scale)


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
    for step in range(1, steps):
        one = np.concatenate([[-np.inf], best[:-1]])
        two = np.where(may_skip, np.concatenate([[-np.inf, -np.inf], best[:-2]]), -np.inf)
        ways = np.stack([best, one, two])
        came[step] = ways.argmax(axis=0)
        best = ways.max(axis=0) + emitted[step]
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
