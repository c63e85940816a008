"""From a letter, its names and what the rules made of it to what is asked for, by the trained network."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from lexicon.capitals import ordinary_capitals
from ner.letters.dates import Years
from ner.letters.layout import is_letters_own_date
from ner.letters.learnt.features import KIND_WORD, RuleName, feature_rows
from ner.letters.learnt.mentions import Named, Somebody, named, people
from ner.letters.learnt.network import Floats, Network
from ner.letters.learnt.surroundings import Surroundings, surroundings_of
from ner.letters.learnt.tags import mentions_of
from ner.letters.learnt.tokens import Range, Tokens, tokens_of
from ner.letters.learnt.told import Told, told_years
from ner.letters.learnt.verdicts import KINDS, PLACE, SURNAME, YEARS, Verdicts, verdicts_of
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

        It does not where it sees no person, nor of acts of a kind that it did not learn.
        """
        if any(act.kind not in KINDS for act in by_rules):
            return by_rules
        decided = self.read(text, names, by_rules)
        return by_rules if decided is None else decided

    def read(
        self, text: str, names: Sequence[RuleName], by_rules: Sequence[Sought]
    ) -> tuple[Sought, ...] | None:
        """What the letter asks for; None where it names nobody whom the network could weigh."""
        tokens, told = tokens_of(text), told_years(text)
        if not tokens:
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
            self.network, tokens, states, queries, somebody, surnames, places, told, around, verdicts
        )
        return letter.sought(self.threshold, self.least if len(tokens) > _FEW_WORDS else self.least / 3)


@cache
def load_reader(folder: Path = FOLDER) -> Reader:
    """The shipped reader; raises MissingProgramError where it is missing."""
    if not (folder / "weights.npz").is_file():
        raise MissingProgramError("the reader of letters is missing", advice="python -m ner.training.reader")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    with np.load(folder / "weights.npz") as weights:
        network = Network(dict(weights))
    words = {word: number for number, word in enumerate(config["words"], config["first_word"])}
    return Reader(network, words, config["threshold"], config["least"])


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
    told: tuple[Told, ...]
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
            twin = (spouse, kind) in asked and spouse is not None and spouses[spouse] == person
            if twin and KINDS[kind] in _OF_TWO and acts[spouse, kind] > acts[person, kind]:
                continue  # a marriage is one act, of the one who is named first
            found.append(self._act(person, kind, spouse, float(acts[person, kind])))
        return tuple(found)

    @staticmethod
    def _needed(acts: Floats, threshold: float, least: float) -> float:
        best = float(acts.max())
        return threshold if best > threshold else max(least, best - 1e-6)

    def _act(self, person: int, kind: int, spouse: int | None, probability: float) -> Sought:
        years, sure = self._years(person, kind)
        surname = self._surname(person, "psur", self.verdicts.choices.get((SURNAME, person, 0), ()))
        of_spouse = self._surname(
            person if spouse is None else spouse, "pmarried" if spouse is None else "psur", ()
        )
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

    def _surname(self, person: int, head: str, by_rules: Sequence[int]) -> str | None:
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
        places = [self.tokens.covering(told.start, told.end) for told in self.told]
        bases = [self.tokens.covering(told.base_start, told.base_end) for told in self.told]
        choices = self.states[:0]
        if places:
            choices = self.network.told(self.states, places, bases, [told.way for told in self.told])
        scores = self._scores("pyear", person, min(kind, 3), choices, places)
        for choice in self.verdicts.choices.get((YEARS, person, kind), ()):
            scores[choice + 1] += self.network.trust(YEARS)
        for number, told in enumerate(self.told):
            if is_letters_own_date(self.tokens.text, Years(told.start, told.end, told.first, told.last)):
                scores[number + 1] = -np.inf
        shares = np.exp(scores - scores.max())
        totals: defaultdict[tuple[int | None, int | None], float] = defaultdict(float)
        totals[None, None] = float(shares[0])
        for told, share in zip(self.told, shares[1:], strict=True):
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
