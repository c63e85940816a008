"""Given names that a reader garbled, put right where a listed name is far likelier than an unlisted one.

The choice is Bayes' rule with the shares of the lexicon: a name's share of all given names, times how
often its letters are misread so, against the share of names that are written just as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from lexicon import given_names
from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from ner.names.look_alikes import originals

_SHORTEST = 4
# Share of names with a letter misread at no cost; how fast the share falls with the cost.
_MISREAD = 0.02
_STEEPNESS = 2.0
_ANY_LETTER = 1.3
# What a name that no list knows counts, and by how much the repair must be likelier.
_UNLISTED = 1e-8
_SURE = 10.0
_PARTS = re.compile(r"([\s\-]+)")


@dataclass(frozen=True, slots=True)
class Repair:
    """Given names with the garbled ones put right; `changed` tells whether any was."""

    value: str
    changed: bool


@lru_cache(maxsize=32768)
def repair_given_names(value: str) -> Repair:
    """The given names with each garbled one replaced: "Suzannc Maric" is Suzanne Marie."""
    parts = [part if _PARTS.fullmatch(part) else _repaired(part) for part in _PARTS.split(value)]
    repaired = "".join(parts)
    return Repair(repaired, repaired != value)


def _repaired(word: str) -> str:
    read = fold(word)
    if len(read) < _SHORTEST or not read.isalpha():
        return word
    likelier = _likelier(read)
    return _written(likelier, word) if likelier else word


@lru_cache(maxsize=32768)
def _likelier(read: str) -> str:
    """The folded name that is far likelier than what was read, or an empty string."""
    shares = _shares()
    enough = _SURE * (shares.get(read, 0.0) + _UNLISTED)
    if enough > _MISREAD * _largest_share():
        return ""
    return _best(originals(read), enough) or _best(_one_letter_away(read), enough)


def _best(others: Iterable[tuple[str, float]], enough: float) -> str:
    shares = _shares()
    best, weight = "", enough
    for other, cost in others:
        share = shares.get(other)
        if share is not None and (found := share * _MISREAD * exp(-_STEEPNESS * cost)) > weight:
            best, weight = other, found
    return best


def _written(folded: str, like: str) -> str:
    name = given_names.canonical(folded)
    usual = given_names.with_accents(name if fold(name) == folded else ordinary_capitals(folded))
    # The initial was read: whether this hand accents its capitals is seen there.
    return like[0] + usual[1:] if fold(usual[:1]) == fold(like[:1]) else usual


def _one_letter_away(read: str) -> Iterator[tuple[str, float]]:
    near = process.extract(read, _names(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    for name, _, _ in near:
        yield name, _ANY_LETTER


@cache
def _names() -> tuple[str, ...]:
    return tuple(_shares())


@cache
def _largest_share() -> float:
    return max(_shares().values())


@cache
def _shares() -> dict[str, float]:
    counts: dict[str, int] = {}
    for name, bearers in given_names.all_names():
        key = fold(name)
        counts[key] = counts.get(key, 0) + bearers
    total = sum(counts.values())
    return {key: bearers / total for key, bearers in counts.items()}
