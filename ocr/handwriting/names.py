"""Cells of names: searched with a model made of the lexicon's names, and every text weighed by the line
and by that model.

The search sees little of what is far from its best path, so the lexicon's names nearest to the reading
are put beside what it finds, each on its own stretch of the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ocr.handwriting.accents import Families
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.beam import Weighing, search
from ocr.handwriting.closed import Closed, Ranked, with_open
from ocr.handwriting.ctc import Scores, Trie, greedy, spans
from ocr.handwriting.language import LanguageModel
from ocr.handwriting.lexical import name_model
from registers.knowledge import Acceptor, Holds, NameAcceptor, WordAcceptor

NAMES = Weighing(language=0.8, letter=0.5)
BEAM = 24
_NEAR = 400
_GIVEN_NEAR = 120
_HEADS = 8
_TAILS = 4
_PER_WORD = 3
_GIVEN = (Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES)
_SEPARATOR = re.compile(r"\s+[-=_~]+\s*|\s*[-=_~]+\s+|\s*\(\s*|,\s*")


@dataclass(frozen=True, slots=True)
class NameCells:
    """What knows the surnames and what the given names of a column's cells; not both are None."""

    alphabet: Alphabet
    surname: WordAcceptor | None
    given_names: WordAcceptor | None
    model: LanguageModel

    @classmethod
    def of(
        cls, acceptor: Acceptor | None, alphabet: Alphabet, language: LanguageModel | None
    ) -> NameCells | None:
        """For an acceptor that tells its words; None for any other."""
        surname: WordAcceptor | None = None
        given: WordAcceptor | None = None
        if isinstance(acceptor, NameAcceptor):
            surname, given = acceptor.surname, acceptor.given_names
        elif isinstance(acceptor, WordAcceptor) and acceptor.holds in _GIVEN:
            given = acceptor
        elif isinstance(acceptor, WordAcceptor):
            surname = acceptor
        else:
            return None
        # Protocols don't say that their objects can be keys; all objects can.
        model = _model(language, alphabet, surname, given)  # type: ignore[arg-type]
        return cls(alphabet, surname, given, model)

    def rank(self, lines: Sequence[Scores]) -> list[Ranked]:
        """The readings of each line, best first; an empty one for a line without letters."""
        found = search(lines, width=BEAM, model=self.model, weighing=NAMES)
        return [
            self._ranked(scores, [self.alphabet.decode(item.labels).strip() for item in texts])
            for scores, texts in zip(lines, found, strict=True)
        ]

    def _ranked(self, scores: Scores, readings: list[str]) -> Ranked:
        texts = dict.fromkeys([*readings, *self._proposed(scores, readings[0])])
        kept = [text for text in texts if text and self.alphabet.covers(text)]
        if not kept:
            return []
        spelt = [self.alphabet.encode(text) for text in kept]
        values = Trie.of(spelt).score(scores) + NAMES.language * self.model.texts(spelt)
        values += NAMES.letter * np.array([len(labels) for labels in spelt])
        return sorted(zip(kept, values.tolist(), strict=True), key=lambda item: -item[1])

    def _proposed(self, scores: Scores, best: str) -> list[str]:
        """Texts of known names in the places of the best reading's words. Given names are sought near
        the line's own reading as well: the model may have led the best one astray."""
        raw = self.alphabet.decode(greedy(scores)).strip()
        if self.surname is None:
            return [*self._words(scores, best), *self._words(scores, raw)]
        head, join, tail = split_name(best) if self.given_names else (best, "", "")
        end, begin = self._parts(scores, head, join, best)
        heads = [head, *self._surnames(scores[:end], head, self.surname)]
        if not tail:
            return heads
        tails = [tail, *self._words(scores[begin:], tail)[:_TAILS]]
        raw_head, raw_join, raw_tail = split_name(raw)
        if raw_tail and raw != best:
            _, begin = self._parts(scores, raw_head, raw_join, raw)
            tails += self._words(scores[begin:], raw_tail)[:_TAILS]
        return [f"{first}{join}{last}" for first in heads for last in dict.fromkeys(tails)]

    def _parts(self, scores: Scores, head: str, join: str, text: str) -> tuple[int, int]:
        """The step at which the surname of a reading ends, and that at which its given names begin."""
        if not head or not join:
            return len(scores), len(scores)
        try:
            places = spans(scores, self.alphabet.encode(text))
        except ValueError:
            return len(scores), 0
        end = (places[len(head) - 1][1] + places[len(head)][0]) // 2 + 1
        return end, places[len(head) + len(join)][0]

    def _surnames(self, scores: Scores, near: str, acceptor: Acceptor) -> list[str]:
        """Surnames for a stretch of a line, best first: accents as the line shows them, since the
        lexicon has none, capitals as the reading has them."""
        families = Families.of(self.alphabet)
        capitals = near.isupper() and len(near) > 2
        proposed = acceptor.candidates(near, _NEAR)
        closed = Closed.of(((t.upper(), p) if capitals else (t, p) for t, p in proposed), self.alphabet)
        ranked = closed.rank(families.merged(scores))[:_HEADS]
        return [families.restored(text, scores, self.alphabet) for text, _ in ranked]

    def _words(self, scores: Scores, text: str) -> list[str]:
        """`text` with words exchanged for known given names, the likeliest combinations first."""
        if self.given_names is None:
            return []
        try:
            places = spans(scores, self.alphabet.encode(text))
        except ValueError:
            return []
        found: list[list[str]] = []
        for match in re.finditer(r"\S+", text):
            first = places[match.start() - 1][1] - 1 if match.start() else 0
            last = places[match.end()][0] + 1 if match.end() < len(text) else len(scores)
            part = scores[max(first, 0) : last]
            closed = Closed.of(self.given_names.candidates(match[0], _GIVEN_NEAR), self.alphabet)
            ranked = with_open(closed.rank(part), self._own(match[0], part))
            found.append([word for word, _ in ranked[:_PER_WORD]] or [match[0]])
        return [" ".join(words) for words in _swapped(found)]

    def _own(self, text: str, scores: Scores) -> Ranked:
        if len(scores) == 0:
            return []
        return [(text, float(Trie.of([self.alphabet.encode(text)]).score(scores)[0]))]


def split_name(text: str) -> tuple[str, str, str]:
    """Surname, what joins, given names: "Carel - Louise" -> ("Carel", " - ", "Louise").

    Without a dash, comma or bracket the first word is the surname.
    """
    match = _SEPARATOR.search(text, 1) or re.search(r"\s+", text)
    if match is None or match.end() == len(text):
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _swapped(words: Sequence[Sequence[str]]) -> list[list[str]]:
    """Combinations of one reading per word: the first ones of each, then single swaps."""
    first = [ranked[0] for ranked in words]
    found = [first] if first else []
    for index, ranked in enumerate(words):
        found.extend([*first[:index], other, *first[index + 1 :]] for other in ranked[1:])
    return found


@lru_cache(maxsize=6)
def _model(
    language: LanguageModel | None,
    alphabet: Alphabet,
    surname: WordAcceptor | None,
    given_names: WordAcceptor | None,
) -> LanguageModel:
    base = language or LanguageModel.uniform(alphabet.size)
    words = [tuple(part.words()) if part else () for part in (surname, given_names)]
    return name_model(base, alphabet, *words)
