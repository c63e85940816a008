"""Texts of known names for the places of a reading's words.

A search sees little of what is far from its best path, so names of the lexicon that are near a reading are
scored on the stretch of the line that each of its words takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocr.handwriting.accents import Families
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.closed import Closed, Ranked, with_open
from ocr.handwriting.ctc import Scores, Trie, greedy, spans
from ocr.handwriting.name_parts import other_initials, split_name, swapped
from registers.knowledge import WordAcceptor

HEADS = 8
"""Surnames that keep their accents and are put with every choice of given names."""
_NEAR = 400
_GIVEN_NEAR = 120
_TAILS = 4
_PER_WORD = 3


@dataclass(frozen=True, slots=True)
class NameProposals:
    """What the surnames and what the given names of a cell may be; not both are None."""

    alphabet: Alphabet
    surname: WordAcceptor | None
    given_names: WordAcceptor | None

    def texts(self, scores: Scores, best: str) -> list[str]:
        """Texts of known names in the places of the best reading's words. Given names are sought near
        the line's own reading as well: the model may have led the best one astray."""
        raw = self.alphabet.decode(greedy(scores)).strip()
        if self.surname is None:
            return [word for text in dict.fromkeys((best, raw)) for word in self._words(scores, text)]
        head, join, tail = split_name(best) if self.given_names else (best, "", "")
        end, begin = self.parts(scores, head, join, best)
        heads = [head, *self.surnames(scores[:end], head)]
        if not tail:
            return [*heads, *other_initials(head)]
        tails = [tail, *self._words(scores[begin:], tail)[:_TAILS]]
        raw_head, raw_join, raw_tail = split_name(raw)
        if raw_tail and raw_tail != tail:
            _, begin = self.parts(scores, raw_head, raw_join, raw)
            tails += self._words(scores[begin:], raw_tail)[:_TAILS]
        well = [f"{first}{join}{last}" for first in heads[:HEADS] for last in dict.fromkeys(tails)]
        others = [*heads[HEADS:], *other_initials(head), *other_initials(heads[min(1, len(heads) - 1)])]
        return [*well, *(f"{first}{join}{tails[min(1, len(tails) - 1)]}" for first in others)]

    def parts(self, scores: Scores, head: str, join: str, text: str) -> tuple[int, int]:
        """The step at which the surname of a reading ends, and that at which its given names begin."""
        if not head or not join:
            return len(scores), len(scores)
        try:
            places = spans(scores, self.alphabet.encode(text))
        except ValueError:
            return len(scores), 0
        end = (places[len(head) - 1][1] + places[len(head)][0]) // 2 + 1
        return end, places[len(head) + len(join)][0]

    def surnames(self, scores: Scores, near: str) -> list[str]:
        """Surnames for a stretch of a line, best first: accents as the line shows them, since the
        lexicon has few, capitals as the reading has them."""
        if self.surname is None:
            return []
        families = Families.of(self.alphabet)
        capitals = near.isupper() and len(near) > 2
        proposed = self.surname.candidates(near, _NEAR)
        closed = Closed.of(((t.upper(), p) if capitals else (t, p) for t, p in proposed), self.alphabet)
        ranked = [text for text, _ in closed.rank(families.merged(scores))]
        restored = [families.restored(text, scores, self.alphabet) for text in ranked[:HEADS]]
        return [*restored, *ranked[HEADS:]]

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
            own = [] if match[0] in closed.texts else self._own(match[0], part)
            ranked = with_open(closed.rank(part), own)
            found.append([word for word, _ in ranked[:_PER_WORD]] or [match[0]])
        return [" ".join(words) for words in swapped(found)]

    def _own(self, text: str, scores: Scores) -> Ranked:
        if len(scores) == 0:
            return []
        return [(text, float(Trie.of([self.alphabet.encode(text)]).score(scores)[0]))]
