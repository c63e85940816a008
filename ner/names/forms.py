"""Names that a cell may hold, for a reader that scores texts (registers.knowledge.Acceptor)."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from lexicon import given_names, surnames
from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from ner.names.split import split_name
from ner.names.words import cleaned
from registers.knowledge import Holds

FARTHEST_SHARE = 0.4
"""A name is near when at most this share of the longer one's letters differ."""
SOUGHT = 100_000
"""Surnames that are compared letter by letter: rarer ones have a handful of bearers."""
LETTER = 2.5
"""Log odds that a letter of the reading costs against the frequency of a name."""
_ACCENTED = 0.8
"""How often a surname that is a given name is written with that one's accents."""
WORDS_APART = 12
"""Given names kept for each word before they are combined."""


@dataclass(frozen=True, slots=True)
class SurnameAcceptor:
    """The surnames of the lexicon with their frequencies, the `most` borne of them.

    INSEE's surnames have no accents: a reader that scores accents should treat them as free. Those that
    are given names as well ("André") have theirs.
    """

    most: int = 220_000

    @property
    def holds(self) -> Holds:
        return Holds.SURNAME

    def words(self) -> Iterable[tuple[str, float]]:
        """Every surname with its log share, the most borne first."""
        return _surnames_as_written(self.most)

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        """Surnames near the raw reading, nearest first, the more borne before the rarer, with log shares."""
        return _near_surnames(fold(near), min(self.most, SOUGHT), limit)


@dataclass(frozen=True, slots=True)
class GivenNamesAcceptor:
    """Sequences of given names: each word of the reading is sought apart, then the words are combined.

    A common name farther off comes before a rare one that is nearer: Marie for "Mane" before Mané.
    """

    @property
    def holds(self) -> Holds:
        return Holds.GIVEN_NAMES

    def words(self) -> Iterable[tuple[str, float]]:
        """Every single given name with its log share, the most borne first."""
        _, weights, written = _given_names()
        return zip(written, weights, strict=True)

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        """Sequences near the raw reading, best first, with the sum of the words' log shares."""
        beams: list[tuple[float, float, str]] = [(0.0, 0.0, "")]
        for word in near.split():
            options = _given_options(fold(word).replace(" ", "")) or ((0, math.log(1e-7), word),)
            beams = heapq.nsmallest(
                max(limit, 1),
                (
                    (cost + LETTER * distance - log_share, weight + log_share, f"{text} {name}".strip())
                    for cost, weight, text in beams
                    for distance, log_share, name in options
                ),
            )
        return tuple((text, weight) for _, weight, text in beams[: max(limit, 0)] if text)


@dataclass(frozen=True, slots=True)
class FullNameAcceptor:
    """Surname and given names in one cell, in the order and with the separator of the reading."""

    surname: SurnameAcceptor = SurnameAcceptor()
    given_names: GivenNamesAcceptor = GivenNamesAcceptor()

    @property
    def holds(self) -> Holds:
        return Holds.FULL_NAME

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        """The best surnames with the best given names; nothing where the reading can't be split."""
        split = split_name(cleaned(near))
        at = near.find(split.given_names)
        between = near[near.find(split.surname) + len(split.surname) : at] if split.surname else ""
        if not split.surname or not split.given_names or not 0 < len(between) <= 5:
            return ()
        each = max(math.isqrt(max(limit, 1)), 3)
        given = list(self.given_names.candidates(split.given_names, each))
        pairs = [
            (f"{surname}{between}{names}", weight + more)
            for surname, weight in self.surname.candidates(split.surname, each * 2)
            for names, more in given
        ]
        return tuple(pairs[: max(limit, 0)])


@dataclass(frozen=True, slots=True)
class Listed:
    """Folded names, and of each the letters that it has once and twice as bits: names that lack too many of
    a reading's letters, or have too many others, need not be compared."""

    names: NDArray[np.object_]
    letters: NDArray[np.uint64]

    @classmethod
    def of(cls, names: tuple[str, ...]) -> Listed:
        letters = np.array([_letters(name) for name in names], np.uint64)
        return cls(np.array(names, np.object_), letters)

    def nearest(self, near: str, limit: int) -> list[tuple[int, int]]:
        """Indices and distances of the names within reach of a folded reading, nearest first."""
        if not near or limit < 1:
            return []
        reach = max(2, math.ceil(FARTHEST_SHARE * len(near)))
        own = np.uint64(_letters(near))
        lacking, others = np.bitwise_count(own & ~self.letters), np.bitwise_count(self.letters & ~own)
        places = np.flatnonzero((lacking <= reach) & (others <= reach))
        distances = process.cdist(
            [near],
            self.names[places].tolist(),
            scorer=Levenshtein.distance,
            score_cutoff=reach,
            dtype=np.uint8,
        )[0]
        nearest = np.argsort(distances, kind="stable")[:limit]
        nearest = nearest[distances[nearest] <= reach]
        return list(zip(places[nearest].tolist(), distances[nearest].tolist(), strict=True))


def _letters(name: str) -> int:
    once = twice = 0
    for letter in name:
        if "a" <= letter <= "z":
            bit = 1 << (ord(letter) - ord("a"))
            twice |= once & bit
            once |= bit
    return twice << 26 | once


@lru_cache(maxsize=512)
def _near_surnames(near: str, most: int, limit: int) -> tuple[tuple[str, float], ...]:
    names, weights = _surnames(most)
    found = _listed_surnames(most).nearest(near, limit)
    ranked = sorted(found, key=lambda item: (item[1], -weights[item[0]]))
    return tuple((ordinary_capitals(names[index]), weights[index]) for index, _ in ranked)


@lru_cache(maxsize=4096)
def _given_options(word: str) -> tuple[tuple[int, float, str], ...]:
    """Distance, log share and spelling of the given names near one word, abbreviations among them."""
    names, weights, written = _given_names()
    near = names.nearest(word, WORDS_APART * 12)
    ranked = sorted(near, key=lambda item: LETTER * item[1] - weights[item[0]])[:WORDS_APART]
    return tuple((distance, weights[index], written[index]) for index, distance in ranked)


@cache
def _surnames(most: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
    borne = list(islice(surnames.counts().items(), most))
    total = sum(count for _, count in borne)
    return tuple(name for name, _ in borne), tuple(math.log(count / total) for _, count in borne)


@cache
def _surnames_as_written(most: int) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    names, weights = _surnames(most)
    for name, weight in zip(map(ordinary_capitals, names), weights, strict=True):
        written = given_names.with_accents(name)
        if written == name:
            found.append((name, weight))
        else:
            found += [(written, weight + math.log(_ACCENTED)), (name, weight + math.log(1 - _ACCENTED))]
    return tuple(found)


@cache
def _listed_surnames(most: int) -> Listed:
    return Listed.of(_surnames(most)[0])


@cache
def _given_names() -> tuple[Listed, tuple[float, ...], tuple[str, ...]]:
    borne = given_names.all_names()
    total = sum(count for _, count in borne)
    written = tuple(name for name, _ in borne)
    return (
        Listed.of(tuple(fold(name).replace(" ", "") for name in written)),
        tuple(math.log(count / total) for _, count in borne),
        written,
    )
