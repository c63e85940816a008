"""How far one name is from many: what it costs that one was read or spelt as the other, for all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.alternations import alternations
from lexicon import readings
from lexicon.misreadings import CODES, SIZE

Key = TypeVar("Key")
Costs = NDArray[np.float32]
Letters = NDArray[np.uint8]
Changes = Mapping[tuple[str, str], float]
LONGEST = 24
_LONGER = 5
"""Letters of a name past so many more than were asked are put in, and cost 1 each."""
CAPITALS_COST = 0.6
"""What it costs beforehand that a name was set in small capitals, and those taken for small letters."""
_NEVER = np.float32(9)
_LOOKUP = np.zeros(256, dtype=np.uint8)
for _letter, _code in CODES.items():
    _LOOKUP[ord(_letter)] = _code


@dataclass(frozen=True, slots=True)
class _Steps:
    """What each step costs, k tables beside one another; codes of letters, 0 for none.

    `single[:, asked, found]`, `split[asked][:, found]`, `merged[asked, asked][:, found]` and
    `both[asked, asked]` as pairs of found letters and costs; pairs of found letters are one number,
    first * SIZE + second.
    """

    single: Costs
    split: dict[int, Costs]
    merged: dict[tuple[int, int], Costs]
    both: dict[tuple[int, int], list[tuple[int, Costs]]]

    @classmethod
    def of(cls, tables: Sequence[Changes]) -> _Steps:
        """The steps of tables from what is asked to what is found."""
        single = np.ones((len(tables), SIZE, SIZE), dtype=np.float32)
        single[:, range(SIZE), range(SIZE)] = 0
        split: dict[int, Costs] = {}
        merged: dict[tuple[int, int], Costs] = {}
        both: dict[tuple[int, int], dict[int, Costs]] = {}
        for at, table in enumerate(tables):
            for (asked, found), cost in table.items():
                left, right = [CODES[letter] for letter in asked], [CODES[letter] for letter in found]
                if len(left) < 2 and len(right) < 2:
                    single[at, sum(left), sum(right)] = cost
                elif len(left) == 1:
                    _row(split, left[0], (len(tables), SIZE * SIZE))[at, right[0] * SIZE + right[1]] = cost
                elif len(left) == 2 and len(right) == 1:
                    _row(merged, (left[0], left[1]), (len(tables), SIZE))[at, right[0]] = cost
                elif len(left) == 2 and len(right) == 2:
                    pairs = both.setdefault((left[0], left[1]), {})
                    _row(pairs, right[0] * SIZE + right[1], (len(tables), 1))[at, 0] = cost
        return cls(single, split, merged, {asked: list(pairs.items()) for asked, pairs in both.items()})


def _row(rows: dict[Key, Costs], key: Key, shape: tuple[int, int]) -> Costs:
    return rows.setdefault(key, np.full(shape, _NEVER, dtype=np.float32))


def letters_of(names: Sequence[str]) -> Letters:
    """Names as n x LONGEST codes of letters, 0 behind the end; letters after the 24th are left out."""
    text = b"".join(name[:LONGEST].encode("ascii", "replace").ljust(LONGEST, b"\0") for name in names)
    return np.asarray(_LOOKUP[np.frombuffer(text, dtype=np.uint8)]).reshape(len(names), LONGEST)


def reading_costs(
    asked: str,
    names: Letters,
    *,
    misread: bool = True,
    respelt: bool = True,
    capitals: NDArray[np.bool_] | None = None,
) -> Costs:
    """Two rows of n costs: that `asked` was written and each name read, and the other way round.

    A weighted edit distance (Levenshtein 1966, with the merges and splits of Ristad and Yianilos 1998):
    letters, pairs of letters and gaps cost what lexicon/readings.py says of their place where `misread`, and
    what indexer/alternations.py says where `respelt`; any other change costs 1. Small capitals are thought of
    for the names that `capitals` marks, or for all.
    """
    plain = _distances(asked, names, *steps(readings.WITHIN if misread else "", respelt=respelt))
    if not misread:
        return plain
    chosen = np.arange(len(names)) if capitals is None else np.flatnonzero(capitals)
    small = _distances(asked, names[chosen], *steps(readings.CAPITALS, respelt=respelt))
    plain[:, chosen] = np.minimum(plain[:, chosen], small + CAPITALS_COST)
    return plain


def _distances(asked: str, names: Letters, within: _Steps, head: _Steps) -> Costs:
    if not len(names):
        return np.zeros((2, 0), dtype=np.float32)
    lengths = (names > 0).sum(axis=1)
    width = max(min(int(lengths.max()), len(asked) + _LONGER), 1)
    rows = _Rows(np.ascontiguousarray(names[:, :width]), within, head)
    for letter in asked[:LONGEST]:
        rows.advance(CODES.get(letter, 0))
    compared = np.minimum(lengths, width)
    return np.asarray(rows.last[:, np.arange(len(names)), compared] + np.float32(1) * (lengths - compared))


@lru_cache(maxsize=8)
def steps(place: str, *, respelt: bool) -> tuple[_Steps, _Steps]:
    """Steps within a name and at its head, in both directions; of no place, nothing is known of readings."""
    other = alternations() if respelt else {}
    if not place:
        only = _Steps.of([other, other])
        return only, only
    tables = readings.tables()
    within, head = (
        _Steps.of([_cheaper(tables[of], other), _cheaper(_turned(tables[of]), other)])
        for of in (place, readings.INITIAL)
    )
    return within, head


def _turned(costs: Changes) -> Changes:
    return {(read, written): cost for (written, read), cost in costs.items()}


def _cheaper(costs: Changes, others: Changes) -> Changes:
    return dict(costs) | {change: min(cost, costs.get(change, 9)) for change, cost in others.items()}


class _Rows:
    """The distance matrix row by row, for k tables and n names: k x n x (width + 1) costs."""

    def __init__(self, codes: Letters, within: _Steps, initial: _Steps) -> None:
        self._codes = codes
        self._pairs = codes[:, :-1].astype(np.int32) * SIZE + codes[:, 1:]
        self._within, self._initial = within, initial
        self._asked: list[int] = []
        self._gaps = self._gapped(within)
        first = self._gapped(initial)[:, :, 1:2] - self._gaps[:, :, 1:2]
        self._before = self.last = self._gaps.copy()
        self.last[:, :, 1:] += first

    def _gapped(self, steps: _Steps) -> Costs:
        """What it costs that all letters up to each place were put in."""
        inserted = steps.single[:, 0][:, self._codes]
        gaps = np.zeros((*inserted.shape[:2], inserted.shape[2] + 1), dtype=np.float32)
        np.cumsum(inserted, axis=2, out=gaps[:, :, 1:])
        return gaps

    def advance(self, letter: int) -> None:
        """Takes in the next letter of what is asked."""
        head = not self._asked
        row = self.last + self._within.single[:, letter, 0][:, None, None]
        if head:
            row[:, :, 0] = self.last[:, :, 0] + self._initial.single[:, letter, 0][:, None]
        self._least(row, self.last, self._within.single[:, letter], self._initial.single[:, letter], head)
        self._least_pair(
            row, self.last, self._within.split.get(letter), self._initial.split.get(letter), head
        )
        if not head:
            self._two(row, (self._asked[-1], letter), len(self._asked) == 1)
        row -= self._gaps
        np.minimum.accumulate(row, axis=2, out=row)
        row += self._gaps
        self._before, self.last = self.last, row
        self._asked.append(letter)

    def _two(self, row: Costs, asked: tuple[int, int], head: bool) -> None:
        """Steps that take two letters of what is asked."""
        within, initial = self._within, self._initial
        merged = within.merged.get(asked)
        if merged is not None:
            self._least(row, self._before, merged, initial.merged.get(asked, merged), head)
        for found, cost in within.both.get(asked, ()):
            stands = self._pairs == found
            names, places = np.nonzero(stands)
            reached = self._before[:, names, places] + cost
            row[:, names, places + 2] = np.minimum(row[:, names, places + 2], reached)

    def _least(self, row: Costs, before: Costs, costs: Costs, at_head: Costs, head: bool) -> None:
        """Steps to one letter of the name, from the row `before`; `costs[:, found]`."""
        step = costs.take(self._codes, axis=1)
        if head:
            step[:, :, 0] = at_head[:, self._codes[:, 0]]
        step += before[:, :, :-1]
        np.minimum(row[:, :, 1:], step, out=row[:, :, 1:])

    def _least_pair(
        self, row: Costs, before: Costs, costs: Costs | None, at_head: Costs | None, head: bool
    ) -> None:
        """Steps to two letters of the name."""
        if costs is None or not self._pairs.shape[1]:
            return
        step = costs.take(self._pairs, axis=1)
        if head and at_head is not None:
            step[:, :, 0] = at_head[:, self._pairs[:, 0]]
        step += before[:, :, :-2]
        np.minimum(row[:, :, 2:], step, out=row[:, :, 2:])
