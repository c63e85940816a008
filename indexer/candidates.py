"""Surnames that answer one that was asked, in tiers: itself, by spelling, by sound, a letter off, misread.

Two stories can bring a name to an answer: it is the right one and the asked one is wrong (a clerk has a name
as it was heard or misread), or the asked one is right and this one was misread into the index. Each story
has the cost of its changes, and is likelier for some names than for others; a name weighs by both.
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
from indexer.similarity import reading_costs
from indexer.tiers import EXACT, WeightedName
from indexer.vocabulary import Vocabulary
from registers.errors import QueryError
from registers.query import Expansion, SearchQuery

Floats = NDArray[np.float32]
MOST_NAMES = 60
MOST_WILDCARD_NAMES = 5000
_NEAR = 700
_COMPARED = 400
_WITHOUT_PARTICLE = 900
_MEMBER = 610
_BEST_INEXACT = 850
_PER_POINT, _BEST_SCORE = 130, 3.0

# Costs, in units of one wrong letter; fitted on real misreadings and on variants of the project.
_PER_EDIT, _PER_CHANGE = 0.35, 0.5
"""What an edit costs by itself, and what it costs as likely or unlikely as it is (similarity.py)."""
_SAME_SOUND, _SOUND_PER_EDIT = 0.55, 0.27
_NEAR_ENOUGH, _DEAREST, _DEAREST_PER_LETTER = 1.75, 0.62, 0.27
"""Names that cost more are not near: two arbitrary letters in a short name, three of eight."""
_CAPITALS_BEHIND = 0.5
_UNLIKELY = 0.8
"""Changes that cost more an edit are called typing errors."""

_FREQUENT_MEANT = 0.4
"""The asked name is wrong: a tenfold frequency of the right one is worth that."""
_ASKED_RIGHT, _FREQUENT_ASKED, _RARE_READ = 1.95, 0.2, 0.43
"""The asked name is right: the likelier, the more frequent it is and the rarer what was read."""
_LEAST_USUAL = 0.1
_SHARPNESS = 4.0


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
    """Candidates: the letters of both names on average, edits, whether each sounds alike or nearly, costs."""

    names: list[str]
    usual: Floats
    checksums: NDArray[np.uint32]
    lengths: Floats
    edits: Floats
    sound: NDArray[np.bool_]
    nearly: NDArray[np.bool_]
    changes: Floats


def _near(surname: str, asked: str, query: SearchQuery, vocabulary: Vocabulary) -> list[WeightedName]:
    if not {Expansion.SOUND, Expansion.TYPO, Expansion.MISREADING} & query.expansions:
        return []
    compared = _compare(asked, query, vocabulary)
    if compared is None:
        return []
    costs = _costs(compared, query)
    scores = _scores(costs, max(usual(asked), _LEAST_USUAL), np.maximum(compared.usual, _LEAST_USUAL))
    weights = np.rint(_BEST_INEXACT + _PER_POINT * (scores - _BEST_SCORE)).clip(1, _BEST_INEXACT)
    weights[(~np.isfinite(costs).any(axis=0)) | (compared.edits == 0)] = 0
    order = np.lexsort((compared.checksums, -weights))[:MOST_NAMES]
    order = order[weights[order] > 0]
    whys = _whys(asked, compared, order, query)
    return [
        WeightedName(compared.names[at], int(weights[at]), surname, (why,))
        for at, why in zip(order.tolist(), whys, strict=True)
    ]


def _compare(asked: str, query: SearchQuery, vocabulary: Vocabulary) -> _Compared | None:
    if not asked or not len(vocabulary):
        return None
    misread = Expansion.MISREADING in query.expansions
    sounding = vocabulary.sounding(sound_keys(asked))
    nearly = vocabulary.sounding_nearly(coarse_key(asked))
    near = vocabulary.near(asked, _NEAR, capitals=misread)
    numbers = vocabulary.united((near, sounding, nearly))
    spellings = (asked, *as_small_capitals(asked)) if misread else (asked,)
    edits = process.cdist(spellings, vocabulary.named(numbers), scorer=OSA.distance, dtype=np.float32)
    edits[1:] += _CAPITALS_BEHIND
    # By checksum among equals, so that the cut does not depend on how the vocabulary came about.
    kept = np.lexsort((vocabulary.checksums(numbers), edits.min(axis=0)))[:_COMPARED]
    heard = vocabulary.among(sounding, numbers)
    kept = np.flatnonzero(_marked(len(numbers), kept) | heard)
    numbers = numbers[kept]
    letters = vocabulary.letters(numbers)
    names = vocabulary.named(numbers)
    respelt = Expansion.SOUND in query.expansions
    return _Compared(
        names,
        vocabulary.usual(numbers),
        vocabulary.checksums(numbers),
        np.array([(len(name) + len(asked)) / 2 for name in names], dtype=np.float32),
        edits[0, kept],
        heard[kept] & respelt,
        vocabulary.among(nearly, numbers),
        reading_costs(
            asked,
            letters,
            misread=misread,
            respelt=respelt,
            capitals=(edits[1:, kept] < edits[0, kept]).any(axis=0),
        ),
    )


def _marked(count: int, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    marks = np.zeros(count, dtype=bool)
    marks[places] = True
    return marks


def _costs(compared: _Compared, query: SearchQuery) -> Floats:
    """What it costs that the asked name was read as each, and the other way round; inf where not near."""
    costs = _PER_CHANGE * compared.changes + _PER_EDIT * compared.edits
    if not {Expansion.TYPO, Expansion.MISREADING} & query.expansions:
        costs[:] = np.inf
    most = np.maximum(_NEAR_ENOUGH, _DEAREST + _DEAREST_PER_LETTER * compared.lengths)
    costs[:, costs.min(axis=0) > most] = np.inf
    heard = np.where(compared.sound, _SAME_SOUND + _SOUND_PER_EDIT * compared.edits, np.float32(np.inf))
    return np.asarray(np.minimum(costs, heard))


def _scores(costs: Floats, asked: float, usual: Floats) -> Floats:
    """The likelihoods of the two stories together; `asked` and `usual` say how usual the names are."""
    asked_right = _ASKED_RIGHT + _FREQUENT_ASKED * asked - _RARE_READ * usual - costs[0]
    asked_wrong = _FREQUENT_MEANT * usual - costs[1]
    both = np.logaddexp(_SHARPNESS * asked_right, _SHARPNESS * asked_wrong)
    return np.asarray(both / _SHARPNESS)


def _whys(asked: str, compared: _Compared, chosen: NDArray[np.intp], query: SearchQuery) -> list[Expansion]:
    """In which way each of the chosen names differs."""
    misread = Expansion.MISREADING in query.expansions
    respelt = Expansion.SOUND in query.expansions
    shape = misreading_key(asked)
    likely = compared.changes.min(axis=0) < _UNLIKELY * compared.edits
    whys = []
    for at in chosen.tolist():
        if compared.sound[at]:
            whys.append(Expansion.SOUND)
        elif not likely[at]:
            whys.append(Expansion.TYPO)
        elif misread and (
            not respelt or not compared.nearly[at] or misreading_key(compared.names[at]) == shape
        ):
            whys.append(Expansion.MISREADING)
        else:
            whys.append(Expansion.SOUND if respelt else Expansion.TYPO)
    return whys
