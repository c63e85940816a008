"""How the people of a letter stand to its words: who is near which word for an act, what lies between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ner.letters.learnt.mentions import Somebody
from ner.letters.learnt.tokens import Tokens

Integers = NDArray[np.int64]

EDGES = (
    -200,
    -100,
    -60,
    -40,
    -25,
    -16,
    -11,
    -8,
    -5,
    -3,
    -2,
    -1,
    0,
    1,
    2,
    3,
    5,
    8,
    11,
    16,
    25,
    40,
    60,
    100,
    200,
)
BUCKETS = len(EDGES) + 1
NOWHERE = BUCKETS
"""The bucket of a word that the letter does not have."""
ASPECTS = (BUCKETS + 1, BUCKETS + 1, 6, 6, 6, 3, 6, 6, 3)
"""How many values each aspect of a person and a kind of act has."""
QUERIES = 5
"""Birth, marriage, death, another kind, and the person as such."""
_FAR = 999
_BORDERS = np.array(EDGES) + 0.5


def bucket(distance: Integers) -> Integers:
    """The class of a distance in tokens."""
    return np.searchsorted(_BORDERS, distance)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`near` (people, tokens): from a token to the person's nearest mention. `aspects` (people, queries,
    aspects). `to_kind` (queries, tokens): to the nearest word for that kind. `line` and `named` count the
    ends of lines and the people named before each token."""

    near: Integers
    aspects: Integers
    to_kind: Integers
    line: Integers
    named: Integers

    def between(self, tokens: Integers, person: int, query: int) -> Integers:
        """(tokens, 3): lines and people between the person and each token, and how far its kind's word is."""
        near = self.near[person][tokens]
        at = np.clip(tokens + near, 0, len(self.line) - 1)
        lines = np.clip(self.line[tokens] - self.line[at], -3, 3) + 3
        people = np.clip(self.named[np.maximum(tokens, at)] - self.named[np.minimum(tokens, at)], 0, 5)
        away = self.to_kind[query][tokens]
        return np.stack([lines, people, bucket(away) + (away == _FAR)], -1)


def surroundings_of(tokens: Tokens, people: Sequence[Somebody], kinds: Integers) -> Surroundings:
    """`kinds`: the column of `feature_rows` that tells words for acts."""
    count = len(tokens)
    at = np.arange(count)
    line = np.cumsum([tokens.token(number)[0] == "\n" for number in range(count)])
    begun = np.zeros(count + 1, dtype=np.int64)
    near = np.zeros((len(people), count), dtype=np.int64)
    for number, person in enumerate(people):
        best = np.full(count, 10**6)
        for first, end in person.mentions:
            begun[first + 1] += 1
            away = np.where(at < first, first - at, np.where(at >= end, end - 1 - at, 0))
            best = np.where(np.abs(away) < np.abs(best), away, best)
        near[number] = best
    named = np.cumsum(begun)
    words = _Words(kinds)
    aspects = np.zeros((len(people), QUERIES, len(ASPECTS)), dtype=np.int64)
    for number, person in enumerate(people):
        for query in range(QUERIES):
            aspects[number, query] = words.aspects(person, number, query, line, named)
    return Surroundings(near, aspects, words.distances(count), line, named)


class _Words:
    """The words for acts of a letter by the queries that they concern."""

    def __init__(self, kinds: Integers) -> None:
        group = np.where(kinds == 0, -1, np.minimum((kinds - 1) // 3, 3))
        noun = (kinds > 0) & ((kinds - 1) % 3 == 0)
        of = [group == query if query < 3 + 1 else group >= 0 for query in range(QUERIES)]
        self.any = [np.nonzero(mask)[0] for mask in of]
        self.nouns = [np.nonzero(mask & noun)[0] for mask in of]
        self.others = [np.nonzero(mask & ~noun)[0] for mask in of]

    def distances(self, count: int) -> Integers:
        found = np.full((QUERIES, count), _FAR)
        for query, at in enumerate(self.any):
            if len(at):
                away = at[None] - np.arange(count)[:, None]
                found[query] = away[np.arange(count), np.abs(away).argmin(1)]
        return found

    def aspects(
        self, person: Somebody, number: int, query: int, line: Integers, named: Integers
    ) -> list[int]:
        mentions = np.array([first for first, _ in person.mentions])
        nouns, others = self.nouns[query], self.others[query]
        signed = int(line[-1] - line[mentions[0]] <= 1)
        found = [NOWHERE, NOWHERE, 5, 5, min(len(nouns), 3), 2, min(number, 4), min(len(mentions), 4), signed]
        for which, words in enumerate((nouns, others)):
            if not len(words):
                continue
            word, mention = _nearest(words, mentions)
            found[which] = int(bucket(np.array(word - mention)))
            if which == 0 or found[2] == 5:
                found[2] = min(abs(int(line[word] - line[mention])), 4)
                found[3] = min(abs(int(named[word] - named[mention]) - (word > mention)), 4)
        if len(nouns):
            found[5] = int(_nearest(self.nouns[-1], mentions)[0] in nouns)
        return found


def _nearest(words: Integers, mentions: Integers) -> tuple[int, int]:
    away = np.abs(words[None] - mentions[:, None])
    mention, word = np.unravel_index(int(away.argmin()), away.shape)
    return int(words[word]), int(mentions[mention])
