"""Names of an alphabetical list read together: what each line may say, weighed by the lines around it.

A reader that takes one hand's M for a C, an R or a Ch on this line and on the next is told by ten lines
of M that this is one. Readings of neighbouring lines are weighed by whether they follow each other in the
alphabet (a hidden Markov model, forwards and backwards), and an initial that the lines around have is tried
on each line.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, Trie
from ocr.handwriting.names import split_name

_SAME_INITIAL_BACK = -2.0  # log odds against a name that stands before the one above it
_BACK = -5.0  # ... whose initial does
_NEXT_LETTER = -1.5
_UNKNOWN = -6.0  # log probability that none of a line's readings is right
_BESIDE_UNKNOWN = -1.0
_AROUND = 4  # lines above and below that are asked for their initials
_COMMON = 0.2  # share of the lines around that have an initial which is then tried
_TRIED = 5  # readings of a line on which it is tried
_COST = 1.0  # of a reading that was not proposed

Readings = Sequence[tuple[str, float]]
"""Texts of one line, best first, with log probabilities on one scale."""


def in_order(
    lines: Sequence[Readings], scores: Sequence[Scores], alphabet: Alphabet
) -> list[tuple[str, float]]:
    """The likeliest text of each line of an alphabetical list, from the top, and its probability.

    `scores` are the lines' steps x classes. A line without readings gives an empty text.
    """
    known = [list(readings) for readings in lines]
    chances = _chances(known)
    grown = [
        _with_initials(readings, scores[index], _initials(known, chances, index), alphabet)
        for index, readings in enumerate(known)
    ]
    found = []
    for readings, shares in zip(grown, _chances(grown), strict=True):
        best = int(shares[:-1].argmax()) if readings else -1
        found.append((readings[best][0], float(shares[best])) if readings else ("", 0.0))
    return found


def _with_initials(
    readings: list[tuple[str, float]], scores: Scores, initials: Sequence[str], alphabet: Alphabet
) -> list[tuple[str, float]]:
    """A line's readings, and the same with the initials of the lines around, scored on the line."""
    texts = {text for text, _ in readings}
    tried = [
        (text, value, initial + text[1:])
        for text, value in readings[:_TRIED]
        for initial in initials
        if initial + text[1:] not in texts and alphabet.covers(initial + text[1:])
    ]
    if not tried:
        return readings
    pairs = [*(text for text, _, _ in tried), *(text for _, _, text in tried)]
    values = Trie.of([alphabet.encode(text) for text in pairs]).score(scores, beam=0.0)
    added: dict[str, float] = {}
    for index, (_, value, text) in enumerate(tried):
        moved = value - float(values[index]) + float(values[len(tried) + index]) - _COST
        added[text] = max(moved, added.get(text, -np.inf))
    return [*readings, *((text, value) for text, value in added.items() if np.isfinite(value))]


def _initials(
    lines: Sequence[list[tuple[str, float]]], chances: Sequence[NDArray[np.float64]], index: int
) -> list[str]:
    """Capitals that a good share of the lines around begin with."""
    weights: dict[str, float] = defaultdict(float)
    for other in range(max(0, index - _AROUND), min(len(lines), index + _AROUND + 1)):
        for (text, _), chance in zip(lines[other], chances[other], strict=False):
            weights[_surname(text)[:1].upper()] += float(chance)
    total = sum(weights.values())
    return [letter for letter, weight in weights.items() if letter and weight >= _COMMON * total]


def _chances(lines: Sequence[list[tuple[str, float]]]) -> list[NDArray[np.float64]]:
    """Per line the probability of each of its readings, and last that of none of them."""
    own = [_shares(np.array([value for _, value in readings])) for readings in lines]
    names = [[_surname(text) for text, _ in readings] for readings in lines]
    steps = [_steps(above, below) for above, below in pairwise(names)]
    down = own[:1]
    for step, shares in zip(steps, own[1:], strict=True):
        down.append(_log_sum(down[-1][:, None] + step, 0) + shares)
    up = [np.zeros_like(own[-1])] if own else []
    for step, shares in zip(reversed(steps), reversed(own[1:]), strict=True):
        up.append(_log_sum(step + (shares + up[-1])[None, :], 1))
    together = [a + b for a, b in zip(down, reversed(up), strict=True)]
    return [np.exp(values - _log_sum(values, 0)) for values in together]


def _shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    found = values - _log_sum(values, 0) if len(values) else values
    return np.append(found, _UNKNOWN if len(values) else 0.0)


def _steps(above: Sequence[str], below: Sequence[str]) -> NDArray[np.float64]:
    """What each name costs below each other; the last ones stand for names that are not known."""
    found = np.full((len(above) + 1, len(below) + 1), _BESIDE_UNKNOWN)
    for row, first in enumerate(above):
        for column, second in enumerate(below):
            found[row, column] = _step(first, second)
    return found


def _step(first: str, second: str) -> float:
    if first == second:
        return 0.0
    if first[:1] != second[:1]:
        return _BACK if second[:1] < first[:1] else _NEXT_LETTER
    return _SAME_INITIAL_BACK if second < first else 0.0


def _surname(text: str) -> str:
    plain = unicodedata.normalize("NFD", split_name(text)[0].casefold())
    return "".join(character for character in plain if character.isalpha())


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    return np.asarray(np.logaddexp.reduce(values, axis=axis))
