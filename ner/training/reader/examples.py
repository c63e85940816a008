"""What the network is shown of a letter, and what it should answer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ner.letters.learnt.features import KIND_WORD, feature_rows
from ner.letters.learnt.mentions import Mention, Named, Somebody, named, people
from ner.letters.learnt.network import Floats
from ner.letters.learnt.surroundings import Integers, Surroundings, surroundings_of
from ner.letters.learnt.tags import PARTS
from ner.letters.learnt.tokens import Range, Tokens, tokens_of
from ner.letters.learnt.told import Told, told_years
from ner.letters.learnt.verdicts import (
    KINDS,
    Verdicts,
    person_named,
    places_named,
    surnames_named,
    verdicts_of,
)
from ner.letters.sought import Sought
from ner.training.reader.letters import Letter
from ner.training.reader.located import located

NO_RULES, NO_NAMES, LOST_NAME, FALSE_NAME = 0.25, 0.15, 0.15, 0.3
"""Shares of the examples that do without the rules' acts, without their names, of the names of people who
are not sought that are left out, and of the examples with a word that is no name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A person and kind of act (or the person as such), the choices, and those that are right (-1: none)."""

    person: int
    query: int
    right: tuple[int, ...]
    by_rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """`tags` and their `weights` for each token; `acts` (people, kinds), None where a person of the truth
    is not among the people; questions by head."""

    rows: Integers
    tags: Integers
    weights: Floats
    people: tuple[tuple[Range, ...], ...]
    around: Surroundings
    verdict: Floats
    acts: Floats | None
    choices: Mapping[str, tuple[tuple[Range, Range, int], ...]]
    questions: Mapping[str, tuple[Question, ...]]


def example_of(letter: Letter, vocabulary: Mapping[str, int], rng: random.Random) -> Example:
    tokens, told = tokens_of(letter.text), told_years(letter.text)
    true, rest = located(tokens, letter)
    shown = [] if rng.random() < NO_NAMES else [name for name in letter.names if rng.random() > 0.05]
    rows = feature_rows(tokens, told, shown, vocabulary)
    tags, weights = np.zeros(len(tokens), dtype=np.int64), np.ones(len(tokens), dtype=np.float32)
    for mention in (*true, *rest):
        tags[mention.first : mention.end] = 2 + 2 * PARTS.index(mention.part)
        tags[mention.first] -= 1
        if mention in rest:
            weights[mention.first : mention.end] = 0.4
    mentions = _mentions(tokens, true, [mention for mention in rest if rng.random() > LOST_NAME], rng)
    return _Answers(tokens, told, mentions).example(letter, rows, tags, weights, rng)


def _mentions(
    tokens: Tokens, true: Sequence[Mention], rest: Sequence[Mention], rng: random.Random
) -> list[Mention]:
    found = [*true, *rest]
    taken = {at for mention in found for at in range(*mention.range)}
    free = [at for at in range(len(tokens)) if at not in taken and tokens.token(at)[0].isupper()]
    if free and rng.random() < FALSE_NAME:
        at = rng.choice(free)
        found.append(Mention(at, at + 1, rng.choice(["G", "S"])))
    return sorted(found, key=lambda mention: mention.first)


@dataclass(slots=True)
class _Answers:
    tokens: Tokens
    told: tuple[Told, ...]
    mentions: list[Mention]
    people: list[Somebody] = field(init=False)
    surnames: list[Named] = field(init=False)
    places: list[Named] = field(init=False)

    def __post_init__(self) -> None:
        self.people = people(self.tokens, self.mentions)
        self.surnames = named(self.tokens, self.mentions, "S")
        self.places = named(self.tokens, self.mentions, "P")

    def example(
        self, letter: Letter, rows: Integers, tags: Integers, weights: Floats, rng: random.Random
    ) -> Example:
        verdicts = None
        if letter.by_rules is not None and rng.random() >= NO_RULES:
            verdicts = verdicts_of(letter.by_rules, self.people, self.surnames, self.places, self.told)
        empty = np.zeros((len(self.people), len(KINDS)), dtype=np.float32)
        asked = [(person_named(self.people, act.given_names, act.surname), act) for act in letter.sought]
        acts: Floats | None = empty.copy()
        for person, act in asked:
            if person is None or act.kind not in KINDS or acts is None:
                acts = None
            else:
                acts[person, KINDS.index(act.kind)] = 1
        found = [(person, act) for person, act in asked if person is not None and act.kind in KINDS]
        return Example(
            rows,
            tags,
            weights,
            tuple(tuple(person.mentions) for person in self.people),
            surroundings_of(self.tokens, self.people, rows[:, KIND_WORD]),
            empty if verdicts is None else verdicts.acts,
            acts,
            self._choices(),
            self._questions(found, verdicts),
        )

    def _choices(self) -> dict[str, tuple[tuple[Range, Range, int], ...]]:
        def of_names(names: Sequence[Named]) -> tuple[tuple[Range, Range, int], ...]:
            return tuple((place, place, 0) for name in names for place in name.mentions)

        years = tuple(
            (
                self.tokens.covering(told.start, told.end),
                self.tokens.covering(told.base_start, told.base_end),
                int(told.way),
            )
            for told in self.told
        )
        surnames = of_names(self.surnames)
        people_ = tuple((person.mentions[0], person.mentions[0], 0) for person in self.people)
        return {
            **{"psur": surnames, "pmarried": surnames, "pspouse": people_},
            **{"pyear": years, "pplace": of_names(self.places)},
        }

    def _questions(
        self, asked: Sequence[tuple[int, Sought]], verdicts: Verdicts | None
    ) -> dict[str, tuple[Question, ...]]:
        said = {} if verdicts is None else verdicts.choices
        of: dict[str, dict[tuple[int, int], Question]] = {head: {} for head in self._choices()}
        for person, act in asked:
            kind = KINDS.index(act.kind)
            query = min(kind, 3)
            years = [n for n, told in enumerate(self.told) if told.years == (act.year_from, act.year_to)]
            none = act.year_from is None and act.year_to is None
            of["pyear"][person, kind] = Question(
                person, query, (-1,) if none else tuple(years), said.get((1, person, kind), ())
            )
            places = self._all(self.places, places_named(self.places, act.place)) if act.place else (-1,)
            rules = self._all(self.places, said.get((2, person, kind), ()))
            of["pplace"][person, kind] = Question(person, query, places, rules)
            rules = self._all(self.surnames, said.get((0, person, 0), ()))
            own = self._all(self.surnames, surnames_named(self.surnames, act.surname))
            of["psur"][person, 0] = Question(person, 4, own, rules)
            self._of_spouse(of, person, act)
        return {head: tuple(questions.values()) for head, questions in of.items()}

    def _of_spouse(self, of: dict[str, dict[tuple[int, int], Question]], person: int, act: Sought) -> None:
        spouse = None
        if act.spouse_given_names:
            spouse = person_named(self.people, act.spouse_given_names, act.spouse_surname)
        known = self._all(self.surnames, surnames_named(self.surnames, act.spouse_surname))
        if spouse is not None and spouse != person:
            of["pspouse"][person, 0] = Question(person, 4, (spouse,))
            of["psur"].setdefault((spouse, 0), Question(spouse, 4, known if act.spouse_surname else (-1,)))
            return
        if not act.spouse_given_names:
            of["pspouse"].setdefault((person, 0), Question(person, 4, (-1,)))
        of["pmarried"][person, 0] = Question(person, 4, known if act.spouse_surname else (-1,))

    @staticmethod
    def _all(names: Sequence[Named], numbers: Sequence[int]) -> tuple[int, ...]:
        """The numbers of all mentions of some names among those of all names; -1 stays."""
        found, at = [number for number in numbers if number < 0], 0
        for number, name in enumerate(names):
            if number in numbers:
                found += range(at, at + len(name.mentions))
            at += len(name.mentions)
        return tuple(found)
