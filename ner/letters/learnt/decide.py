"""From a letter, its names and what the rules made of it to what is asked for, by the trained network."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from ner.letters.dates import Years
from ner.letters.layout import is_letters_own_date
from ner.letters.learnt.features import KIND_WORD, RuleName, feature_rows
from ner.letters.learnt.mentions import Named, Somebody, named, people
from ner.letters.learnt.network import Floats, Network
from ner.letters.learnt.surroundings import Surroundings, surroundings_of
from ner.letters.learnt.tags import mentions_of
from ner.letters.learnt.tokens import LONGEST, Range, Tokens, tokens_of
from ner.letters.learnt.told import MOST, Told, told_years
from ner.letters.learnt.verdicts import KINDS, PLACE, SURNAME, YEARS, Verdicts, beyond, verdicts_of
from ner.letters.sought import Sought
from registers.entry import Kind
from registers.errors import MissingProgramError

FOLDER = Path(__file__).parents[2] / "models" / "letter_reader"
_FEW_WORDS = 30
_SELF = 4
"""The query of a person as such."""
_OF_TWO = (Kind.MARRIAGE, Kind.DIVORCE)


@dataclass(frozen=True, slots=True)
class Reader:
    """The trained network, the words that it knows, and from which probability on an act is asked for.

    Where no act reaches `threshold`, the most probable counts from `least` on, in a letter of a few words
    from a third of that: few letters ask for nothing.
    """

    network: Network
    vocabulary: dict[str, int]
    threshold: float
    least: float

    def decide(
        self, text: str, names: Sequence[RuleName], by_rules: tuple[Sought, ...]
    ) -> tuple[Sought, ...]:
        """What the letter asks for; the rules' answer where the network knows no better.

        It does not where it sees no person, in a letter longer than those it learnt from, where the rules
        find acts that it cannot answer, where it finds none in a few words, and where it guesses beside the
        act of somebody without given names, or takes this one's wife or husband for who is sought.
        """
        if beyond(by_rules):
            return by_rules
        decided = self.read(text, names, by_rules)
        if decided is None or (not decided and len(tokens_of(text)) <= _FEW_WORDS):
            return by_rules
        guessed = bool(decided) and all(act.confidence < self.threshold for act in decided)
        nameless = [act for act in by_rules if not act.given_names]
        if nameless and (guessed or _takes_spouse(nameless, decided)):
            return by_rules
        return decided

    def read(
        self, text: str, names: Sequence[RuleName], by_rules: Sequence[Sought]
    ) -> tuple[Sought, ...] | None:
        """What the letter asks for; None where it names nobody whom the network can weigh, or is too long."""
        tokens = tokens_of(text)
        if not 0 < len(tokens) < LONGEST:
            return None
        told = told_years(text)
        if len(told) > MOST:
            return None
        rows = feature_rows(tokens, told, names, self.vocabulary)
        states = self.network.encode(rows)
        mentions = mentions_of(self.network.tags(states))
        somebody = people(tokens, mentions)
        if not somebody:
            return None
        around = surroundings_of(tokens, somebody, rows[:, KIND_WORD])
        queries = self.network.people(
            states, [person.mentions for person in somebody], around.near, around.aspects
        )
        surnames, places = named(tokens, mentions, "S"), named(tokens, mentions, "P")
        verdicts = verdicts_of(by_rules, somebody, surnames, places, told)
        letter = _Letter(
            *(self.network, tokens, states, queries, somebody, surnames, places),
            *(_years_of(self.network, tokens, states, told), around, verdicts),
        )
        return letter.sought(self.threshold, self.least if len(tokens) > _FEW_WORDS else self.least / 3)


def _takes_spouse(nameless: Sequence[Sought], decided: Sequence[Sought]) -> bool:
    spouses = {(fold(act.spouse_given_names), act.kind) for act in nameless if act.spouse_given_names}
    return any((fold(act.given_names or ""), act.kind) in spouses for act in decided)


@cache
def load_reader(folder: Path = FOLDER) -> Reader:
    """The shipped reader; raises MissingProgramError where it is missing."""
    if not all((folder / name).is_file() for name in ("weights.npz", "config.json")):
        raise MissingProgramError("the reader of letters is missing", advice="python -m ner.training.reader")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    with np.load(folder / "weights.npz") as weights:
        network = Network(dict(weights))
    words = {word: number for number, word in enumerate(config["words"], config["first_word"])}
    return Reader(network, words, config["threshold"], config["least"])


@dataclass(frozen=True, slots=True)
class _ToldYears:
    """The spans of years of a letter, where they stand, what the network sees of each, and which it may not
    choose: the letter's own date."""

    told: tuple[Told, ...]
    places: list[Range]
    choices: Floats
    barred: NDArray[np.bool_]


def _years_of(network: Network, tokens: Tokens, states: Floats, told: tuple[Told, ...]) -> _ToldYears:
    if not told:
        return _ToldYears((), [], states[:0], np.zeros(0, dtype=np.bool_))
    places = [tokens.covering(years.start, years.end) for years in told]
    bases = [tokens.covering(years.base_start, years.base_end) for years in told]
    barred = [
        is_letters_own_date(tokens.text, Years(years.start, years.end, years.first, years.last))
        for years in told
    ]
    choices = network.told(states, places, bases, [years.way for years in told])
    return _ToldYears(told, places, choices, np.array(barred))


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter half read."""

    network: Network
    tokens: Tokens
    states: Floats
    queries: Floats
    people: list[Somebody]
    surnames: list[Named]
    places: list[Named]
    years: _ToldYears
    around: Surroundings
    verdicts: Verdicts

    def sought(self, threshold: float, least: float) -> tuple[Sought, ...]:
        acts = self.network.acts(self.queries, self.verdicts.acts)
        asked = [
            (int(person), int(kind))
            for person, kind in np.argwhere(acts > self._needed(acts, threshold, least))
        ]
        spouses = {person: self._spouse(person) for person, _ in asked}
        found = []
        for person, kind in asked:
            spouse = spouses[person]
            if spouse is not None and (spouse, kind) in asked and spouses[spouse] == person:
                rather = (acts[spouse, kind], -spouse) > (acts[person, kind], -person)
                if KINDS[kind] in _OF_TWO and rather:
                    continue  # a marriage is one act: of the more probable, of two alike the one named first
            found.append(self._act(person, kind, spouse, float(acts[person, kind])))
        return tuple(found)

    @staticmethod
    def _needed(acts: Floats, threshold: float, least: float) -> float:
        best = float(acts.max())
        return threshold if best > threshold else max(least, best - 1e-6)

    def _act(self, person: int, kind: int, spouse: int | None, probability: float) -> Sought:
        years, sure = self._years(person, kind)
        surname = self._surname(person, "psur")
        of_spouse = self._surname(person, "pmarried") if spouse is None else self._surname(spouse, "psur")
        return Sought(
            surname=surname,
            given_names=ordinary_capitals(self.people[person].text),
            kind=KINDS[kind],
            year_from=years[0],
            year_to=years[1],
            place=self._place(person, kind),
            spouse_surname=of_spouse,
            spouse_given_names=None if spouse is None else ordinary_capitals(self.people[spouse].text),
            confidence=round(probability * sure, 2),
        )

    def _spouse(self, person: int) -> int | None:
        firsts = [other.mentions[0] for other in self.people]
        scores = self._scores("pspouse", person, _SELF, self.queries[:, _SELF], firsts)
        scores[person + 1] = -np.inf
        best = int(scores.argmax()) - 1
        return best if best >= 0 else None

    def _surname(self, person: int, head: str) -> str | None:
        by_rules = self.verdicts.choices.get((SURNAME, person, 0), ()) if head == "psur" else ()
        best = self._name((head, person, _SELF), self.surnames, by_rules, self.network.trust(SURNAME))
        return ordinary_capitals(self.surnames[best].text) if best is not None else None

    def _place(self, person: int, kind: int) -> str | None:
        by_rules = self.verdicts.choices.get((PLACE, person, kind), ())
        trust = self.network.trust(PLACE)
        best = self._name(("pplace", person, min(kind, 3)), self.places, by_rules, trust)
        if best is None:
            return None
        place, first = self.places[best].text, self.places[best].mentions[0][0]
        before = self.tokens.folded[first - 1] if first else ""
        article = {"au": "Le ", "du": "Le ", "aux": "Les "}.get(before, "")
        return article + place

    def _name(
        self,
        question: tuple[str, int, int],
        names: Sequence[Named],
        by_rules: Sequence[int],
        trust: float,
    ) -> int | None:
        """Which of the names, None for none."""
        ranges = [mention for name in names for mention in name.mentions]
        choices = self.network.spans(self.states, ranges) if ranges else self.states[:0]
        scores = self._scores(*question, choices, ranges)
        totals, at = [float(scores[0]) + trust * (-1 in by_rules)], 1
        for number, name in enumerate(names):
            mentions = scores[at : at + len(name.mentions)]
            totals.append(float(np.logaddexp.reduce(mentions)) + trust * (number in by_rules))
            at += len(name.mentions)
        best = int(np.argmax(totals)) - 1
        return best if best >= 0 else None

    def _years(self, person: int, kind: int) -> tuple[tuple[int | None, int | None], float]:
        """The years of an act, with their probability."""
        scores = self._scores("pyear", person, min(kind, 3), self.years.choices, self.years.places)
        for choice in self.verdicts.choices.get((YEARS, person, kind), ()):
            scores[choice + 1] += self.network.trust(YEARS)
        scores[1:][self.years.barred] = -np.inf
        shares = np.exp(scores - scores.max())
        totals: defaultdict[tuple[int | None, int | None], float] = defaultdict(float)
        totals[None, None] = float(shares[0])
        for told, share in zip(self.years.told, shares[1:], strict=True):
            totals[told.years] += float(share)
        best = max(totals, key=lambda years: totals[years])
        return best, totals[best] / float(shares.sum())

    def _scores(self, head: str, person: int, query: int, choices: Floats, ranges: Sequence[Range]) -> Floats:
        first = np.array([start for start, _ in ranges], dtype=np.int64)
        last = np.array([end - 1 for _, end in ranges], dtype=np.int64)
        near = -self.around.near[person]
        away = np.where(np.abs(near[first]) < np.abs(near[last]), near[first], near[last])
        between = self.around.between(first, person, query)
        return self.network.point(head, self.queries[person, query], choices, away, between)
