"""Accents as free: lexica of surnames have none, hands write them as they please."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, spans

_VISIBLE = -2.5
"""Log probability that a letter must reach at some step of a line that shows it."""


@dataclass(frozen=True, slots=True)
class Families:
    """Letters that differ by their accent alone: class of the plain one -> all classes."""

    members: dict[int, tuple[int, ...]]
    accented: tuple[int, ...]

    @classmethod
    def of(cls, alphabet: Alphabet) -> Families:
        return _families(alphabet)

    def merged(self, scores: Scores) -> Scores:
        """The same scores with each plain letter standing for its whole family."""
        found = scores.copy()
        for plain, family in self.members.items():
            found[:, plain] = np.logaddexp.reduce(scores[:, list(family)], axis=1)
        return found

    def restored(self, text: str, scores: Scores, alphabet: Alphabet) -> str:
        """A plain text with the accents that the line shows; `text` where it doesn't fit the line."""
        if not text or float(scores[:, list(self.accented)].max(initial=-np.inf)) < _VISIBLE:
            return text
        labels = alphabet.encode(text)
        try:
            places = spans(self.merged(scores), labels)
        except ValueError:
            return text
        chosen = []
        for label, (first, end) in zip(labels, places, strict=True):
            family = self.members.get(label, (label,))
            best = int(scores[first:end, list(family)].max(axis=0).argmax())
            chosen.append(family[best])
        return alphabet.decode(chosen)

    def as_shown(self, text: str, scores: Scores, alphabet: Alphabet) -> str:
        """A text with the accents of the line wherever this shows some form of the letter, elsewhere with its
        own; `text` where it doesn't fit the line."""
        own = alphabet.encode(text)
        plain_of = {label: plain for plain, family in self.members.items() for label in family}
        plain = [plain_of.get(label, label) for label in own]
        try:
            places = spans(self.merged(scores), plain)
        except ValueError:
            return text
        chosen = []
        for label, letter, (first, end) in zip(own, plain, places, strict=True):
            family = self.members.get(letter, (label,))
            shown = scores[first:end, list(family)].max(axis=0)
            chosen.append(family[int(shown.argmax())] if shown.max() > _VISIBLE else label)
        return alphabet.decode(chosen)


@cache
def _families(alphabet: Alphabet) -> Families:
    found: dict[str, list[str]] = defaultdict(list)
    for character in alphabet.characters:
        plain = unicodedata.normalize("NFD", character)[0]
        found[plain].append(character)
    members = {
        alphabet.encode(plain)[0]: tuple(alphabet.encode("".join([plain, *rest])))
        for plain, (first, *rest) in found.items()
        if rest and first == plain
    }
    return Families(members, tuple(label for family in members.values() for label in family[1:]))
