"""Scores made up for the tests of what is done with scores."""

from itertools import groupby, product

import numpy as np

from ocr.handwriting.ctc import Labels, Scores


def random_scores(seed: int, steps: int, classes: int) -> Scores:
    values = np.random.default_rng(seed).normal(0, 2, (steps, classes))
    return (values - np.logaddexp.reduce(values, axis=1, keepdims=True)).astype(np.float32)


def all_texts(scores: Scores) -> dict[Labels, float]:
    """Probability of every text by trying every path."""
    found: dict[Labels, float] = {}
    for path in product(range(scores.shape[1]), repeat=len(scores)):
        text = tuple(label for label, _ in groupby(path) if label)
        chance = float(np.exp(sum(scores[step, label] for step, label in enumerate(path))))
        found[text] = found.get(text, 0.0) + chance
    return found
