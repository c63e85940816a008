"""Surnames that may be misread: unknown, and one look-alike from a name that would fit the same place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from lexicon import surnames
from lexicon.fold import fold
from ner.names.look_alikes import originals
from ner.order.keys import MODERN, Collation, sort_key
from registers.entry import PersonName

# Odds of a misreading that make a surname doubtful, and those that put another in its place.
DOUBTFUL = 8.0
SURE = 150.0
_NEAR = 2
_COMMON_NAMES = 12_000
_ANY_LETTER = 1.0
# Bayes' rule as for given names (ner/names/repairs.py): how often letters are misread, what a name that no
# list knows counts, and what a name counts that stands on a row near by.
_MISREAD = 0.02
_STEEPNESS = 2.0
_UNLISTED = 1e-8
_BESIDE = 0.02


@dataclass(frozen=True, slots=True)
class Original:
    """What a doubtful surname may have been; `odds` are those of a misreading against a right reading."""

    surname: str
    odds: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a surname stands: between two sort keys (an empty `high` is open), among neighbours.

    `neighbours` maps folded surnames of the rows around to how they are written.
    """

    low: str
    high: str
    neighbours: Mapping[str, str]
    collation: Collation = MODERN

    def holds(self, folded: str) -> bool:
        key = sort_key(folded, self.collation)
        return self.low <= key and (not self.high or key <= self.high)


_ANYWHERE = Place("", "", {})


def original_of(surname: str, place: Place) -> Original | None:
    """The likeliest name one misreading away that fits the place, or None."""
    read = fold(surname)
    costs = dict(sorted(originals(read), key=lambda item: -item[1]))
    as_read = surnames.frequency(surname) + _UNLISTED
    found = [*_neighbours(read, costs, place), *_common_names(read, costs, place)]
    if not found:
        return None
    name, share = max(found, key=lambda item: item[1])
    return Original(name, _MISREAD * share / as_read)


def with_likelier_surname(name: PersonName) -> PersonName:
    """A name that no order vouches for, its unlisted surname replaced where a misreading is sure."""
    if known(name.surname):
        return name
    found = original_of(name.surname, _ANYWHERE)
    if found is None or found.odds < SURE:
        return name
    others = tuple(dict.fromkeys((name.surname, *name.surname_alternatives)))
    return replace(name, surname=found.surname, surname_alternatives=others)


def _neighbours(read: str, costs: Mapping[str, float], place: Place) -> Iterator[tuple[str, float]]:
    """Names near by, each with its share weighed by what the misreading costs; doubtful ones count little."""
    for folded, written in place.neighbours.items():
        cost = _cost(read, folded, costs)
        if cost is not None and place.holds(folded):
            share = _BESIDE if known(written) else surnames.frequency(written)
            yield written, share * exp(-_STEEPNESS * cost)


def _common_names(read: str, costs: Mapping[str, float], place: Place) -> Iterator[tuple[str, float]]:
    vocabulary = _vocabulary(place.collation)
    first = bisect_left(vocabulary.keys, place.low)
    last = bisect_right(vocabulary.keys, place.high) if place.high else len(vocabulary.keys)
    near = process.extract(
        read, vocabulary.folded[first:last], scorer=Levenshtein.distance, score_cutoff=1, limit=None
    )
    listed = {at for folded in costs for at in vocabulary.places.get(folded, ()) if first <= at < last}
    for at in sorted(listed.union(first + index for _, _, index in near)):
        cost = _cost(read, vocabulary.folded[at], costs)
        if cost is not None:
            name = vocabulary.names[at]
            yield name, surnames.frequency(name) * exp(-_STEEPNESS * cost)


def _cost(read: str, folded: str, costs: Mapping[str, float]) -> float | None:
    """What reading `folded` as `read` costs; None where more than one letter is wrong."""
    if folded in costs:
        return costs[folded]
    if abs(len(folded) - len(read)) > 1 or folded == read:
        return None
    return _ANY_LETTER if Levenshtein.distance(read, folded, score_cutoff=1) <= 1 else None


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Frequent surnames in the order of one collation; `places` finds the folded ones."""

    keys: tuple[str, ...]
    folded: tuple[str, ...]
    names: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=8)
def _vocabulary(collation: Collation) -> _Vocabulary:
    common = surnames.most_common(_COMMON_NAMES)
    ordered = sorted((sort_key(name, collation), fold(name), name) for name, _ in common)
    keys, folded, names = zip(*ordered, strict=True)
    places: dict[str, tuple[int, ...]] = {}
    for at, name in enumerate(folded):
        places[name] = (*places.get(name, ()), at)
    return _Vocabulary(keys, folded, names, places)


def doubtful(names: Sequence[str]) -> Iterator[int]:
    """Positions of surnames that no list of French surnames knows and that stand here only once."""
    counts = Counter(fold(name) for name in names)
    for position, name in enumerate(names):
        if counts[fold(name)] == 1 and not known(name):
            yield position


@lru_cache(maxsize=65536)
def known(surname: str) -> bool:
    """Whether the surname is listed, written in one word or in several."""
    parts = fold(surname).split()
    return not parts or surnames.is_surname(surname) or surnames.is_surname("".join(parts))


def neighbours_of(names: Sequence[str], position: int) -> dict[str, str]:
    """The surnames that stand near a row, folded -> as written."""
    around = range(max(0, position - _NEAR), min(len(names), position + _NEAR + 1))
    return {fold(names[near]): names[near] for near in around if near != position}
