"""What a cell of names may hold, as a model of letters: the lexicon's names as long contexts above
the n-grams, left for the price of being unknown.

A name that the lexicon has is spelt along a tree whose branches weigh what their names weigh; at any
letter the reading may leave the tree and go on with the n-grams, so no name is impossible. Surname,
what joins it to the given names, and the given names follow each other as the hands write them:
"Carel - Louise Antoinette", "Martin (Jean)", "Durand, Marie".

What follows "Martin " may be a given name or the rest of another surname ("Martin Dupont"): a state there
stands for both, and each letter weighs what it weighs in either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.language import END, LanguageModel, States
from ocr.handwriting.name_tree import NameTree, Weighted, tree_of

UNKNOWN_START = 0.10
"""How often a name is none of the lexicon's from its first letter on."""
UNKNOWN_LATER = 0.02
ACCENT = 0.06
"""How often a letter of a surname bears each accent that it can bear: most of the lexicon's have none."""
GIVEN_ACCENT = 0.01
"""The same of given names, which the lexicon has with their accents."""
_CLASSES = 256
_AFTER_SURNAME = {" ": 0.80, ",": 0.05, "-": 0.01}
_AFTER_GIVEN = {" ": 0.45, ",": 0.02, ")": 0.02, "-": 0.03}
_GOES_ON = " -"
"""What joins given names to each other."""


@dataclass(frozen=True, slots=True)
class _Walked:
    """The nodes of a tree beside the model below it: that model's state at each node, the share of the
    letter that leads there, how much of the node is the model's rather than the tree's, and whether the
    model knows what it holds ("Martin D": Denise as well as Dupont)."""

    states: States
    shares: NDArray[np.float64]
    leave: NDArray[np.float64]
    doubled: NDArray[np.bool_]


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
        ends = {c: (share, given_root) for c, share in _AFTER_GIVEN.items() if c in _GOES_ON}
        ends |= {c: (share, -1) for c, share in _AFTER_GIVEN.items() if c not in ends}
        start = base.start if not surnames else parts.base_after(base.start, " ")
        parts.graft(given_root, tree_of(_single(given_names), alphabet), start, ends, accent=GIVEN_ACCENT)
    if not surnames:
        return parts.model(given_root)
    whole = _Parts(parts.model(base.start), alphabet) if given_names else parts
    surname_root = whole.reserve()
    whole.graft(surname_root, tree_of(surnames, alphabet), base.start, joins, accent=ACCENT)
    return whole.model(surname_root)


def _single(given_names: Weighted) -> Weighted:
    """Without those that are a given name of the list and more: the model puts "Jean-Pierre" together."""
    known = {name for name, _ in given_names}
    return [
        (name, weight)
        for name, weight in given_names
        if not any(name[:at] in known for at, character in enumerate(name) if character in _GOES_ON)
    ]


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
        self, root: int, tree: NameTree, start: int, ends: dict[str, tuple[float, int]], *, accent: float
    ) -> None:
        """A tree of names below `root`; at a name's end what `ends` says, or the line's end."""
        size, first = len(tree.labels), self._count
        self._count += size
        parents = np.where(tree.parents < 0, root, tree.parents + first)
        walked = self._walk(tree, start, ends)
        for labels, weight, chosen in self._spellings(tree.labels, accent, ~walked.doubled):
            self._add(parents[chosen], labels, walked.shares[chosen] * weight, np.flatnonzero(chosen) + first)
        self._end(tree, first, walked, ends)
        self._shorter[root], self._weights[root] = start, float(np.log(UNKNOWN_START))
        self._grafted.append((first, walked.states, np.log(walked.leave).astype(np.float32)))

    def _end(self, tree: NameTree, first: int, walked: _Walked, ends: dict[str, tuple[float, int]]) -> None:
        """What may follow where names end; a state of -1 stands for the n-grams'."""
        finished = np.flatnonzero(tree.ending > 0)
        states, below = finished + first, walked.states[finished]
        share = (1 - walked.leave[finished]) * tree.ending[finished] / tree.masses[finished]
        besides = np.where(walked.doubled[finished], walked.leave[finished], 0.0)
        left = 1.0 - sum(part for part, _ in ends.values())
        chances, _ = self._base_after(below, END)
        self._add(states, np.full(len(states), END), share * left + besides * chances, np.zeros_like(states))
        for character, (part, to) in ends.items():
            label = self._alphabet.encode(character)[0]
            chances, after = self._base_after(below, label)
            follows = after if to < 0 else np.full(len(states), to)
            self._add(states, np.full(len(states), label), share * part + besides * chances, follows)

    def _walk(self, tree: NameTree, start: int, ends: dict[str, tuple[float, int]]) -> _Walked:
        """A level of the tree at a time."""
        size = len(tree.labels)
        top = tree.parents < 0
        above = np.where(top, tree.masses[top].sum(), tree.masses[tree.parents])
        found = _Walked(
            states=np.zeros(size, np.int32),
            shares=np.where(top, 1 - UNKNOWN_START, 1 - UNKNOWN_LATER) * tree.masses / above,
            leave=np.full(size, UNKNOWN_LATER),
            doubled=np.zeros(size, np.bool_),
        )
        level = np.flatnonzero(top)
        starts = np.full(len(level), start, np.int32)
        while level.size:
            parents = tree.parents[level]
            chances, found.states[level] = self._base_after(starts, tree.labels[level])
            inside = (parents >= 0) & found.doubled[parents]
            self._double(found, level[inside], parents[inside], tree, chances[inside])
            for character, (part, to) in ends.items():
                begun = (parents >= 0) & (tree.ending[parents] > 0)
                begun &= tree.labels[level] == self._alphabet.encode(character)[0]
                self._begin_double(found, level[begun], parents[begun], tree, part)
                if to >= 0:
                    found.states[level[begun]] = to
            low, high = level[0], level[-1]
            level = np.flatnonzero((tree.parents >= low) & (tree.parents <= high))
            starts = found.states[tree.parents[level]]
        return found

    @staticmethod
    def _begin_double(
        found: _Walked, nodes: NDArray[np.int64], parents: NDArray[np.int64], tree: NameTree, part: float
    ) -> None:
        """Nodes behind a name that may as well have ended, with `part` of what follows it.

        Behind "Le Roux" of "Le Roux Dupont" that name's end takes the place of that of "Le".
        """
        before = np.where(found.doubled[nodes], found.shares[nodes] * found.leave[nodes], 0.0)
        ended = (1 - found.leave[parents]) * tree.ending[parents] / tree.masses[parents] * part
        found.shares[nodes] += ended
        found.leave[nodes] = np.maximum((before + ended) / found.shares[nodes], UNKNOWN_LATER)
        found.doubled[nodes] = True

    @staticmethod
    def _double(
        found: _Walked,
        nodes: NDArray[np.int64],
        parents: NDArray[np.int64],
        tree: NameTree,
        chances: NDArray[np.float64],
    ) -> None:
        """Nodes below such, where the model below gives their letters `chances`."""
        other = found.leave[parents] * chances
        found.shares[nodes] = (1 - found.leave[parents]) * tree.masses[nodes] / tree.masses[parents] + other
        found.leave[nodes] = np.maximum(other / found.shares[nodes], UNKNOWN_LATER)
        found.doubled[nodes] = True

    def _base_after(
        self, states: States, labels: NDArray[np.int64] | int
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """How likely each letter is there by the model below, and the state that follows."""
        chances, following = self.base.after(states, np.broadcast_to(labels, states.shape))
        return np.exp(chances.astype(np.float64)), following.astype(np.int64)

    def _spellings(
        self, labels: NDArray[np.int64], accent: float, accented: NDArray[np.bool_]
    ) -> Iterable[tuple[NDArray[np.int64], float, NDArray[np.bool_]]]:
        """The labels as they are, then once for each accent that some of those `accented` can bear."""
        everything = np.ones(len(labels), np.bool_)
        families = _accented(self._alphabet)
        yield labels, 1.0, everything
        for plain, others in families.items():
            chosen = accented & (labels == plain)
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


def _accented(alphabet: Alphabet) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for character in alphabet.characters:
        plain = unicodedata.normalize("NFD", character)[0]
        if plain != character:
            found.setdefault(alphabet.encode(plain)[0], []).append(alphabet.encode(character)[0])
    return {plain: tuple(others) for plain, others in found.items()}
