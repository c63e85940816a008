"""What a hand's capitals look like to the reader, learnt from the given names of its rows.

A flourished M may be taken for "he" wherever it stands. Given names are few and well known, so that a row
shows it: what was taken for "hearie" is Marie. Surnames begin with the same capitals: a surname that the
line shows as "heagnin" is Magnin. A capital is then a channel that gives one of several beginnings, each
as often as it was seen, and a line is as likely under a surname as under all its beginnings together.
Surnames that a list in order leaves no doubt of show more: between Odet and Oullier, "Drange" is Orange.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from lexicon.fold import fold
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.closed import Ranked
from ocr.handwriting.ctc import Scores, Trie

USUAL = 5.0
"""Sightings that the reader's own opinion of a capital is worth."""
_LEAST_SHARE = 0.05
_LONGEST = 3
_LEAST_LETTERS = 4


@dataclass(slots=True)
class Capitals:
    """How often each capital was taken for which beginning; grows from side to side of one scan."""

    seen: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def copy(self) -> Capitals:
        copied = Capitals()
        copied.seen.update((capital, counts.copy()) for capital, counts in self.seen.items())
        return copied

    def learn(self, raw: str, names: str, *, of_list: bool = False) -> None:
        """From a line as it looks (`raw`, read without knowledge) and the names that it holds.

        That it was taken for one other capital counts only with names `of_list`, which the rows around have
        chosen: of a single line the reader's scores tell more than a count does.
        """
        shown = raw.split()
        for name in names.split():
            if len(name) < _LEAST_LETTERS or not name[0].isupper():
                continue
            for beginning in _beginnings(shown, name):
                plain = len(beginning) == 1 and beginning.isupper() and not of_list
                self.seen[name[0]][name[0] if plain else beginning] += 1

    def others(self, capital: str) -> list[tuple[str, float]]:
        """Beginnings that the capital is taken for, with their log shares."""
        counts = self.seen.get(capital)
        if not counts:
            return []
        total = counts.total() + USUAL
        return [
            (beginning, math.log(count / total))
            for beginning, count in counts.items()
            if count / total >= _LEAST_SHARE and beginning != capital
        ]

    def meant(self, raw: str) -> list[str]:
        """What a word may be that looks like `raw`, with the capitals that are taken for its beginning."""
        return [
            capital + raw[len(beginning) :]
            for capital in self.seen
            for beginning, _ in self.others(capital)
            if raw.startswith(beginning) and len(raw) >= len(beginning) + _LEAST_LETTERS - 1
        ]

    def weigh(self, ranked: Ranked, scores: Scores, alphabet: Alphabet) -> Ranked:
        """Texts with the weight of all beginnings that their capital is taken for, best first."""
        changed = [
            (index, alphabet.encode(beginning + text[1:]), share)
            for index, (text, _) in enumerate(ranked)
            for beginning, share in self.others(text[:1])
            if alphabet.covers(beginning + text[1:])
        ]
        if not changed:
            return sorted(ranked, key=lambda item: -item[1])
        concerned = list(dict.fromkeys(index for index, _, _ in changed))
        plain = Trie.of([alphabet.encode(ranked[index][0]) for index in concerned]).score(scores)
        gained = dict(zip(concerned, plain.tolist(), strict=True))
        likelihoods = Trie.of([labels for _, labels, _ in changed]).score(scores).tolist()
        for (index, _, share), likelihood in zip(changed, likelihoods, strict=True):
            gained[index] = float(np.logaddexp(gained[index], likelihood + share))
        for index, before in zip(concerned, plain.tolist(), strict=True):
            gained[index] = gained[index] - before if math.isfinite(before) else 0.0
        weighed = [(text, value + gained.get(index, 0.0)) for index, (text, value) in enumerate(ranked)]
        return sorted(weighed, key=lambda item: -item[1])


def _beginnings(shown: Iterable[str], name: str) -> Iterable[str]:
    """What stands before the rest of a name in the words that end with it."""
    rest = fold(name[1:])
    for word in shown:
        for length in range(1, _LONGEST + 1):
            if fold(word[length:]) == rest:
                yield word[:length]
                break
