"""Surnames that answer one that was asked, in tiers: itself, by spelling, by sound, a letter off, misread.

Each candidate has a cost, the least of the ways in which it can have come from what was asked; then what
is known of surnames speaks: a name that is asked as it is really borne was more probably misread as
something that nobody bears, and a name that nobody bears more probably stands for a frequent one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.keys import coarse_key, joined, sound_keys, surname_forms
from indexer.similarity import misreading_costs
from indexer.tiers import EXACT, WeightedName
from indexer.vocabulary import Vocabulary, usual
from registers.errors import QueryError
from registers.query import Expansion, SearchQuery

MOST_NAMES = 60
MOST_WILDCARD_NAMES = 5000
_NEAR = 1000
_COMPARED = 600
_WITHOUT_PARTICLE = 900
_MEMBER = 700
_BEST_INEXACT = 850
_PER_COST, _LEAST_COST = 130, -3.2
_DEAREST = 2.8
_MOST_OF_LETTERS = 0.5

# Costs, in units of one wrong letter in an average name; fitted on real misreadings.
_PER_EDIT, _PER_SHARE = 0.55, 3.2
"""An edit costs by itself, and by its share of the letters: one in four weighs more than one in ten."""
_SAME_SOUND, _SOUND_PER_EDIT = 0.55, 0.4
_MISREAD = 0.05
_KNOWN_ASKED, _UNKNOWN_ASKED = (0.35, 2.5), (0.45, 2.0)
"""What a tenfold frequency takes off, and what a name takes off that nobody bears."""


def surname_candidates(surname: str, query: SearchQuery, vocabulary: Vocabulary) -> tuple[WeightedName, ...]:
    """The surnames of the vocabulary that answer, best first; raises QueryError for too wide a wildcard."""
    if "*" in surname or "?" in surname:
        return _wildcard(surname, vocabulary)
    forms = surname_forms(surname)
    found: dict[str, WeightedName] = {}
    if vocabulary.number(forms.full) is not None:
        found[forms.full] = WeightedName(forms.full, EXACT, surname)
    if query.exact:
        return tuple(found.values())
    if Expansion.SPELLING in query.expansions:
        for part in forms.parts:
            weight = _WITHOUT_PARTICLE if part == forms.core else _MEMBER
            if part not in found and vocabulary.number(part) is not None:
                found[part] = WeightedName(part, weight, surname, (Expansion.SPELLING,))
    for near in _near(surname, forms.full, query, vocabulary):
        found.setdefault(near.name, near)
    return tuple(found.values())


def _wildcard(surname: str, vocabulary: Vocabulary) -> tuple[WeightedName, ...]:
    pattern = "".join(piece if piece in "*?" else joined(piece) for piece in surname)
    found = vocabulary.matching(pattern)
    if len(found) > MOST_WILDCARD_NAMES:
        raise QueryError(
            f"« {surname} » correspond à {len(found)} noms différents",
            advice="ajoutez des lettres, par exemple « Lef*vre »",
        )
    return tuple(WeightedName(name, EXACT, surname) for name in found)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Candidates with the letters, the edits, the cost of misreading and the likeness of sound of each."""

    names: list[str]
    usual: NDArray[np.float32]
    checksums: NDArray[np.uint32]
    letters: NDArray[np.float32]
    edits: NDArray[np.float32]
    misreading: NDArray[np.float32]
    sound: NDArray[np.bool_]


def _near(surname: str, asked: str, query: SearchQuery, vocabulary: Vocabulary) -> list[WeightedName]:
    compared = _compare(asked, vocabulary)
    if compared is None:
        return []
    costs, whys = _cheapest(compared, query)
    weights = _weights(costs - _prior(usual(asked) > 0, compared.usual))
    weights[(costs > _DEAREST) | (compared.edits == 0)] = 0
    order = np.lexsort((compared.checksums, -weights))[:MOST_NAMES]
    return [
        WeightedName(compared.names[at], int(weights[at]), surname, (whys[at],))
        for at in order.tolist()
        if weights[at]
    ]


def _compare(asked: str, vocabulary: Vocabulary) -> _Compared | None:
    if not asked or not len(vocabulary):
        return None
    sounding = vocabulary.sounding(sound_keys(asked))
    nearly = vocabulary.sounding_nearly(coarse_key(asked))
    numbers = np.union1d(vocabulary.near(asked, _NEAR), np.union1d(sounding, nearly))
    names = [vocabulary.names[number] for number in numbers]
    edits = process.cdist([asked], names, scorer=OSA.distance, dtype=np.float32)[0]
    # By checksum among equals, so that the cut does not depend on how the vocabulary came about.
    kept = np.lexsort((vocabulary.checksums[numbers], edits))[:_COMPARED]
    kept = np.union1d(kept, np.flatnonzero(np.isin(numbers, sounding)))
    names = [names[at] for at in kept]
    return _Compared(
        names,
        vocabulary.usual[numbers[kept]],
        vocabulary.checksums[numbers[kept]],
        np.array([max(len(name), len(asked)) for name in names], dtype=np.float32),
        edits[kept],
        misreading_costs(asked, names),
        np.isin(numbers[kept], sounding),
    )


def _cheapest(compared: _Compared, query: SearchQuery) -> tuple[NDArray[np.float32], list[Expansion]]:
    """The least cost of each candidate over the ways that are switched on, and that way."""
    never = np.full(len(compared.names), np.inf, dtype=np.float32)
    edits = compared.edits
    share = _PER_SHARE * edits / compared.letters
    near = edits <= np.maximum(2, _MOST_OF_LETTERS * compared.letters)
    ways = {
        Expansion.SOUND: np.where(compared.sound, _SAME_SOUND + _SOUND_PER_EDIT * edits, np.inf),
        Expansion.TYPO: np.where(near, _PER_EDIT * edits + share, np.inf),
        Expansion.MISREADING: np.where(near, _MISREAD + _PER_EDIT * compared.misreading + share, np.inf),
    }
    rows = np.stack([cost if way in query.expansions else never for way, cost in ways.items()])
    best = rows.argmin(axis=0)
    kinds = list(ways)
    return rows.min(axis=0), [kinds[at] for at in best]


def _prior(known: bool, usual: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is taken off a cost for what is known of a name, in the sense that fits the question.

    A frequent name is likelier than a rare one. A name that nobody is known to bear is a misreading of
    another: likelier still when a known name is asked.
    """
    rate, unborne = _KNOWN_ASKED if known else _UNKNOWN_ASKED
    return np.where(usual > 0, rate * usual, np.float32(unborne)).astype(np.float32)


def _weights(costs: NDArray[np.float32]) -> NDArray[np.int64]:
    """Costs as weights; what is known of a name may bring a cost far below 0."""
    weights = np.rint(_BEST_INEXACT - _PER_COST * (np.minimum(costs, 99) - _LEAST_COST))
    return np.asarray(np.clip(weights, 1, _BEST_INEXACT), dtype=np.int64)
