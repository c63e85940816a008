"""From scores to what an engine returns, with or without knowledge of the cell.

Dates are scored whole, all those of the period (closed.py); names are searched with a model made of
names (names.py); elsewhere the letters before each letter speak (language.py). The raw reading and the
kind of knowledge that changed it are kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.beam import search
from ocr.handwriting.capitals import Capitals
from ocr.handwriting.closed import Closed, Ranked, share_of_best, with_open, with_rivals
from ocr.handwriting.ctc import Scores, Trie, greedy
from ocr.handwriting.hand import of_one_hand
from ocr.handwriting.language import LanguageModel
from ocr.handwriting.names import NAMES, NameCells
from ocr.handwriting.recogniser import Calibration
from registers.document import Alternative, CellText
from registers.knowledge import Acceptor, Holds

ALTERNATIVES = 8
BEAM = 64
LETTERS = "letters"
"""What changed a reading where only the letters before each letter spoke."""
MOST_ODDS = 12.0
ORDER = "order"
"""What changed a name that the rows around it decided."""
_NEAR = 400
_CANDIDATES = 120
_ALL = 200_000
_NUMBERS = (Holds.ACT_NUMBER, Holds.RANK, Holds.YEAR, Holds.DAY)
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its log probability by the line alone, and with the letters before each letter."""

    text: str
    line: float
    total: float


def odds_of(readings: Sequence[Reading]) -> float:
    """The log odds of the best reading among all that were found, within `MOST_ODDS` of 0."""
    best, *others = (reading.total for reading in readings)
    against = float(np.logaddexp.reduce(others)) if others else -math.inf
    return min(MOST_ODDS, max(-MOST_ODDS, best - against))


@dataclass(slots=True)
class Decoder:
    """Decodes the cells of one page; keeps the tries of its dates.

    `language` weighs letters by those before them, and prices names that no lexicon has. `capitals` are
    those of the hand as far as other pages have shown them; they learn from this one.
    """

    alphabet: Alphabet
    calibration: Calibration
    language: LanguageModel | None = None
    capitals: Capitals = field(default_factory=Capitals)
    _dates: dict[int, Closed] = field(default_factory=dict)

    def decode(self, scores: Scores, acceptor: Acceptor | None = None) -> CellText:
        """The best reading of one line, its alternatives and its confidence."""
        return self.decode_all([scores], [acceptor])[0]

    def decode_all(
        self, lines: Sequence[Scores], acceptors: Sequence[Acceptor | None] = ()
    ) -> tuple[CellText, ...]:
        """The same of many lines; `acceptors` is empty or one for each."""
        alike: dict[int, list[int]] = {}
        for index in range(len(lines)):
            alike.setdefault(id(acceptors[index]) if acceptors else 0, []).append(index)
        found: dict[int, CellText] = {}
        for indices in alike.values():
            acceptor = acceptors[indices[0]] if acceptors else None
            found.update(zip(indices, self._column([lines[i] for i in indices], acceptor), strict=True))
        return tuple(found[index] for index in range(len(lines)))

    def readings(self, lines: Sequence[Scores]) -> list[list[Reading]]:
        """Readings of each line without knowledge of its cell, best first; never an empty list."""
        found: list[list[Reading]] = []
        for texts in search(lines, width=BEAM, model=self.language):
            kept: dict[str, Reading] = {}
            for item in texts:
                text = self.alphabet.decode(item.labels).strip()
                kept.setdefault(text, Reading(text, item.line, item.total))
            found.append(list(kept.values()) or [Reading("", 0.0, 0.0)])
        return found

    def _column(self, lines: Sequence[Scores], acceptor: Acceptor | None) -> list[CellText]:
        """The texts of lines that may hold the same."""
        if acceptor is None:
            return [self._unaided(*line) for line in zip(lines, self.readings(lines), strict=True)]
        holds = acceptor.holds.value
        cells = NameCells.of(acceptor, self.alphabet, self.language)
        if cells is not None:
            return [
                self._result(
                    scores, named.shown, self._share(named.ranked), ORDER if named.ordered else holds
                )
                for scores, named in zip(lines, cells.rank(lines, self.capitals), strict=True)
            ]
        ranked = [self._whole(*line, acceptor) for line in zip(lines, self.readings(lines), strict=True)]
        if acceptor.holds is Holds.DATE:
            ranked = of_one_hand(lines, ranked, self.alphabet, self.calibration.temperature)
        return [
            self._result(scores, texts, self._share(texts), holds)
            for scores, texts in zip(lines, ranked, strict=True)
        ]

    def _whole(self, scores: Scores, readings: Sequence[Reading], acceptor: Acceptor) -> Ranked:
        """Texts that the acceptor proposes for the whole cell, and the reader's own."""
        if not readings[0].text:
            return []
        closed = self._closed(acceptor, readings[0].text)
        if not closed.texts and acceptor.holds in _NUMBERS:
            return self._digits(scores, [(reading.text, reading.line) for reading in readings])
        return with_rivals(closed.rank(scores, _CANDIDATES), self._rivals(readings))

    def _rivals(self, readings: Sequence[Reading]) -> Ranked:
        """Readings that nobody proposed: they pay for their length, and more where their letters don't
        go together."""
        kept = [reading for reading in readings if reading.text][:ALTERNATIVES]
        paid = with_open([], [(reading.text, reading.line) for reading in kept])
        if self.language is None:
            return paid
        priors = dict(zip((reading.text for reading in kept), self._priors(kept), strict=True))
        lines = {reading.text: reading.line for reading in kept}
        return [(text, min(value, lines[text] + priors[text])) for text, value in paid]

    def _priors(self, readings: Sequence[Reading]) -> list[float]:
        assert self.language is not None
        spelt = [self.alphabet.encode(reading.text) for reading in readings]
        letters = NAMES.letter * np.array([len(labels) for labels in spelt])
        values: list[float] = (NAMES.language * self.language.texts(spelt) + letters).tolist()
        return values

    def _closed(self, acceptor: Acceptor, near: str) -> Closed:
        if acceptor.holds is not Holds.DATE:
            return Closed.of(acceptor.candidates(near, _NEAR), self.alphabet)
        if id(acceptor) not in self._dates:
            self._dates[id(acceptor)] = Closed.of(acceptor.candidates("", _ALL), self.alphabet)
        return self._dates[id(acceptor)]

    def _digits(self, scores: Scores, own: Ranked) -> Ranked:
        """Numbers alone, as the line would be read by one who knows nothing but digits; weighed by the
        line as it is."""
        allowed = [0, *(self.alphabet.encode(_DIGITS))]
        narrowed = np.full_like(scores, -np.inf)
        narrowed[:, allowed] = scores[:, allowed] - np.logaddexp.reduce(
            scores[:, allowed], axis=1, keepdims=True
        )
        found = [item.labels for item in search([narrowed], width=ALTERNATIVES)[0] if item.labels]
        if not found:
            return with_open([], own)
        values = Trie.of(found).score(scores).tolist()
        ranked = [(self.alphabet.decode(labels), value) for labels, value in zip(found, values, strict=True)]
        return with_open(ranked, own)

    def _unaided(self, scores: Scores, readings: Sequence[Reading]) -> CellText:
        ranked = [(reading.text, reading.total) for reading in readings]
        return self._result(scores, ranked, self.calibration.probability(odds_of(readings)), LETTERS)

    def _share(self, ranked: Ranked) -> float:
        return share_of_best(ranked, self.calibration.temperature)

    def _result(self, scores: Scores, ranked: Ranked, confidence: float, changes: str) -> CellText:
        raw = self.alphabet.decode(greedy(scores)).strip()
        kept = [(text, value) for text, value in ranked if math.isfinite(value)] or [(raw, 0.0)]
        text = kept[0][0]
        if not text:
            confidence = float(np.exp(scores[:, 0].sum())) if len(scores) else 1.0
        return CellText(
            text=text,
            confidence=min(1.0, max(0.0, confidence)),
            alternatives=tuple(Alternative(t, v) for t, v in kept[:ALTERNATIVES]),
            raw_text=raw,
            changed_by=changes if text != raw else "",
        )
