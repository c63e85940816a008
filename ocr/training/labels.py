"""Which of the forms that a value can be written in stands on a line: the one that the line fits best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.ctc import Scores, Trie, greedy

FAR = 2.5
"""How much less probable per letter (natural log) than what a model reads there a text may be: of 577
cells of a hand that it had never seen, 97 % of the right texts are nearer, 97 % of other rows' names are
farther."""


Form = tuple[str, str]
"""A text that a cell may show, and what of its shape is a habit of the hand (how parts are joined,
whether months have capitals)."""


@dataclass(frozen=True, slots=True)
class Label:
    """The form that fits a line best, and how far it lies from what is read there."""

    text: str
    distance: float


def choose(
    lines: Sequence[Scores], forms: Sequence[Sequence[Form]], alphabet: Alphabet
) -> list[Label | None]:
    """For each line the form that fits it, given the habits that its hand shows; None where none does.

    `lines` are scores per step of a model that need not know the hand well.
    """
    fits = [_fit(scores, offered, alphabet) for scores, offered in zip(lines, forms, strict=True)]
    habits = Counter(fit.habit for fit in fits if fit is not None and fit.near(fit.best()))
    return [None if fit is None else fit.label(habits) for fit in fits]


@dataclass(frozen=True, slots=True)
class _Fit:
    forms: tuple[Form, ...]
    values: NDArray[np.float64]
    read: float

    @property
    def habit(self) -> str:
        return self.forms[self.best()][1]

    def best(self, prior: NDArray[np.float64] | float = 0.0) -> int:
        return int(np.argmax(self.values + prior))

    def distance(self, index: int) -> float:
        return float((self.read - self.values[index]) / len(self.forms[index][0]))

    def near(self, index: int) -> bool:
        return self.distance(index) <= FAR

    def label(self, habits: Counter[str]) -> Label | None:
        total = sum(habits.values()) + len({habit for _, habit in self.forms})
        prior = np.array([math.log((habits[habit] + 1) / total) for _, habit in self.forms])
        index = self.best(prior)
        return Label(self.forms[index][0], self.distance(index)) if self.near(index) else None


def _fit(scores: Scores, offered: Sequence[Form], alphabet: Alphabet) -> _Fit | None:
    known: dict[str, str] = {}
    for written, habit in offered:
        text = normalise(written)
        if text and alphabet.covers(text):
            known.setdefault(text, habit)
    if not known or len(scores) == 0:
        return None
    values = Trie.of([alphabet.encode(text) for text in known]).score(scores, beam=0.0)
    read = float(Trie.of([greedy(scores)]).score(scores)[0])
    return _Fit(tuple(known.items()), np.maximum(values, -1e6), read)
