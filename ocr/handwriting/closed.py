"""Texts that a cell may hold, listed with their priors, and how likely a line makes each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.ctc import Scores, Trie

PRIOR_WEIGHT = 0.6
_WORTH_KEEPING = 1000
_BEST = 50
_OPEN_PER_CHARACTER = 1.0
_OPEN_AT_LEAST = 3.0

Ranked = list[tuple[str, float]]
"""Texts with log weights, best first."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What an acceptor proposes, as a trie with log priors."""

    texts: tuple[str, ...]
    priors: tuple[float, ...]
    trie: Trie

    @classmethod
    def of(cls, candidates: Iterable[tuple[str, float]], alphabet: Alphabet) -> Closed:
        priors: dict[str, float] = {}
        for proposed, prior in candidates:
            text = _written(proposed, alphabet)
            if text:
                priors[text] = max(prior, priors.get(text, -math.inf))
        texts = tuple(priors)
        build = _kept_trie if len(texts) > _WORTH_KEEPING else _trie
        return cls(texts, tuple(priors.values()), build(texts, alphabet))

    def rank(self, scores: Scores, most: int = _BEST) -> Ranked:
        """The likeliest texts by CTC's forward sum and weighted prior."""
        if not self.texts or len(scores) == 0:
            return []
        totals = self.trie.score(scores) + PRIOR_WEIGHT * np.array(self.priors)
        order = np.argsort(-totals)[:most]
        return [(self.texts[i], float(totals[i])) for i in order if math.isfinite(totals[i])]


def with_open(ranked: Ranked, readings: Ranked) -> Ranked:
    """Proposals and own readings in one order; own ones pay for being unknown, by their length."""
    return with_rivals(
        ranked,
        [(text, value - _OPEN_AT_LEAST - _OPEN_PER_CHARACTER * len(text)) for text, value in readings],
    )


def with_rivals(ranked: Ranked, rivals: Ranked) -> Ranked:
    """Proposals and weighed readings in one order."""
    known = {text for text, _ in ranked}
    own = [(text, value) for text, value in rivals if text not in known and text]
    return sorted([*ranked, *own], key=lambda item: -item[1])


def weighed_anew(ranked: Ranked, before: Scores, scores: Scores, alphabet: Alphabet) -> Ranked:
    """Readings that were ranked by some scores of their line, ranked by others; what each is worth beside the
    line's likelihood stays."""
    if not ranked:
        return []
    texts = tuple(text for text, _ in ranked)
    trie = _trie(texts, alphabet)
    with np.errstate(invalid="ignore"):
        totals = np.array([value for _, value in ranked]) + trie.score(scores) - trie.score(before)
    found = [item for item in zip(texts, totals.tolist(), strict=True) if math.isfinite(item[1])]
    return sorted(found, key=lambda item: -item[1])


def share_of_best(ranked: Ranked, temperature: float) -> float:
    """The best reading's share among all, 0 to 1, at a calibrated temperature; 1 where there is none."""
    if not ranked:
        return 1.0
    values = np.array([value for _, value in ranked]) * temperature
    return float(1.0 / np.exp(values - values.max()).sum())


@lru_cache(maxsize=1 << 16)
def _written(text: str, alphabet: Alphabet) -> str:
    """The text in the recogniser's terms, empty where it has no letter for it; names come again and again."""
    text = normalise(text)
    return text if alphabet.covers(text) else ""


def _trie(texts: tuple[str, ...], alphabet: Alphabet) -> Trie:
    return Trie.of([alphabet.encode(text) for text in texts])


@lru_cache(maxsize=8)
def _kept_trie(texts: tuple[str, ...], alphabet: Alphabet) -> Trie:
    """Tries of whole periods are the same from page to page."""
    return _trie(texts, alphabet)
