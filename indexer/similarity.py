"""How far one name is from many: how likely one was read or spelt as the other, for all at once.

A likelihood is the sum over all ways to turn one name into the other, letter by letter and by pairs of
letters: the stochastic transducer of Ristad and Yianilos (1998), with what lexicon/readings.py says of each
change. It is given as a cost: a negative logarithm, scaled so that an arbitrary wrong letter costs 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lexicon import readings
from lexicon.misreadings import CODES, SIZE

Key = TypeVar("Key")
Costs = NDArray[np.float32]
Letters = NDArray[np.uint8]
Changes = Mapping[tuple[str, str], float]
LONGEST = 24
_LONGER = 5
"""Letters of a name past so many more than were asked are put in, and cost 1 each."""
_UNLIKELIEST = np.float32(1e-30)
_LOG_UNIT = -np.log(readings.ARBITRARY)
_LOOKUP = np.zeros(256, dtype=np.uint8)
for _letter, _code in CODES.items():
    _LOOKUP[ord(_letter)] = _code


class Way(IntEnum):
    """What may have happened: the row of its costs."""

    ASKED_READ = 0
    """The asked name was written, and read as the other."""
    NAME_READ = 1
    """The other was written, and read as the asked one."""
    MISSPELT = 2
    """The other is right, and the asked one is how somebody spelt it."""
    ASKED_READ_CAPITALS = 3
    NAME_READ_CAPITALS = 4


READINGS = frozenset(Way) - {Way.MISSPELT}


@dataclass(frozen=True, slots=True)
class _Steps:
    """How likely each step is, k tables beside one another; codes of letters, 0 for none.

    `single[asked][:, found]`, `split[asked][:, found]`, `merged[asked, asked][:, found]` and
    `both[asked, asked][:, found]`; pairs of found letters are one number, first * SIZE + second.
    """

    single: Costs
    split: dict[int, Costs]
    merged: dict[tuple[int, int], Costs]
    both: dict[tuple[int, int], Costs]

    @classmethod
    def of(cls, tables: Sequence[Changes]) -> _Steps:
        """The steps of tables of costs from what is asked to what is found."""
        count = len(tables)
        single = np.full((SIZE, count, SIZE), readings.ARBITRARY, dtype=np.float32)
        single[0, :, 0] = 0
        split: dict[int, Costs] = {}
        merged: dict[tuple[int, int], Costs] = {}
        both: dict[tuple[int, int], Costs] = {}
        for at, table in enumerate(tables):
            for (asked, found), cost in table.items():
                left, right = [CODES[letter] for letter in asked], [CODES[letter] for letter in found]
                likely = readings.ARBITRARY**cost
                if len(left) < 2 and len(right) < 2:
                    single[sum(left), at, sum(right)] = likely
                elif len(left) < 2:
                    _row(split, left[0], (count, SIZE * SIZE))[at, right[0] * SIZE + right[1]] = likely
                elif len(right) < 2:
                    _row(merged, (left[0], left[1]), (count, SIZE))[at, right[0]] = likely
                else:
                    pair = right[0] * SIZE + right[1]
                    _row(both, (left[0], left[1]), (count, SIZE * SIZE))[at, pair] = likely
        return cls(single, split, merged, both)


def _row(rows: dict[Key, Costs], key: Key, shape: tuple[int, int]) -> Costs:
    return rows.setdefault(key, np.zeros(shape, dtype=np.float32))


def letters_of(names: Sequence[str]) -> Letters:
    """Names as n x LONGEST codes of letters, 0 behind the end; letters after the 24th are left out."""
    text = b"".join(name[:LONGEST].encode("ascii", "replace").ljust(LONGEST, b"\0") for name in names)
    return np.asarray(_LOOKUP[np.frombuffer(text, dtype=np.uint8)]).reshape(len(names), LONGEST)


def changing_costs(asked: str, names: Letters, capitals: NDArray[np.bool_] | None = None) -> Costs:
    """A row of n costs for each Way.

    Small capitals are thought of for the names that `capitals` marks, or for all; elsewhere they cost inf.
    """
    costs = np.full((len(Way), len(names)), np.inf, dtype=np.float32)
    costs[: Way.MISSPELT + 1] = _costs(asked, names, *steps(capitals=False))
    chosen = np.arange(len(names)) if capitals is None else np.flatnonzero(capitals)
    costs[Way.ASKED_READ_CAPITALS :, chosen] = _costs(asked, names[chosen], *steps(capitals=True))
    return costs


def _costs(asked: str, names: Letters, head: _Steps, within: _Steps) -> Costs:
    count = within.single.shape[1]
    if not len(names):
        return np.zeros((count, 0), dtype=np.float32)
    lengths = (names > 0).sum(axis=1)
    width = max(min(int(lengths.max()), len(asked) + _LONGER), 1)
    rows = _Rows(np.ascontiguousarray(names[:, :width].T), head, within)
    for letter in asked[:LONGEST]:
        rows.advance(CODES.get(letter, 0))
    compared = np.minimum(lengths, width)
    likely = rows.last[:, compared, np.arange(len(names))]
    costs = -np.log(np.maximum(likely, _UNLIKELIEST)) / np.float32(_LOG_UNIT)
    return np.asarray(costs + (lengths - compared).astype(np.float32))


@lru_cache(maxsize=2)
def steps(*, capitals: bool) -> tuple[_Steps, _Steps]:
    """Steps at the head of a name and within, for the ways that are compared together."""
    tables = readings.tables()
    heads, withins = [tables[readings.INITIAL]], [tables[readings.CAPITALS if capitals else readings.WITHIN]]
    heads, withins = _both_ways(heads), _both_ways(withins)
    if not capitals:
        heads.append(_turned(tables[readings.MISSPELT_INITIAL]))
        withins.append(_turned(tables[readings.MISSPELT]))
    return _Steps.of(heads), _Steps.of(withins)


def _both_ways(tables: Iterable[Changes]) -> list[Changes]:
    return [way for table in tables for way in (table, _turned(table))]


def _turned(costs: Changes) -> Changes:
    return {(read, written): cost for (written, read), cost in costs.items()}


class _Rows:
    """The table of likelihoods row by row, for k ways and n names: k x (width + 1) x n."""

    def __init__(self, codes: Letters, head: _Steps, within: _Steps) -> None:
        # numpy looks numbers up by intp: others it would turn into them each time.
        self._codes = codes.astype(np.intp)
        self._pairs = self._codes[:-1] * SIZE + self._codes[1:]
        self._head, self._within = head, within
        self._asked: list[int] = []
        put_in = within.single[0].take(self._codes, axis=1)
        self._put_in = [put_in[:, place] for place in range(len(codes))]
        self._step = np.empty_like(put_in)
        first = np.zeros((len(put_in), len(codes) + 1, codes.shape[1]), dtype=np.float32)
        first[:, 0] = 1
        first[:, 1] = head.single[0].take(self._codes[0], axis=1)
        for place in range(1, len(codes)):
            first[:, place + 1] = first[:, place] * self._put_in[place]
        self._before = self.last = first

    def advance(self, letter: int) -> None:
        """Takes in the next letter of what is asked."""
        within, place = self._within, len(self._asked)
        head = self._head if place == 0 else within
        row = self.last * within.single[letter, :, 0][:, None, None]
        row[:, 0] = self.last[:, 0] * head.single[letter, :, 0][:, None]
        self._add(row, self.last, within.single[letter], head.single[letter])
        self._add_pair(row, self.last, within.split.get(letter), head.split.get(letter))
        if self._asked:
            head = self._head if place == 1 else within
            asked = (self._asked[-1], letter)
            self._add(row, self._before, within.merged.get(asked), head.merged.get(asked))
            self._add_pair(row, self._before, within.both.get(asked), head.both.get(asked))
        columns, step = list(row.transpose(1, 0, 2)), self._step[:, 0]
        for before, column, likely in zip(columns, columns[1:], self._put_in, strict=False):
            np.multiply(before, likely, out=step)
            np.add(column, step, out=column)
        self._before, self.last = self.last, row
        self._asked.append(letter)

    def _add(self, row: Costs, before: Costs, likely: Costs | None, at_head: Costs | None) -> None:
        """Steps to one letter of the name, from the row `before`; `likely[:, found]`."""
        if likely is None:
            return
        step = likely.take(self._codes, axis=1, out=self._step, mode="clip")
        if at_head is not None and at_head is not likely:
            step[:, 0] = at_head.take(self._codes[0], axis=1)
        step *= before[:, :-1]
        row[:, 1:] += step

    def _add_pair(self, row: Costs, before: Costs, likely: Costs | None, at_head: Costs | None) -> None:
        """Steps to two letters of the name."""
        if likely is None or not len(self._pairs):
            return
        step = likely.take(self._pairs, axis=1, out=self._step[:, 1:], mode="clip")
        if at_head is not None and at_head is not likely:
            step[:, 0] = at_head.take(self._pairs[0], axis=1)
        step *= before[:, :-2]
        row[:, 2:] += step
