"""A list of names as a prefix tree, kept as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet, normalise

Weighted = Sequence[tuple[str, float]]
"""Names with log weights."""


@dataclass(frozen=True, slots=True)
class NameTree:
    """A prefix tree, nodes level by level without the root: the class that leads to a node, its
    parent (-1: the root), its mass and how much of it ends there."""

    labels: NDArray[np.int64]
    parents: NDArray[np.int64]
    masses: NDArray[np.float64]
    ending: NDArray[np.float64]


def tree_of(names: Weighted, alphabet: Alphabet) -> NameTree:
    """The tree of the names that the alphabet can write."""
    texts, weights = [], []
    for name, weight in names:
        try:
            text = bytes(alphabet.encode(normalise(name)))
        except ValueError:
            continue
        if text:
            texts.append(text)
            weights.append(weight)
    longest = max(map(len, texts))
    spelt = np.array(texts, dtype=f"S{longest}")
    order = np.argsort(spelt, kind="stable")
    letters = spelt[order].view(np.uint8).reshape(len(texts), longest)
    masses = np.exp(np.array(weights)[order])
    lengths = np.array([len(text) for text in texts])[order]
    return _levelled(letters, masses, lengths)


def _levelled(
    letters: NDArray[np.uint8], masses: NDArray[np.float64], lengths: NDArray[np.int64]
) -> NameTree:
    """The tree of sorted texts: at each level one node for every distinct beginning."""
    labels, parents, totals, ending = [], [], [], []
    differs = np.zeros(len(letters), np.bool_)
    differs[0] = True
    node_of = np.full(len(letters), -1, np.int64)
    count = 0
    for level in range(letters.shape[1]):
        differs[1:] |= letters[1:, level] != letters[:-1, level]
        long = lengths > level
        begins = np.flatnonzero(long & differs)
        if begins.size == 0:
            break
        rank = np.cumsum(long & differs) - 1
        labels.append(letters[begins, level].astype(np.int64))
        parents.append(node_of[begins])
        own = rank[long]
        totals.append(np.bincount(own, masses[long], minlength=len(begins)))
        last = long & (lengths == level + 1)
        ending.append(np.bincount(rank[last], masses[last], minlength=len(begins)))
        node_of = np.where(long, rank + count, node_of)
        count += len(begins)
    return NameTree(*(np.concatenate(part) for part in (labels, parents, totals, ending)))
