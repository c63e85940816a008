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
"""Log probability that some accented letter must reach at some step of a line that shows accents."""


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
