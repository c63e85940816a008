"""What a cell of names may hold, as a model of letters: the lexicon's names as long contexts above
the n-grams, left for the price of being unknown.

A name that the lexicon has is spelt along a tree whose branches weigh what their names weigh; at any
letter the reading may leave the tree and go on with the n-grams, so no name is impossible. Surname,
what joins it to the given names, and the given names follow each other as the hands write them:
"Carel - Louise Antoinette", "Martin (Jean)", "Durand, Marie".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.language import END, LanguageModel, States

UNKNOWN_START = 0.10
"""How often a name is none of the lexicon's from its first letter on."""
UNKNOWN_LATER = 0.02
ACCENT = 0.06
"""How often a letter of a surname bears each accent that it can bear: the lexicon's have none."""
GIVEN_ACCENT = 0.01
"""The same of given names, which the lexicon has with their accents."""
_CLASSES = 256
_AFTER_SURNAME = {" ": 0.80, ",": 0.05, "-": 0.01}
_AFTER_GIVEN = {" ": 0.45, ",": 0.02, ")": 0.02, "-": 0.03}

Weighted = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A prefix tree, nodes level by level without the root: the class that leads to a node, its
    parent (-1: the root), its mass and how much of it ends there."""

    labels: NDArray[np.int64]
    parents: NDArray[np.int64]
    masses: NDArray[np.float64]
    ending: NDArray[np.float64]


def name_model(
    base: LanguageModel, alphabet: Alphabet, surnames: Weighted, given_names: Weighted
) -> LanguageModel:
    """The model of a cell of surnames, given names or both; either list may be empty, not both.

    Names come with log weights; those that the alphabet cannot write are left out.
    """
    parts = _Parts(base, alphabet)
    given_root = parts.reserve() if given_names else -1
    joins = _joins(parts, given_root) if given_names and surnames else {}
    if given_names:
        ends = {c: (share, given_root) for c, share in _AFTER_GIVEN.items() if c in (" ", "-")}
        ends |= {c: (share, -1) for c, share in _AFTER_GIVEN.items() if c not in ends}
        start = base.start if not surnames else parts.base_after(base.start, " ")
        parts.graft(given_root, _tree(given_names, alphabet), start, ends, accent=GIVEN_ACCENT)
    if not surnames:
        return parts.model(given_root)
    surname_root = parts.reserve()
    parts.graft(surname_root, _tree(surnames, alphabet), base.start, joins, accent=ACCENT)
    return parts.model(surname_root)


def _joins(parts: _Parts, given_root: int) -> dict[str, tuple[float, int]]:
    """What follows a surname: a character, its share and the state it leads to."""
    blank, dashed, apart, bracket = (parts.reserve() for _ in range(4))
    after = parts.base_after(parts.base.start, " ")
    parts.put(blank, after, {"-": (0.45, dashed), "(": (0.05, bracket)}, leave=0.5, shorter=given_root)
    parts.put(dashed, after, {" ": (0.97, given_root)}, leave=0.03)
    parts.put(apart, after, {" ": (0.97, given_root)}, leave=0.03)
    parts.put(bracket, after, {}, leave=0.999, shorter=given_root)
    following = {" ": blank, ",": apart, "-": given_root}
    return {character: (_AFTER_SURNAME[character], following[character]) for character in following}


class _Parts:
    """States and entries as they are put together, above those of the n-grams."""

    def __init__(self, base: LanguageModel, alphabet: Alphabet) -> None:
        self.base, self._alphabet = base, alphabet
        self._count = len(base.shorter)
        self._entries = [base.entries]
        self._chances = [base.chances]
        self._follows = [base.follows]
        self._shorter: dict[int, int] = {}
        self._weights: dict[int, float] = {}
        self._grafted: list[tuple[int, States, NDArray[np.float32]]] = []

    def reserve(self) -> int:
        self._count += 1
        return self._count - 1

    def base_after(self, state: int, text: str) -> int:
        for label in self._alphabet.encode(text):
            _, following = self.base.after(np.array([state], np.int32), np.array([label], np.int64))
            state = int(following[0])
        return state

    def put(
        self,
        state: int,
        base: int,
        characters: dict[str, tuple[float, int]],
        *,
        leave: float,
        shorter: int | None = None,
    ) -> None:
        """A state of its own: some characters, the rest at `leave` from `shorter` or the n-grams."""
        labels = np.array([self._alphabet.encode(c)[0] for c in characters], np.int64)
        shares = np.array([share for share, _ in characters.values()])
        self._add(
            np.full(len(labels), state), labels, shares, np.array([to for _, to in characters.values()])
        )
        self._shorter[state] = base if shorter is None else shorter
        self._weights[state] = float(np.log(leave))

    def graft(
        self, root: int, tree: _Tree, start: int, ends: dict[str, tuple[float, int]], *, accent: float
    ) -> None:
        """A tree of names below `root`; at a name's end what `ends` says, or the line's end."""
        size, first = len(tree.labels), self._count
        self._count += size
        parents = np.where(tree.parents < 0, root, tree.parents + first)
        base_states = self._base_states(tree, start)
        above = np.where(tree.parents < 0, tree.masses[tree.parents < 0].sum(), tree.masses[tree.parents])
        stay = np.where(tree.parents < 0, 1 - UNKNOWN_START, 1 - UNKNOWN_LATER)
        shares = stay * tree.masses / above
        for labels, weight, chosen in self._spellings(tree.labels, accent):
            self._add(parents[chosen], labels, shares[chosen] * weight, np.flatnonzero(chosen) + first)
        self._end(tree, first, base_states, ends)
        self._shorter[root], self._weights[root] = start, float(np.log(UNKNOWN_START))
        weights = np.full(size, np.log(UNKNOWN_LATER), np.float32)
        self._grafted.append((first, base_states, weights))

    def _end(self, tree: _Tree, first: int, base_states: States, ends: dict[str, tuple[float, int]]) -> None:
        """What may follow where names end; a state of -1 stands for the n-grams'."""
        finished = np.flatnonzero(tree.ending > 0)
        states = finished + first
        share = (1 - UNKNOWN_LATER) * tree.ending[finished] / tree.masses[finished]
        left = 1.0 - sum(part for part, _ in ends.values())
        self._add(states, np.full(len(states), END), share * left, np.zeros(len(states), np.int64))
        for character, (part, to) in ends.items():
            label = self._alphabet.encode(character)[0]
            follows = np.full(len(states), to)
            if to < 0:
                follows = self._base_follow(base_states[finished], label)
            self._add(states, np.full(len(states), label), share * part, follows)

    def _base_states(self, tree: _Tree, start: int) -> States:
        """The n-grams' state at each node; a level of the tree at a time."""
        found = np.zeros(len(tree.labels), np.int32)
        level = np.flatnonzero(tree.parents < 0)
        starts = np.full(len(level), start, np.int32)
        while level.size:
            found[level] = self.base.after(starts, tree.labels[level])[1]
            low, high = level[0], level[-1]
            level = np.flatnonzero((tree.parents >= low) & (tree.parents <= high))
            starts = found[tree.parents[level]]
        return found

    def _base_follow(self, states: States, label: int) -> NDArray[np.int64]:
        return self.base.after(states, np.full(len(states), label))[1].astype(np.int64)

    def _spellings(
        self, labels: NDArray[np.int64], accent: float
    ) -> Iterable[tuple[NDArray[np.int64], float, NDArray[np.bool_]]]:
        """The labels as they are, then once for each accent that some of them can bear."""
        everything = np.ones(len(labels), np.bool_)
        families = _accented(self._alphabet)
        yield labels, 1.0, everything
        for plain, others in families.items():
            chosen = labels == plain
            for other in others:
                yield np.full(int(chosen.sum()), other), accent, chosen

    def _add(
        self,
        states: NDArray[np.int64],
        labels: NDArray[np.int64],
        shares: NDArray[np.float64],
        follows: NDArray[np.int64],
    ) -> None:
        self._entries.append(states * _CLASSES + labels)
        self._chances.append(np.log(np.maximum(shares, 1e-30)).astype(np.float32))
        self._follows.append(follows.astype(np.int32))

    def model(self, start: int) -> LanguageModel:
        entries, first = np.unique(np.concatenate(self._entries), return_index=True)
        shorter = np.zeros(self._count, np.int32)
        weights = np.zeros(self._count, np.float32)
        shorter[: len(self.base.shorter)] = self.base.shorter
        weights[: len(self.base.weights)] = self.base.weights
        for at, states, costs in self._grafted:
            shorter[at : at + len(states)] = states
            weights[at : at + len(costs)] = costs
        for state, below in self._shorter.items():
            shorter[state], weights[state] = below, self._weights[state]
        chances, follows = np.concatenate(self._chances), np.concatenate(self._follows)
        return LanguageModel.of(
            entries, chances[first], follows[first], shorter=shorter, weights=weights, start=start
        )


def _tree(names: Weighted, alphabet: Alphabet) -> _Tree:
    texts, weights = [], []
    for name, weight in names:
        text = normalise(name)
        if text and alphabet.covers(text):
            texts.append(bytes(alphabet.encode(text)))
            weights.append(weight)
    longest = max(map(len, texts))
    spelt = np.array(texts, dtype=f"S{longest}")
    order = np.argsort(spelt, kind="stable")
    letters = spelt[order].view(np.uint8).reshape(len(texts), longest)
    masses = np.exp(np.array(weights)[order])
    lengths = np.array([len(text) for text in texts])[order]
    return _levelled(letters, masses, lengths)


def _levelled(letters: NDArray[np.uint8], masses: NDArray[np.float64], lengths: NDArray[np.int64]) -> _Tree:
    """The tree of sorted texts: at each level one node for every distinct beginning."""
    labels, parents, totals, ending = [], [], [], []
    differs = np.zeros(len(letters), np.bool_)
    differs[0] = True
    node_of = np.full(len(letters), -1, np.int64)
    count = 0
    for level in range(letters.shape[1]):
        differs[1:] |= letters[1:, level] != letters[:-1, level]
        long = lengths > level
        begins = np.flatnonzero(long & differs)
        if begins.size == 0:
            break
        rank = np.cumsum(long & differs) - 1
        labels.append(letters[begins, level].astype(np.int64))
        parents.append(node_of[begins])
        own = rank[long]
        totals.append(np.bincount(own, masses[long], minlength=len(begins)))
        last = long & (lengths == level + 1)
        ending.append(np.bincount(rank[last], masses[last], minlength=len(begins)))
        node_of = np.where(long, rank + count, node_of)
        count += len(begins)
    return _Tree(*(np.concatenate(part) for part in (labels, parents, totals, ending)))


def _accented(alphabet: Alphabet) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for character in alphabet.characters:
        plain = unicodedata.normalize("NFD", character)[0]
        if plain != character:
            found.setdefault(alphabet.encode(plain)[0], []).append(alphabet.encode(character)[0])
    return {plain: tuple(others) for plain, others in found.items()}
