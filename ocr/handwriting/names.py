"""Cells of names: searched with a model made of the lexicon's names, and every text weighed by the line
and by that model.

The search sees little of what is far from its best path, so the lexicon's names nearest to the reading
are put beside what it finds, each on its own stretch of the line. Surnames of a column are then weighed
together, as a list that may be in order (listing.py), and rows that stay in doubt are tried with the
surnames that may stand between their neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.beam import Found, Weighing, search
from ocr.handwriting.capitals import Capitals
from ocr.handwriting.closed import Ranked
from ocr.handwriting.ctc import Scores, Trie, greedy
from ocr.handwriting.language import LanguageModel
from ocr.handwriting.lexical import name_model
from ocr.handwriting.listing import Alphabetical, Heads, in_order, key_of
from ocr.handwriting.margins import behind_margin
from ocr.handwriting.name_parts import split_name
from ocr.handwriting.name_proposals import HEADS, NameProposals
from registers.knowledge import Acceptor, Holds, NameAcceptor, WordAcceptor
from registers.sequences import longest_rise

NAMES = Weighing(language=0.8, letter=0.5)
BEAM = 48
_SURE = math.log(0.9)
_BETWEEN = 400
_ROUNDS = 2
_LEAST_LISTED = 6
_MOSTLY = 0.8
_SHOWN = 8
_FAR = 18.0  # log weight below the best: no order makes that up
_MOST_HEADS = 60
_LEAST_LETTERS = 3
_GIVEN = (Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES)


@dataclass(frozen=True, slots=True)
class Named:
    """A cell's readings, best first, whether the rows around it chose the best, and which readings are
    worth showing: those of several surnames rather than many of one."""

    ranked: Ranked
    shown: Ranked
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class NameCells:
    """What knows the surnames and what the given names of a column's cells; not both are None."""

    alphabet: Alphabet
    surname: WordAcceptor | None
    given_names: WordAcceptor | None
    model: LanguageModel
    proposals: NameProposals

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
        return cls(alphabet, surname, given, model, NameProposals(alphabet, surname, given))

    def rank(self, lines: Sequence[Scores], capitals: Capitals) -> list[Named]:
        """The readings of each line, best first; lines come as their rows do, from top to bottom.

        `capitals` are those of the hand so far; they learn from these lines.
        """
        lines, found = self._without_margins(lines, self._search(lines))
        rows = [
            self._weighed(scores, [self.alphabet.decode(item.labels).strip() for item in texts])
            for scores, texts in zip(lines, found, strict=True)
        ]
        if self.surname is None:
            return [Named(ranked, ranked[:_SHOWN]) for ranked in rows]
        order = _order(self.surname)  # type: ignore[arg-type]
        if self.given_names is not None:
            weighed = self._by_capitals(lines, rows, capitals)
            learnt = self._taught_by_list(lines, weighed, order, capitals)
            rows = weighed if learnt is capitals else self._with_capitals(lines, rows, learnt)
        return self._in_order(lines, rows, order)

    def _without_margins(
        self, lines: Sequence[Scores], found: Sequence[list[Found]]
    ) -> tuple[list[Scores], list[list[Found]]]:
        """The lines from where their names begin, where what stands before is likelier no name."""
        lines, found = list(lines), list(found)
        cut = {
            index: begun
            for index, scores in enumerate(lines)
            if (begun := behind_margin(scores, self.alphabet))
        }
        searched = self._search([begun.scores for begun in cut.values()])
        for (index, begun), texts in zip(cut.items(), searched, strict=True):
            if texts and texts[0].total + begun.price > found[index][0].total:
                lines[index], found[index] = begun.scores, texts
        return lines, found

    def _search(self, lines: Sequence[Scores]) -> list[list[Found]]:
        return search(lines, width=BEAM, model=self.model, weighing=NAMES)

    def _weighed(self, scores: Scores, readings: list[str]) -> Ranked:
        if not greedy(scores):
            return []  # a stain is no name
        return self._totals(scores, [*readings, *self.proposals.texts(scores, readings[0])])

    def _totals(self, scores: Scores, texts: Iterable[str]) -> Ranked:
        """Texts by CTC's forward sum over the line and by the model."""
        kept = [text for text in dict.fromkeys(texts) if text and self.alphabet.covers(text)]
        if not kept:
            return []
        spelt = [self.alphabet.encode(text) for text in kept]
        values = Trie.of(spelt).score(scores) + NAMES.language * self.model.texts(spelt)
        values += NAMES.letter * np.array([len(labels) for labels in spelt])
        ranked = sorted(zip(kept, values.tolist(), strict=True), key=lambda item: -item[1])
        return [item for item in ranked if math.isfinite(item[1])]

    def _by_capitals(self, lines: Sequence[Scores], rows: list[Ranked], capitals: Capitals) -> list[Ranked]:
        """The rows weighed again with what this hand's capitals look like."""
        raws = [self.alphabet.decode(greedy(scores)).strip() for scores in lines]
        for raw, ranked in zip(raws, rows, strict=True):
            if ranked:
                capitals.learn(raw, split_name(ranked[0][0])[2])
        return self._with_capitals(lines, rows, capitals)

    def _taught_by_list(
        self, lines: Sequence[Scores], rows: list[Ranked], order: Alphabetical, capitals: Capitals
    ) -> Capitals:
        """The capitals, with what the surnames show that the list leaves no doubt of; as they are where
        these are few or keep no order."""
        heads = [self._heads(ranked) for ranked in rows]
        sure = [
            (self.alphabet.decode(greedy(scores)).strip(), own[int(np.argmax(chance))][0])
            for scores, own, chance in zip(lines, heads, in_order(heads, order, assumed=True), strict=True)
            if own and _surest(own, chance) >= _SURE
        ]
        rising = longest_rise([key_of(surname)[:1] for _, surname in sure])
        if len(rising) < max(_LEAST_LISTED, _MOSTLY * len(sure)):
            return capitals
        learnt = capitals.copy()
        for index in rising:
            raw, surname = sure[index]
            learnt.learn(split_name(raw)[0], surname, of_list=True)
        return learnt

    def _with_capitals(self, lines: Sequence[Scores], rows: list[Ranked], capitals: Capitals) -> list[Ranked]:
        return [
            self._weighed_by_capitals(scores, ranked, capitals) if ranked else ranked
            for scores, ranked in zip(lines, rows, strict=True)
        ]

    def _weighed_by_capitals(self, scores: Scores, ranked: Ranked, capitals: Capitals) -> Ranked:
        raw = self.alphabet.decode(greedy(scores)).strip()
        head, join, _ = split_name(raw)
        _, best_join, tail = split_name(ranked[0][0])
        end, _ = self.proposals.parts(scores, head, join, raw)
        names = [
            name
            for meant in capitals.meant(head)
            for name in (meant, *self.proposals.surnames(scores[:end], meant)[:HEADS])
        ]
        known = {text for text, _ in ranked}
        more = [text for name in names if (text := f"{name}{best_join}{tail}") not in known]
        return capitals.weigh([*ranked, *self._totals(scores, more)], scores, self.alphabet)

    def _in_order(self, lines: Sequence[Scores], rows: list[Ranked], order: Alphabetical) -> list[Named]:
        best = [ranked[0][0] if ranked else "" for ranked in rows]
        for _ in range(_ROUNDS):
            heads = [self._heads(ranked) for ranked in rows]
            chances = in_order(heads, order, assumed=True)
            firm = [
                own[int(np.argmax(chance))][0] if own else ""
                for own, chance in zip(heads, chances, strict=True)
            ]
            doubtful = [i for i, chance in enumerate(chances) if chance and _surest(heads[i], chance) < _SURE]
            for index in doubtful:
                known = {text for text, _ in rows[index]}
                more = [text for text in self._between(index, rows[index], firm, order) if text not in known]
                rows[index] = sorted(
                    [*rows[index], *self._totals(lines[index], more)], key=lambda item: -item[1]
                )
        heads = [self._heads(ranked) for ranked in rows]
        return [
            self._reordered(
                ranked, dict(own), dict(zip((head for head, _ in own), chance, strict=True)), first
            )
            for ranked, own, chance, first in zip(rows, heads, in_order(heads, order), best, strict=True)
        ]

    def _heads(self, ranked: Ranked) -> list[tuple[str, float]]:
        """The surnames of a row's readings with the weight of the best text of each; none for a row that
        only repeats by a sign."""
        found: dict[str, float] = {}
        for text, value in ranked:
            if value > ranked[0][1] - _FAR and len(found) < _MOST_HEADS:
                found.setdefault(self._head(text), value)
        best = next(iter(found), "")
        return list(found.items()) if sum(c.isalpha() for c in best) >= _LEAST_LETTERS else []

    def _head(self, text: str) -> str:
        return split_name(text)[0] if self.given_names else text

    def _between(self, index: int, ranked: Ranked, firm: Sequence[str], order: Alphabetical) -> list[str]:
        """Texts of a row with the surnames that its neighbours have, and those that may stand between."""
        above = [name for name in firm[max(0, index - 2) : index] if name]
        below = [name for name in firm[index + 1 : index + 3] if name]
        names = [*above, *below]
        if above and below:
            names += order.between(min(map(key_of, above)), max(map(key_of, below)), _BETWEEN)
        tails = dict.fromkeys(text[len(self._head(text)) :] for text, _ in ranked[:3])
        return [name + tail for name in names for tail in tails]

    def _reordered(
        self, ranked: Ranked, own: dict[str, float], chance: dict[str, float], before: str
    ) -> Named:
        """Readings with each surname's weight in the list instead of its weight alone."""
        if not own:
            return Named(ranked, ranked[:_SHOWN])
        weighed = [
            (text, value - own[head] + chance[head])
            for text, value in ranked
            if (head := self._head(text)) in own
        ]
        weighed.sort(key=lambda item: -item[1])
        return Named(weighed, self._varied(weighed), ordered=weighed[0][0] != before)

    def _varied(self, ranked: Ranked) -> Ranked:
        """The best readings of the likeliest surnames, and what else there is room for."""
        firsts: dict[str, tuple[str, float]] = {}
        for item in ranked:
            firsts.setdefault(self._head(item[0]), item)
        shown = dict.fromkeys([*list(firsts.values())[: _SHOWN - 2], *ranked[:_SHOWN]])
        return sorted(list(shown)[:_SHOWN], key=lambda item: -item[1])


def _surest(heads: Heads, chances: Sequence[float]) -> float:
    """The log probability of the likeliest surname, however its accents are written."""
    found: dict[str, float] = {}
    for (head, _), chance in zip(heads, chances, strict=True):
        key = key_of(head)
        found[key] = float(np.logaddexp(found.get(key, -math.inf), chance))
    return max(found.values(), default=-math.inf)


@lru_cache(maxsize=2)
def _order(surname: WordAcceptor) -> Alphabetical:
    return Alphabetical.of(surname.words())


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
