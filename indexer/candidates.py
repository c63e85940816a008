"""Surnames that answer one that was asked, in tiers: itself, by spelling, by sound, a letter off, misread.

Names that look or sound like the asked one are found fast and roughly (vocabulary.py), compared letter by
letter (similarity.py), and weighed by how likely it is that they are meant (stories.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.block import usual
from indexer.keys import (
    as_small_capitals,
    coarse_key,
    joined,
    misreading_key,
    sound_keys,
    surname_forms,
)
from indexer.similarity import READINGS, Way, changing_costs
from indexer.stories import Compared, likelihoods
from indexer.tiers import EXACT, WeightedName
from indexer.vocabulary import Numbers, Vocabulary
from registers.errors import QueryError
from registers.query import Expansion, SearchQuery

Floats = NDArray[np.float32]
MOST_NAMES = 60
MOST_WILDCARD_NAMES = 5000
_NEAR = 700
_COMPARED = 400
_OF_SURNAMES = frozenset([Expansion.SPELLING, Expansion.SOUND, Expansion.TYPO, Expansion.MISREADING])
_WITHOUT_PARTICLE = 900
_MEMBER = 610
_BEST_INEXACT = 850
_PER_POINT, _BEST_SCORE = 130, 3.0

_MOST_LIKELY, _PER_LIKELIHOOD = 13.0, 32.5
"""How likely (a logarithm) the best inexact name is, and what is taken off for each unit below."""
_PER_EDIT, _PER_CHANGE = 0.35, 0.5
_NEAR_ENOUGH, _DEAREST, _DEAREST_PER_LETTER = 1.75, 0.62, 0.27
"""Names whose edits and changes cost more are not near: two arbitrary letters in a short name, three of 8."""
_CAPITALS_BEHIND = 0.5
_UNLIKELY = 0.8
"""Changes that cost more an edit are called typing errors."""


def surname_candidates(surname: str, query: SearchQuery, vocabulary: Vocabulary) -> tuple[WeightedName, ...]:
    """The surnames of the vocabulary that answer, best first; raises QueryError for too wide a wildcard."""
    if "*" in surname or "?" in surname:
        return _wildcard(surname, vocabulary)
    key = (surname, query.exact, query.expansions & _OF_SURNAMES)
    return vocabulary.answers.get(key, lambda: _candidates(surname, query, vocabulary))


def _candidates(surname: str, query: SearchQuery, vocabulary: Vocabulary) -> tuple[WeightedName, ...]:
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
class _Near:
    """Names that were compared: the letters of both on average, and whether each sounds nearly alike."""

    names: list[str]
    checksums: NDArray[np.uint32]
    lengths: Floats
    nearly: NDArray[np.bool_]
    compared: Compared


def _near(surname: str, asked: str, query: SearchQuery, vocabulary: Vocabulary) -> list[WeightedName]:
    if not {Expansion.SOUND, Expansion.TYPO, Expansion.MISREADING} & query.expansions:
        return []
    if not asked or not len(vocabulary):
        return []
    near = _compare(asked, query, vocabulary)
    likely = likelihoods(usual(asked), near.compared)
    weights = np.rint(_BEST_INEXACT + _PER_LIKELIHOOD * (likely - _MOST_LIKELY)).clip(1, _BEST_INEXACT)
    weights[~_near_enough(near, query)] = 0
    order = np.lexsort((near.checksums, -weights))[:MOST_NAMES]
    order = order[weights[order] > 0]
    whys = _whys(asked, near, order, query)
    return [
        WeightedName(near.names[at], int(weights[at]), surname, (why,))
        for at, why in zip(order.tolist(), whys, strict=True)
    ]


def _compare(asked: str, query: SearchQuery, vocabulary: Vocabulary) -> _Near:
    misread = Expansion.MISREADING in query.expansions
    sounding = vocabulary.sounding(sound_keys(asked))
    nearly = vocabulary.sounding_nearly(coarse_key(asked))
    near = vocabulary.near(asked, _NEAR, capitals=misread)
    numbers = vocabulary.united((near, sounding, nearly))
    spellings = tuple(dict.fromkeys((asked, *as_small_capitals(asked)))) if misread else (asked,)
    names = vocabulary.named(numbers)
    edits = process.cdist(spellings, names, scorer=OSA.distance, dtype=np.float32)
    edits[1:] += _CAPITALS_BEHIND
    heard = vocabulary.among(sounding, numbers)
    kept = np.flatnonzero(heard | _promising(asked, numbers, edits.min(axis=0), vocabulary))
    numbers = numbers[kept]
    names = [names[at] for at in kept.tolist()]
    capitals = (edits[1:, kept] < edits[0, kept]).any(axis=0)
    costs = changing_costs(asked, vocabulary.letters(numbers), capitals)
    if not misread:
        costs[list(READINGS)] = np.inf
    respelt = Expansion.SOUND in query.expansions
    lengths = np.fromiter(map(len, names), dtype=np.float32, count=len(names))
    return _Near(
        names,
        vocabulary.checksums(numbers),
        np.asarray((lengths + len(asked)) / 2, dtype=np.float32),
        vocabulary.among(nearly, numbers),
        Compared(edits[0, kept], heard[kept] & respelt, costs, vocabulary.usual(numbers)),
    )


def _promising(asked: str, numbers: Numbers, edits: Floats, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Which names are worth comparing: the likeliest if every edit were arbitrary."""
    unheard = np.zeros(len(numbers), dtype=bool)
    costs = np.broadcast_to(edits, (len(Way), len(edits)))
    likely = likelihoods(usual(asked), Compared(edits, unheard, costs, vocabulary.usual(numbers)))
    # By checksum among equals, so that the cut does not depend on how the vocabulary came about.
    best = np.lexsort((vocabulary.checksums(numbers), -likely))[:_COMPARED]
    marks = np.zeros(len(numbers), dtype=bool)
    marks[best] = True
    return marks


def _near_enough(near: _Near, query: SearchQuery) -> NDArray[np.bool_]:
    """Which names answer at all: those that sound alike, and those that too much does not part from it."""
    compared = near.compared
    close = compared.heard
    if {Expansion.TYPO, Expansion.MISREADING} & query.expansions:
        costs = _PER_CHANGE * compared.costs.min(axis=0) + _PER_EDIT * compared.edits
        close = close | (costs <= np.maximum(_NEAR_ENOUGH, _DEAREST + _DEAREST_PER_LETTER * near.lengths))
    return close & (compared.edits > 0)


def _whys(asked: str, near: _Near, chosen: NDArray[np.intp], query: SearchQuery) -> list[Expansion]:
    """In which way each of the chosen names differs."""
    misread = Expansion.MISREADING in query.expansions
    respelt = Expansion.SOUND in query.expansions
    shape = misreading_key(asked)
    compared = near.compared
    likely = compared.costs.min(axis=0) < _UNLIKELY * compared.edits
    whys = []
    for at in chosen.tolist():
        if compared.heard[at]:
            whys.append(Expansion.SOUND)
        elif not likely[at]:
            whys.append(Expansion.TYPO)
        elif misread and (not respelt or not near.nearly[at] or misreading_key(near.names[at]) == shape):
            whys.append(Expansion.MISREADING)
        else:
            whys.append(Expansion.SOUND if respelt else Expansion.TYPO)
    return whys
