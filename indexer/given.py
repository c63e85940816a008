"""Given names that answer one that was asked: the same, its forms and abbreviations, near spellings."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.keys import given_tokens, misreading_key, sound_keys
from indexer.tiers import GIVEN_NAMES, WeightedName
from indexer.vocabulary import Vocabulary
from lexicon import given_names
from registers.query import Expansion, SearchQuery

_MOST = 40
_NEAR = 120
_OF_GIVEN_NAMES = frozenset(
    [Expansion.GIVEN_NAME_FORM, Expansion.SOUND, Expansion.TYPO, Expansion.MISREADING]
)
_SAME, _FORM, _BEGINNING, _SOUND, _ONE_LETTER, _MISREAD, _INITIAL = 100, 90, 75, 70, 60, 55, 40


def given_candidates(
    token: str, asked: int, query: SearchQuery, vocabulary: Vocabulary
) -> tuple[WeightedName, ...]:
    """The names of the vocabulary that answer one of `asked` given names, best first."""
    key = (token, asked, query.exact, query.expansions & _OF_GIVEN_NAMES)
    return vocabulary.answers.get(key, lambda: _candidates(token, asked, query, vocabulary))


def _candidates(
    token: str, asked: int, query: SearchQuery, vocabulary: Vocabulary
) -> tuple[WeightedName, ...]:
    share = GIVEN_NAMES // asked
    if "*" in token or "?" in token:
        found = vocabulary.matching(token)
        return tuple(WeightedName(name, share, token) for name in found[:_MOST])
    best: dict[str, tuple[int, Expansion | None]] = {}
    for name, percent, why in _answers(token, query, vocabulary):
        if vocabulary.number(name) is not None and percent > best.get(name, (0, None))[0]:
            best[name] = (percent, why)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST]
    return tuple(
        WeightedName(name, share * percent // 100, token, (why,) if why else ())
        for name, (percent, why) in ranked
    )


def _answers(
    token: str, query: SearchQuery, vocabulary: Vocabulary
) -> list[tuple[str, int, Expansion | None]]:
    found: list[tuple[str, int, Expansion | None]] = [(token, _SAME, None)]
    if Expansion.GIVEN_NAME_FORM in query.expansions:
        form = Expansion.GIVEN_NAME_FORM
        found += [(name, _FORM, form) for name in _forms(token)]
        if len(token) >= 3:
            found += [(name, _BEGINNING, form) for name in vocabulary.starting(token)]
        elif len(token) == 1:
            found += [(name, _INITIAL, form) for name in vocabulary.starting(token)]
        found.append((token[0], _INITIAL, form))
    if len(token) >= 4 and not query.exact:
        found += _near(token, query, vocabulary)
    return found


@lru_cache(maxsize=4096)
def _forms(token: str) -> frozenset[str]:
    """The forms, spellings and meanings of a written given name, folded, one word each."""
    meant = {token, given_names.canonical(token), *given_names.expand(token)}
    forms = {form for name in meant for form in (name, *given_names.forms(name))}
    return frozenset(word for form in forms for word in given_tokens(form)[:1])


def _near(token: str, query: SearchQuery, vocabulary: Vocabulary) -> list[tuple[str, int, Expansion | None]]:
    names = vocabulary.named(vocabulary.near(token, _NEAR))
    close = process.cdist([token], names, scorer=OSA.distance, score_cutoff=2)[0]
    sounds, shape = sound_keys(token), misreading_key(token)
    found: list[tuple[str, int, Expansion | None]] = []
    for name, distance in zip(names, close, strict=True):
        if Expansion.SOUND in query.expansions and distance <= 2 and sounds & sound_keys(name):
            found.append((name, _SOUND, Expansion.SOUND))
        elif Expansion.MISREADING in query.expansions and shape == misreading_key(name):
            found.append((name, _MISREAD, Expansion.MISREADING))
        elif Expansion.TYPO in query.expansions and distance == 1 and not _two_known(token, name):
            found.append((name, _ONE_LETTER, Expansion.TYPO))
    return found


def _two_known(token: str, name: str) -> bool:
    """Whether both are names of their own: Louis is not Louise misspelt."""
    return given_names.is_given_name(token) and given_names.is_given_name(name)
