"""How far one name is from many: the learnt cost of misreading, computed for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lexicon.misreadings import CODES, SIZE, double_costs, single_costs

Key = TypeVar("Key")
Costs = NDArray[np.float32]
LONGEST = 24
_NEVER = np.float32(9)
_LOOKUP = np.zeros(256, dtype=np.uint8)
for _letter, _code in CODES.items():
    _LOOKUP[ord(_letter)] = _code


@dataclass(frozen=True, slots=True)
class _Doubles:
    """Costs with two letters on a side, by what is asked: code arrays over what may stand there."""

    two_for_one: dict[tuple[int, int], NDArray[np.float32]]
    one_for_two: dict[int, NDArray[np.float32]]
    two_for_two: dict[tuple[int, int], NDArray[np.float32]]


@lru_cache(maxsize=1)
def doubles() -> _Doubles:
    """The costs of lexicon/misreadings.py with two letters on a side, as arrays."""
    tables = _Doubles({}, {}, {})
    for (asked, found), cost in double_costs().items():
        left = [CODES[letter] for letter in asked]
        right = [CODES[letter] for letter in found]
        if len(left) == 2 and len(right) == 1:
            _row(tables.two_for_one, (left[0], left[1]), SIZE)[right[0]] = cost
        elif len(left) == 1 and len(right) == 2:
            _row(tables.one_for_two, left[0], SIZE * SIZE)[right[0] * SIZE + right[1]] = cost
        elif len(left) == 2 and len(right) == 2:
            _row(tables.two_for_two, (left[0], left[1]), SIZE * SIZE)[right[0] * SIZE + right[1]] = cost
    return tables


def _row(rows: dict[Key, NDArray[np.float32]], key: Key, size: int) -> NDArray[np.float32]:
    return rows.setdefault(key, np.full(size, _NEVER, dtype=np.float32))


def misreading_costs(asked: str, names: Sequence[str]) -> NDArray[np.float32]:
    """The cost of reading `asked` as each name (or the other way round: the table is symmetric), n values.

    A weighted edit distance (Levenshtein 1966, with the merges and splits of Ristad and Yianilos 1998):
    letters, letter pairs and gaps cost what lexicon/misreadings.py says, any other change costs 1.
    Letters after the 24th are left out.
    """
    if not names:
        return np.zeros(0, dtype=np.float32)
    query = [CODES.get(letter, 0) for letter in asked[:LONGEST]]
    codes, lengths = _coded(names)
    pairs = codes[:, :-1].astype(np.int32) * SIZE + codes[:, 1:]
    gaps = np.zeros((len(names), codes.shape[1] + 1), dtype=np.float32)
    np.cumsum(single_costs()[0][codes], axis=1, out=gaps[:, 1:])
    rows = [gaps.copy()]
    for at in range(len(query)):
        row = _advanced(rows, query[: at + 1], codes, pairs)
        rows.append(np.minimum.accumulate(row - gaps, axis=1) + gaps)
    return np.asarray(rows[-1][np.arange(len(names)), lengths])


def _coded(names: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    lengths = np.array([min(len(name), LONGEST) for name in names], dtype=np.intp)
    width = max(int(lengths.max()), 1)
    text = b"".join(name[:width].encode("ascii", "replace").ljust(width, b"\0") for name in names)
    return np.asarray(_LOOKUP[np.frombuffer(text, dtype=np.uint8)]).reshape(len(names), width), lengths


def _advanced(
    rows: list[Costs], query: list[int], codes: NDArray[np.uint8], pairs: NDArray[np.int32]
) -> Costs:
    """The next row of the distance matrix, for the last letter of `query`, before insertions count."""
    letter, pairs_cost = query[-1], doubles()
    costs = single_costs()[letter]
    row = np.asarray(rows[-1] + costs[0])
    np.minimum(row[:, 1:], rows[-1][:, :-1] + costs[codes], out=row[:, 1:])
    split = pairs_cost.one_for_two.get(letter)
    if split is not None:
        np.minimum(row[:, 2:], rows[-1][:, :-2] + split[pairs], out=row[:, 2:])
    if len(query) < 2:
        return row
    merged = pairs_cost.two_for_one.get((query[-2], letter))
    if merged is not None:
        np.minimum(row[:, 1:], rows[-2][:, :-1] + merged[codes], out=row[:, 1:])
    both = pairs_cost.two_for_two.get((query[-2], letter))
    if both is not None:
        np.minimum(row[:, 2:], rows[-2][:, :-2] + both[pairs], out=row[:, 2:])
    return row
