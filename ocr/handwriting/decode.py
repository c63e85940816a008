"""From scores to what an engine returns, with or without knowledge of the cell.

A text that knowledge proposes is scored by CTC's forward sum over the line and
by its prior; the reader's own text stays possible at a cost. Raw text and the
kind of knowledge that changed it are kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ocr.handwriting.accents import Families
from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.ctc import Scores, Trie, beam, spans
from ocr.handwriting.recogniser import Calibration
from registers.document import Alternative, CellText
from registers.knowledge import Acceptor, Holds, NameAcceptor

ALTERNATIVES = 8
PRIOR_WEIGHT = 0.6
NAMES_NEAR = 400
ALL = 200_000
_GIVEN_NEAR = 120
_WORTH_KEEPING = 1000
_OPEN_PER_CHARACTER = 1.0
_OPEN_AT_LEAST = 3.0

_NUMBERS = (Holds.ACT_NUMBER, Holds.RANK, Holds.YEAR, Holds.DAY)
_SURNAMES = (Holds.SURNAME, Holds.SPOUSE_SURNAME)
_DIGITS = "0123456789"
_SEPARATOR = re.compile(r"\s+[-=_~]+\s*|\s*[-=_~]+\s+|\s*\(\s*|,\s*")

Ranked = list[tuple[str, float]]


@dataclass(slots=True)
class Decoder:
    """Decodes the cells of one page; keeps the tries of its closed acceptors."""

    alphabet: Alphabet
    calibration: Calibration
    _closed: dict[int, _Closed] = field(default_factory=dict)

    def decode(self, scores: Scores, acceptor: Acceptor | None = None) -> CellText:
        """The best reading of one line, its alternatives and its confidence."""
        readings = self.readings(scores)
        raw = readings[0][0]
        if acceptor is None or not raw:
            return self._result(readings, raw, "", scores)
        if isinstance(acceptor, NameAcceptor):
            ranked = self._full_name(scores, readings, acceptor)
        elif acceptor.holds in (Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES):
            ranked = self._given_names(scores, readings, acceptor)
        else:
            ranked = self._whole(scores, readings, acceptor)
        return self._result(ranked, raw, acceptor.holds.value, scores)

    def readings(self, scores: Scores) -> Ranked:
        """Readings without knowledge, best first, with log probabilities."""
        if len(scores) == 0:
            return [("", 0.0)]
        texts: dict[str, float] = {}
        for labels, value in beam(scores, ALTERNATIVES):
            text = self.alphabet.decode(labels).strip()
            texts[text] = float(np.logaddexp(texts[text], value)) if text in texts else value
        return sorted(texts.items(), key=lambda item: -item[1])

    def _whole(self, scores: Scores, readings: Ranked, acceptor: Acceptor) -> Ranked:
        if acceptor.holds is Holds.DATE:
            closed = self._closed.get(id(acceptor))
            if closed is None:
                closed = _Closed.of(acceptor.candidates("", ALL), self.alphabet)
                self._closed[id(acceptor)] = closed
        elif acceptor.holds in _SURNAMES:
            ranked = self._surnames(scores, readings[0][0], acceptor)[0]
            return self._rescored(scores, dict(ranked[:ALTERNATIVES]), readings)
        else:
            near = acceptor.candidates(readings[0][0], NAMES_NEAR)
            closed = _Closed.of(near, self.alphabet)
        if not closed.texts and acceptor.holds in _NUMBERS:
            return self._digits(scores, readings)
        return _with_open(closed.rank(scores), readings)

    def _surnames(self, scores: Scores, near: str, acceptor: Acceptor) -> tuple[Ranked, float]:
        """Surnames for a stretch of a line, best first, with their weighted priors, and the
        lowest of these. Accents are as the line shows them, capitals as the reading does."""
        families = Families.of(self.alphabet)
        capitals = near.isupper() and len(near) > 2
        proposed = acceptor.candidates(near, NAMES_NEAR)
        closed = _Closed.of(((t.upper(), p) if capitals else (t, p) for t, p in proposed), self.alphabet)
        ranked = []
        for text, _ in closed.rank(families.merged(scores))[:ALTERNATIVES]:
            restored = families.restored(text, scores, self.alphabet)
            ranked.append((restored, PRIOR_WEIGHT * closed.priors[text]))
        return ranked, PRIOR_WEIGHT * closed.lowest

    def _digits(self, scores: Scores, readings: Ranked) -> Ranked:
        allowed = [0, *(self.alphabet.encode(_DIGITS))]
        narrowed = np.full_like(scores, -30.0)
        narrowed[:, allowed] = scores[:, allowed]
        ranked = [
            (self.alphabet.decode(labels), value) for labels, value in beam(narrowed, ALTERNATIVES) if labels
        ]
        return _with_open(ranked, readings)

    def _given_names(self, scores: Scores, readings: Ranked, acceptor: Acceptor) -> Ranked:
        raw = readings[0][0]
        if not self.alphabet.covers(raw):
            return readings
        words = self._words(scores, raw, acceptor)
        texts = {" ".join(word for word, _ in pick): sum(v for _, v in pick) for pick in _best(words)}
        return self._rescored(scores, texts, readings)

    def _full_name(self, scores: Scores, readings: Ranked, acceptor: NameAcceptor) -> Ranked:
        """Each part sought on its own stretch of the line, the best combinations on the whole."""
        raw = readings[0][0]
        surname, join, given = split_name(raw)
        try:
            places = spans(scores, self.alphabet.encode(raw))
        except ValueError:
            return readings
        end = len(scores)
        if join:
            end = (places[len(surname) - 1][1] + places[len(surname)][0]) // 2 + 1
        heads, lowest = self._surnames(scores[:end], surname, acceptor.surname)
        heads = [*heads, (surname, lowest - _open_cost(surname))]
        words: list[Ranked] = []
        if given:
            begin = places[len(surname) + len(join)][0]
            words = self._words(scores[begin:], given, acceptor.given_names)
        tails = [(" ".join(w for w, _ in pick), sum(v for _, v in pick)) for pick in _best(words)]
        texts = {
            head + (join + tail if tail else ""): prior + more
            for head, prior in heads
            for tail, more in (tails or [("", 0.0)])[:4]
        }
        return self._rescored(scores, texts, readings)

    def _words(self, scores: Scores, text: str, acceptor: Acceptor) -> list[Ranked]:
        """Per word of `text`, proposed words with their weighted priors, best first."""
        try:
            places = spans(scores, self.alphabet.encode(text))
        except ValueError:
            return [[(word, 0.0)] for word in text.split()]
        found: list[Ranked] = []
        for match in re.finditer(r"\S+", text):
            first = places[match.start() - 1][1] - 1 if match.start() else 0
            last = places[match.end()][0] + 1 if match.end() < len(text) else len(scores)
            closed = _Closed.of(acceptor.candidates(match[0], _GIVEN_NEAR), self.alphabet)
            part = scores[max(first, 0) : last]
            ranked = _with_open(closed.rank(part), _own(match[0], part, self.alphabet))[:4]
            found.append([(word, closed.prior_of(word)) for word, _ in ranked])
        return found

    def _rescored(self, scores: Scores, texts: dict[str, float], readings: Ranked) -> Ranked:
        """Whole texts by forward sum plus weighted prior; own readings at the lowest prior."""
        for text, _ in readings[:3]:
            texts.setdefault(text, min(texts.values(), default=0.0) - _open_cost(text) / 2)
        kept = [text for text in texts if self.alphabet.covers(text)]
        values = Trie.of([self.alphabet.encode(text) for text in kept]).score(scores)
        ranked = [(text, float(value) + texts[text]) for text, value in zip(kept, values, strict=True)]
        return sorted(ranked, key=lambda item: -item[1])

    def _result(self, ranked: Ranked, raw: str, holds: str, scores: Scores) -> CellText:
        ranked = [(text, value) for text, value in ranked if math.isfinite(value)] or [(raw, 0.0)]
        text = ranked[0][0]
        confidence = self._share(ranked) if holds else self.calibration.probability(ranked[0][1])
        if not text:
            confidence = float(np.exp(scores[:, 0].sum())) if len(scores) else 1.0
        return CellText(
            text=text,
            confidence=min(1.0, max(0.0, confidence)),
            alternatives=tuple(Alternative(t, v) for t, v in ranked[:ALTERNATIVES]),
            raw_text=raw,
            changed_by=holds if text != raw else "",
        )

    def _share(self, ranked: Ranked) -> float:
        """The best reading's share among all proposed, at the calibrated temperature."""
        values = np.array([value for _, value in ranked]) * self.calibration.temperature
        return float(1.0 / np.exp(values - values.max()).sum())


@dataclass(frozen=True, slots=True)
class _Closed:
    """What an acceptor proposes, as a trie with priors."""

    texts: tuple[str, ...]
    priors: dict[str, float]
    trie: Trie

    @classmethod
    def of(cls, candidates: Iterable[tuple[str, float]], alphabet: Alphabet) -> _Closed:
        priors: dict[str, float] = {}
        for proposed, prior in candidates:
            text = normalise(proposed)
            if text and alphabet.covers(text):
                priors[text] = max(prior, priors.get(text, -math.inf))
        texts = tuple(priors)
        build = _kept_trie if len(texts) > _WORTH_KEEPING else _trie
        return cls(texts, priors, build(texts, alphabet))

    @property
    def lowest(self) -> float:
        return min(self.priors.values(), default=-15.0)

    def prior_of(self, text: str) -> float:
        """The weighted prior; a text that is not proposed pays for being unknown."""
        known = self.priors.get(text)
        return PRIOR_WEIGHT * (self.lowest if known is None else known) - (
            _open_cost(text) if known is None else 0.0
        )

    def rank(self, scores: Scores) -> Ranked:
        if not self.texts or len(scores) == 0:
            return []
        values = self.trie.score(scores)
        totals = values + PRIOR_WEIGHT * np.array(list(self.priors.values()))
        order = np.argsort(-totals)[:50]
        return [(self.texts[i], float(totals[i])) for i in order if math.isfinite(totals[i])]


def _trie(texts: tuple[str, ...], alphabet: Alphabet) -> Trie:
    return Trie.of([alphabet.encode(text) for text in texts])


@lru_cache(maxsize=8)
def _kept_trie(texts: tuple[str, ...], alphabet: Alphabet) -> Trie:
    """Tries of whole periods are the same from page to page."""
    return _trie(texts, alphabet)


def split_name(text: str) -> tuple[str, str, str]:
    """Surname, what joins, given names: "Carel - Louise" -> ("Carel", " - ", "Louise").

    Without a dash, comma or bracket the first word is the surname.
    """
    match = _SEPARATOR.search(text, 1) or re.search(r"\s+", text)
    if match is None or match.end() == len(text):
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _open_cost(text: str) -> float:
    return _OPEN_AT_LEAST + _OPEN_PER_CHARACTER * len(text)


def _own(text: str, scores: Scores, alphabet: Alphabet) -> Ranked:
    if not text or len(scores) == 0:
        return []
    return [(text, float(Trie.of([alphabet.encode(text)]).score(scores)[0]))]


def _with_open(ranked: Ranked, readings: Ranked) -> Ranked:
    """Proposals and own readings in one order; own ones pay for being unknown."""
    known = {text for text, _ in ranked}
    own = [(text, value - _open_cost(text)) for text, value in readings if text not in known and text]
    return sorted([*ranked, *own], key=lambda item: -item[1])


def _best(words: Sequence[Ranked], limit: int = 6) -> list[list[tuple[str, float]]]:
    """Combinations of one reading per word: the first ones of each, then single swaps."""
    if not words:
        return []
    first = [ranked[0] for ranked in words]
    found = [first]
    for index, ranked in enumerate(words):
        found.extend([*first[:index], other, *first[index + 1 :]] for other in ranked[1:3])
    return found[:limit]
