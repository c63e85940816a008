"""A column of surnames as what it is: a list in order.

The next surname of an alphabetical table stands shortly behind the one above it, and often is the same
one. So the readings of a column are weighed together: each row's by its line, each step from row to row
by how far the alphabet is gone on (a chain of rows, solved by the forward-backward algorithm; Rabiner,
"A tutorial on hidden Markov models", Proc. IEEE 1989). Which order the list keeps, and how long it is,
is what makes its readings likeliest: none, letter by letter, or strict.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lexicon.fold import fold

SAME = 0.3
"""How often a row's surname is that of the row above."""
BREAK = 0.02
"""How often a row stands where it should not: an omission made good, another hand."""
LENGTHS = (30, 100, 300, 1000, 3000, 10000)
"""Rows that a strictly ordered table may have."""
_LETTERS = -1
_NONE = 0
_LETTERS_IN_USE = 12.0  # as many as there are, weighed by the surnames that begin with them
_CLEARLY = -5.0  # log odds that an order must have over none: nearly all tables keep one
_RAREST = 2e-6
_LEAST_ROWS = 6

Floats = NDArray[np.float64]
Heads = Sequence[tuple[str, float]]
"""Surnames that a row may hold, with the log weights that its line gives them."""


@dataclass(frozen=True, slots=True, eq=False)
class Alphabetical:
    """The lexicon's surnames in order: `shares` of births before each, one more at the end."""

    keys: tuple[str, ...]
    written: tuple[str, ...]
    shares: Floats

    @classmethod
    def of(cls, words: Iterable[tuple[str, float]]) -> Alphabetical:
        listed = sorted((key_of(name), name, weight) for name, weight in words)
        masses = np.exp(np.array([weight for _, _, weight in listed]))
        shares = np.concatenate([[0.0], np.cumsum(masses / masses.sum())])
        return cls(tuple(key for key, _, _ in listed), tuple(name for _, name, _ in listed), shares)

    def place(self, key: str) -> tuple[float, float]:
        """The share of births before a surname, and its own (at least that of a rare one)."""
        first, last = bisect_left(self.keys, key), bisect_right(self.keys, key)
        own = float(self.shares[last] - self.shares[first])
        return float(self.shares[first]), max(own, _RAREST)

    def between(self, first: str, last: str, most: int) -> tuple[str, ...]:
        """Surnames from one key to another, both included; none where they are more than `most`."""
        start, end = bisect_left(self.keys, first), bisect_right(self.keys, last)
        return self.written[start:end] if 0 < end - start <= most else ()


def key_of(surname: str) -> str:
    """What surnames are put in order by: folded, without spaces."""
    return fold(surname).replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's surnames as numbers: which key each has, its initial, its place in the alphabet."""

    keys: NDArray[np.int64]
    initials: NDArray[np.int64]
    before: Floats
    shares: Floats
    weights: Floats

    @property
    def likelihoods(self) -> Floats:
        """Of each surname, measured by the likeliest one."""
        return np.asarray(np.exp(self.weights - self.weights.max()))

    @classmethod
    def of(cls, heads: Heads, order: Alphabetical, numbers: dict[str, int]) -> _Row:
        keys = [key_of(head) for head, _ in heads]
        places = np.array([order.place(key) for key in keys]).reshape(-1, 2)
        return cls(
            np.array([numbers.setdefault(key, len(numbers)) for key in keys]),
            np.array([ord(key[:1] or " ") for key in keys]),
            places[:, 0],
            places[:, 1],
            np.array([weight for _, weight in heads]),
        )


def in_order(rows: Sequence[Heads], order: Alphabetical, *, assumed: bool = False) -> list[list[float]]:
    """Log probability of each surname of each row, the rows above and below taken into account.

    Rows without surnames are passed over. Where the column keeps no order that can be told, each row's
    line speaks alone, unless some order is `assumed`.
    """
    told = [index for index, heads in enumerate(rows) if heads]
    numbers: dict[str, int] = {}
    chain = [_Row.of(rows[index], order, numbers) for index in told]
    alone = [_normalised(row.weights) for row in chain]
    best = alone
    if len(chain) >= _LEAST_ROWS:
        reached = -np.inf if assumed else _likelihood(chain, _NONE) + _CLEARLY
        for regime in (_LETTERS, *LENGTHS):
            likelihood = _likelihood(chain, regime)
            if likelihood > reached:
                reached, best = likelihood, _marginals(chain, regime)
    found: list[list[float]] = [[] for _ in rows]
    for index, values in zip(told, best, strict=True):
        found[index] = values.tolist()
    return found


def _likelihood(chain: Sequence[_Row], regime: int) -> float:
    return sum(float(np.log(scale)) for _, scale in _forward(chain, regime))


def _marginals(chain: Sequence[_Row], regime: int) -> list[Floats]:
    reached = [chances for chances, _ in _forward(chain, regime)]
    backward = np.ones(len(chain[-1].keys))
    found = [reached[-1]]
    for above, row, chances in zip(chain[-2::-1], chain[:0:-1], reached[-2::-1], strict=True):
        backward = _steps(above, row, regime) @ (row.likelihoods * backward)
        backward /= backward.max()
        found.append(chances * backward)
    with np.errstate(divide="ignore"):
        return [np.log(chances / chances.sum()) for chances in reversed(found)]


def _forward(chain: Sequence[_Row], regime: int) -> list[tuple[Floats, float]]:
    """Of each row the share of each surname, given the rows above, and how likely the row is at all,
    measured by its likeliest surname."""
    first = chain[0].likelihoods
    found = [(first / first.sum(), float(first.sum()))]
    for above, row in pairwise(chain):
        reached = (found[-1][0] @ _steps(above, row, regime)) * row.likelihoods
        found.append((reached / reached.sum(), float(reached.sum())))
    return found


def _steps(above: _Row, row: _Row, regime: int) -> Floats:
    """How much likelier each surname is behind each one above than anywhere."""
    same = above.keys[:, None] == row.keys[None, :]
    if regime == _NONE:
        following = np.ones(same.shape)
    elif regime == _LETTERS:
        following = np.where(above.initials[:, None] == row.initials[None, :], _LETTERS_IN_USE, 0.0)
    else:
        gone = row.before[None, :] - above.before[:, None]
        following = np.where(gone >= 0, regime * np.exp(-regime * np.maximum(gone, 0.0)), 0.0)
    repeated = np.where(same, SAME / row.shares[None, :], 0.0)
    return np.asarray((1 - BREAK) * (repeated + (1 - SAME) * np.where(same, 0.0, following)) + BREAK)


def _normalised(weights: Floats) -> Floats:
    return np.asarray(weights - np.logaddexp.reduce(weights))
