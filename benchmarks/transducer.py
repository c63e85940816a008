"""Learns how likely letters become others from pairs of written and read names, by expectation maximisation.

A stochastic transducer (Ristad and Yianilos 1998): a name becomes another letter by letter, or by pairs of
letters, and every way to do so adds to the likelihood. Each round counts every change as often as it is
expected to have happened, and leans on a broader table where little was seen (a Dirichlet prior).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lexicon.misreadings import LETTERS
from lexicon.readings import ARBITRARY

Change = tuple[str, str]
Likelihoods = Mapping[Change, float]
_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2))
_UNFORESEEN_PAIR = 3e-6
"""That one letter becomes two, or two one, where nothing speaks for it. Two never become two unforeseen."""
_LEAST_COUNT = 0.02


@dataclass(frozen=True, slots=True)
class Tables:
    """How likely changes are at the head of a name, and within."""

    head: Likelihoods
    within: Likelihoods


@dataclass(frozen=True, slots=True)
class Leaning:
    """How many observations the broader table counts for: letters, pairs of letters, the head of a name."""

    letters: float
    pairs: float
    head: float = 10


@dataclass(slots=True)
class _Counts:
    """Changes from written to read letters, and how often the written ones were seen."""

    changes: defaultdict[Change, float] = field(default_factory=lambda: defaultdict(float))
    seen: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def likelihoods(self, broader: Likelihoods, letters: float, pairs: float) -> dict[Change, float]:
        """How likely each change is, leaning on a broader table."""
        found = {}
        for change in broader.keys() | {change for change, n in self.changes.items() if n > _LEAST_COUNT}:
            weight = pairs if len(change[0]) == 2 else letters
            before = broader.get(change, _unforeseen(change))
            found[change] = (self.changes[change] + weight * before) / (self.seen[change[0]] + weight)
        return found


def _unforeseen(change: Change) -> float:
    return _UNFORESEEN_PAIR if len(change[0]) + len(change[1]) == 3 else 0.0


def arbitrary(same: float) -> dict[Change, float]:
    """A table in which every letter is likely to stay itself, and any other change of one is arbitrary."""
    gap = ARBITRARY**1.1
    table = {(a, b): ARBITRARY for a in LETTERS for b in LETTERS}
    table |= {change: gap for letter in LETTERS for change in ((letter, ""), ("", letter))}
    return table | {(letter, letter): same for letter in LETTERS}


def learnt(
    pairs: Iterable[tuple[str, str]],
    broader: Likelihoods,
    leaning: Leaning,
    weight: float = 1,
    rounds: int = 3,
) -> Tables:
    """What is learnt of folded (written, read) names, each of which counts as `weight` observations."""
    counted = Counter(pairs)
    tables = Tables(broader, broader)
    for _ in range(rounds):
        counts = _Counts(), _Counts()
        for (written, read), times in counted.items():
            _count((written, read), times * weight, tables, counts)
        inner = counts[1].likelihoods(broader, leaning.letters, leaning.pairs)
        tables = Tables(counts[0].likelihoods(inner, leaning.head, leaning.head), inner)
    return tables


def _count(pair: tuple[str, str], times: float, tables: Tables, counts: tuple[_Counts, _Counts]) -> None:
    """Adds what is expected to have happened between two names, at the head and within."""
    written, read = pair
    head, within = counts
    forward, steps = _forward(written, read, tables)
    likelihood = forward[-1][-1]
    if likelihood < 1e-290:
        return
    backward = [[0.0] * (len(read) + 1) for _ in range(len(written) + 1)]
    backward[-1][-1] = times / likelihood
    for i, j, di, dj, likely in reversed(steps):
        behind = backward[i][j] * likely
        backward[i - di][j - dj] += behind
        expected = behind * forward[i - di][j - dj]
        if expected:
            place = head if i == di and j == dj else within
            place.changes[written[i - di : i], read[j - dj : j]] += expected
    within.seen[""] += times * len(written)
    for at in range(len(written)):
        place = within if at else head
        for letters in {written[at], written[at : at + 2]}:
            place.seen[letters] += times
    head.seen[""] += times


def _forward(
    written: str, read: str, tables: Tables
) -> tuple[list[list[float]], list[tuple[int, int, int, int, float]]]:
    """How likely the beginnings of two names became one another, and the steps between them, in order."""
    forward = [[0.0] * (len(read) + 1) for _ in range(len(written) + 1)]
    forward[0][0] = 1.0
    steps = []
    for i in range(len(written) + 1):
        for j in range(len(read) + 1):
            for di, dj in _STEPS:
                if i < di or j < dj:
                    continue
                table = tables.head if i == di and j == dj else tables.within
                change = written[i - di : i], read[j - dj : j]
                likely = table.get(change) or _unforeseen(change)
                if likely:
                    forward[i][j] += forward[i - di][j - dj] * likely
                    steps.append((i, j, di, dj, likely))
    return forward, steps
