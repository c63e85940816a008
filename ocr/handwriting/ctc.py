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
    return scores[telling(scores)]


def telling(scores: Scores) -> NDArray[np.bool_]:
    """Which steps tell something: all that are not surely blank, and one of each run of those that are."""
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
        from ocr.handwriting import ctc_loops  # loads Numba: pages of print do without

        letters, lengths = as_rows(texts)
        order = np.argsort(letters.view(f"S{letters.shape[1]}").ravel(), kind="stable")
        parents, labels, first_child, ends = ctc_loops.tree(letters[order], lengths[order])
        return cls(parents, labels, first_child, ends[np.argsort(order)])

    def score(self, scores: Scores, beam: float = 1e-7) -> NDArray[np.float64]:
        """Log probability of every text: CTC's forward sum over the tree. In large trees, texts
        whose beginnings fall below `beam` of the best one's at some step get -inf."""
        from ocr.handwriting import ctc_loops

        chances = np.exp(condensed(scores).astype(np.float64))
        least = beam if len(self.parents) > _LARGE else 0.0
        sums = ctc_loops.forward_sums(chances, self.parents, self.labels, self.first_child, least)
        return np.asarray(sums[self.ends])


def as_rows(texts: Sequence[Sequence[int]]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts of labels in 1..255 as rows, zeros behind them, at least one column; and their lengths."""
    lengths = np.array([len(text) for text in texts], np.int64)
    longest = max(1, int(lengths.max(initial=0)))
    spelt = np.array([bytes(text) for text in texts], dtype=f"S{longest}")
    return spelt.view(np.uint8).reshape(len(texts), longest), lengths


def spans(scores: Scores, labels: Sequence[int]) -> list[tuple[int, int]]:
    """Steps (first, end) that each label of a text takes on its best path.

    Raises ValueError where the text has more labels than there are steps.
    """
    if not labels:
        return []
    from ocr.handwriting import ctc_loops

    kept, wanted = np.flatnonzero(telling(scores)), np.array(labels, np.int64)
    path = ctc_loops.best_path(scores[kept], wanted)
    if not len(path):
        kept = np.arange(len(scores))
        path = ctc_loops.best_path(scores, wanted)
    if not len(path):
        raise ValueError("text longer than the line")
    own = 2 * np.arange(len(labels)) + 1
    first, last = np.searchsorted(path, own), np.searchsorted(path, own, side="right") - 1
    return list(zip(kept[first].tolist(), (kept[last] + 1).tolist(), strict=True))
