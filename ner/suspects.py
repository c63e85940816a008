"""Surnames that keep the order and are doubtful all the same: unknown, and one look-alike from a name
that would fit the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lexicon import surnames
from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from ner.look_alikes import originals
from ner.order_keys import MODERN, Collation, sort_key

_NEAR = 2
# A misreading is likelier than a rare name when the other name is borne by this share of people.
_COMMON = 2e-5
_LIKELY_COST = 0.65


@dataclass(frozen=True, slots=True)
class Original:
    """What a doubtful surname may have been: `beside` where a neighbour bears that name."""

    surname: str
    cost: float
    frequency: float
    beside: bool = False

    @property
    def likely(self) -> bool:
        return self.beside or (self.frequency >= _COMMON and self.cost <= _LIKELY_COST)


def original_of(
    surname: str, *, low: str, high: str, neighbours: Mapping[str, str], collation: Collation = MODERN
) -> Original | None:
    """The best name one misreading away whose sort key lies between `low` and `high`, or None.

    `neighbours` maps folded surnames of the rows around to their usual writing.
    """
    best: Original | None = None
    for folded, cost in originals(fold(surname)):
        key = sort_key(folded, collation)
        if key < low or (high and key > high):
            continue
        beside = folded in neighbours
        share = surnames.frequency(folded)
        if not beside and not share:
            continue
        found = Original(neighbours.get(folded) or ordinary_capitals(folded), cost, share, beside)
        if best is None or _rank(found) > _rank(best):
            best = found
    return best


def _rank(found: Original) -> tuple[bool, float]:
    return found.beside, found.frequency / (0.05 + found.cost) ** 2


def doubtful(names: Sequence[str]) -> Iterator[int]:
    """Positions of surnames that no list of French surnames knows and that stand here only once."""
    counts = Counter(fold(name) for name in names)
    for position, name in enumerate(names):
        folded = fold(name)
        if counts[folded] == 1 and not _known(folded):
            yield position


@lru_cache(maxsize=65536)
def _known(folded: str) -> bool:
    if not folded or surnames.is_surname(folded):
        return True
    parts = folded.split()
    return len(parts) > 1 and surnames.is_surname("".join(parts))


def neighbours_of(names: Sequence[str], position: int) -> dict[str, str]:
    """The surnames that stand near a row, folded -> as written."""
    around = range(max(0, position - _NEAR), min(len(names), position + _NEAR + 1))
    return {fold(names[near]): names[near] for near in around if near != position}
