"""What alphabetical order compares, and the longest run of rows that keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from lexicon.fold import fold
from registers.sequences import longest_rise

_PARTICLE = re.compile(r"^(?:de la|de l|de|du|des|d|le|la|les|l|van der|van|von)\s+(?=\w)")
_PREPOSITION = re.compile(r"^(?:de|d)\s+(?=\w)")
_SAINT = re.compile(r"\b(st|ste)\b")


class FiledUnder(Enum):
    """Under which of its words a surname with a particle stands."""

    ALL = auto()
    ARTICLE = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class Collation:
    """What a section's order makes of a surname.

    `filed_under`: which part of "de La Tour" counts. `mixed_ij`: I and J are one letter, as old hands
    have it.
    """

    filed_under: FiledUnder = FiledUnder.ALL
    mixed_ij: bool = False


MODERN = Collation()
COLLATIONS = tuple(
    Collation(filed_under, mixed_ij) for mixed_ij in (False, True) for filed_under in FiledUnder
)


@lru_cache(maxsize=65536)
def sort_key(surname: str, collation: Collation = MODERN) -> str:
    """The letters that count for order, folded: "St Léger" is "saintleger"."""
    words = _SAINT.sub(lambda match: "sainte" if match[1] == "ste" else "saint", fold(surname))
    if collation.filed_under is FiledUnder.ARTICLE:
        words = _PREPOSITION.sub("", words)
    elif collation.filed_under is FiledUnder.NAME:
        words = _PARTICLE.sub("", words)
    key = "".join(letter for letter in words if letter.isalpha())
    return key.replace("j", "i") if collation.mixed_ij else key


def longest_run(keys: Sequence[str], weights: Sequence[float] | None = None) -> list[int]:
    """Indices of the heaviest subsequence whose keys never fall; in n log n.

    `weights` say how much each row is to be believed, so that of two rows that contradict each other
    the doubtful one is left out. Ties go to the earlier rows.
    """
    if weights is None:
        return longest_rise(keys)
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)), 1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before: list[int] = [-1] * len(keys)
    for index, key in enumerate(keys):
        weight, before[index] = _best(tree, ranks[key])
        _raise(tree, ranks[key], (weight + weights[index], index))
    _, last = _best(tree, len(ranks))
    return _backwards(before, last)


def _best(tree: Sequence[tuple[float, int]], rank: int) -> tuple[float, int]:
    best = (0.0, -1)
    while rank > 0:
        if tree[rank][0] > best[0]:
            best = tree[rank]
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[float, int]], rank: int, value: tuple[float, int]) -> None:
    while rank < len(tree):
        if value[0] > tree[rank][0]:
            tree[rank] = value
        rank += rank & -rank


def _backwards(before: Sequence[int], last: int) -> list[int]:
    run: list[int] = []
    while last >= 0:
        run.append(last)
        last = before[last]
    return run[::-1]
