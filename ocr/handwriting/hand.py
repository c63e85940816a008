"""A column read as one hand: what this pen's letters look like to the reader, learnt from the column itself.

A hand that writes its 6 like a 0 does so in every row. Where knowledge says what a cell holds, the line
shows what the reader took each letter for; from all sure rows together comes how often each letter of
this hand is taken for which (a noisy channel), and each line's scores are brought back through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.closed import Ranked, share_of_best, weighed_anew
from ocr.handwriting.ctc import Scores, spans

USUAL = 4.0
"""Sightings that the reader's own opinion of a letter is worth."""
_LEAST_SHARE = 0.05
_LOWEST = 1e-9
_SURE = 0.3
_LEAST_SIGHTINGS = 8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hand:
    """`taken[c, k]`: how often the letter c is taken for k; `said` and `meant`: how often the reader says
    each letter in this column, and how often it is the one that is written."""

    taken: Floats
    said: Floats
    meant: Floats

    @classmethod
    def of(cls, sightings: Iterable[tuple[Scores, Sequence[int], float]], classes: int) -> Hand:
        """From lines (steps x classes) with the texts that they hold, and how sure these are (0..1).

        A text that is longer than its line is passed over.
        """
        seen, totals = np.zeros((classes, classes)), np.zeros(classes)
        for scores, labels, sure in sightings:
            try:
                places = spans(scores, labels)
            except ValueError:
                continue
            chances = np.exp(scores.astype(np.float64))
            chances[:, 0] = 0.0
            for label, (first, end) in zip(labels, places, strict=True):
                taken = chances[first:end].sum(axis=0)
                if taken.sum() > _LEAST_SHARE:
                    seen[label] += sure * taken / taken.sum()
                    totals += sure * taken / taken.sum()
        taken = (USUAL * np.eye(classes) + seen) / (USUAL + seen.sum(axis=1, keepdims=True))
        return cls(taken, _shares(totals), _shares(seen.sum(axis=1)))

    def read(self, scores: Scores) -> Scores:
        """The scores as they would be to who knows this hand; blanks stay as they are.

        By Bayes' rule: the chance of a letter at a step is the sum, over what it may be taken for, of how
        often that happens times the reader's chance of it, measured by how often the reader says it at all.
        """
        chances = np.exp(scores.astype(np.float64))
        letters = chances.copy()
        letters[:, 0] = 0.0
        brought = (letters / self.said) @ self.taken.T * self.meant
        brought[:, 0] = 0.0
        total = np.maximum(brought.sum(axis=1, keepdims=True), _LOWEST)
        found = brought / total * letters.sum(axis=1, keepdims=True)
        found[:, 0] = chances[:, 0]
        return np.asarray(np.log(np.maximum(found, _LOWEST)), np.float32)


def _shares(counts: Floats) -> Floats:
    return np.asarray((counts + 1.0) / (counts + 1.0).sum())


def of_one_hand(
    lines: Sequence[Scores], ranked: list[Ranked], alphabet: Alphabet, temperature: float
) -> list[Ranked]:
    """The readings of a column's lines weighed again, as what they are to who knows the hand, learnt from
    those that are sure; as they are where fewer than eight are."""
    sightings = [
        (scores, alphabet.encode(texts[0][0]), sure)
        for scores, texts in zip(lines, ranked, strict=True)
        if texts and (sure := share_of_best(texts, temperature)) >= _SURE
    ]
    if len(sightings) < _LEAST_SIGHTINGS:
        return ranked
    hand = Hand.of(sightings, alphabet.size)
    return [
        weighed_anew(texts, scores, hand.read(scores), alphabet)
        for texts, scores in zip(ranked, lines, strict=True)
    ]
