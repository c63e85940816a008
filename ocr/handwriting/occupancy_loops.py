"""The loop of own_letters.py over the steps of a line: how likely each letter of its text stands at each."""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.jit import compiled

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@compiled
def occupancy(scores: Floats, labels: Numbers) -> Floats:
    """The chance (steps x classes) of each class at each step, given that the line says `labels`: CTC's
    forward times backward sums (Graves et al., ICML 2006, section 4.1). All zero where no path says it.

    `scores`: log probabilities, steps x classes.
    """
    steps, size = len(scores), 2 * len(labels) + 1
    found = np.zeros(scores.shape)
    classes = np.zeros(size, np.int64)
    classes[1::2] = labels
    chances = np.zeros((steps, size))
    for state in range(size):
        chances[:, state] = np.exp(scores[:, classes[state]])
    together = _sums(chances, classes) * _sums(chances[::-1, ::-1], classes[::-1])[::-1, ::-1]
    for step in range(steps):
        for state in range(size):
            if chances[step, state] > 0.0:  # which both sums counted
                found[step, classes[state]] += together[step, state] / chances[step, state]
        total = found[step].sum()
        if not total > 0.0:
            return np.zeros(scores.shape)
        found[step] /= total
    return found


@compiled
def _sums(chances: Floats, classes: Numbers) -> Floats:
    """The shares of the states (steps x states) among all paths from the beginning to each step."""
    steps, size = chances.shape
    sums = np.zeros((steps, size))
    for state in range(min(2, size)):
        sums[0, state] = chances[0, state]
    for step in range(1, steps):
        for state in range(size):
            value = sums[step - 1, state]
            if state > 0:
                value += sums[step - 1, state - 1]
            if state > 1 and classes[state] != 0 and classes[state] != classes[state - 2]:
                value += sums[step - 1, state - 2]
            sums[step, state] = value * chances[step, state]
        total = sums[step].sum()
        if total > 0.0:
            sums[step] /= total
    return sums
