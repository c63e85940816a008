"""What the rules of `ner/letters` say, as the network weighs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lexicon.fold import fold
from ner.clues import clue
from ner.letters.learnt.mentions import Named, Somebody
from ner.letters.learnt.network import Floats
from ner.letters.learnt.told import Told
from ner.letters.sought import Sought
from registers.entry import Kind

KINDS: tuple[Kind | None, ...] = (
    *(Kind.BIRTH, Kind.MARRIAGE, Kind.DEATH, Kind.RECOGNITION, Kind.DIVORCE, Kind.ADOPTION),
    *(Kind.STILLBORN, None),
)
"""The kinds that the network knows; None: an act, but not said which."""
SURNAME, YEARS, PLACE = 0, 1, 2
_SURNAMES = ("surname", "surname_only")
ARTICLE = re.compile(r"^(?:le |la |les |l['’])", re.I)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`acts` (people, KINDS): 1 asked for, -1 not. `choices`: of each (SURNAME, person, 0) and (YEARS or
    PLACE, person, kind) the numbers of the choices that agree with the rules; -1 where these name no years or
    no place, or such as are not among the choices."""

    acts: Floats
    choices: dict[tuple[int, int, int], tuple[int, ...]]


def beyond(by_rules: Sequence[Sought]) -> bool:
    """Whether the rules find acts that the network cannot answer, of which it would make other acts.

    It answers one act of a kind for each person of these names, and knows people by their given names:
    neither a stillborn child has any, nor a widow of whom only her surname is told.
    """
    acts = [(fold(act.given_names or ""), fold(act.surname or ""), act.kind) for act in by_rules]
    return len(set(acts)) < len(acts) or any(
        act.kind not in KINDS or act.kind is Kind.STILLBORN or _is_surname_alone(act) for act in by_rules
    )


def _is_surname_alone(act: Sought) -> bool:
    """Whether what the rules take for given names is a surname: "la veuve Durand"."""
    words = (act.given_names or "").split()
    return bool(words) and not act.surname and all(clue(word) in _SURNAMES for word in words)


def verdicts_of(
    by_rules: Sequence[Sought],
    people: Sequence[Somebody],
    surnames: Sequence[Named],
    places: Sequence[Named],
    told: Sequence[Told],
) -> Verdicts:
    acts = np.full((len(people), len(KINDS)), -1, dtype=np.float32)
    choices: dict[tuple[int, int, int], tuple[int, ...]] = {}
    for act in by_rules:
        person = person_named(people, act.given_names, act.surname)
        if person is None or act.kind not in KINDS:
            continue
        kind = KINDS.index(act.kind)
        acts[person, kind] = 1
        same = [number for number, years in enumerate(told) if years.years == (act.year_from, act.year_to)]
        choices[YEARS, person, kind] = tuple(same) or (-1,)
        choices[PLACE, person, kind] = tuple(places_named(places, act.place)) or (-1,)
        choices[SURNAME, person, 0] = tuple(surnames_named(surnames, act.surname))
    return Verdicts(acts, choices)


def person_named(people: Sequence[Somebody], given_names: str | None, surname: str | None) -> int | None:
    """The number of the person with these names, better one whose surname stands beside them."""
    same = [number for number, person in enumerate(people) if person.key == fold(given_names or "")]
    beside = [number for number in same if people[number].surname == fold(surname or "")]
    return next(iter(beside or same), None)


def surnames_named(surnames: Sequence[Named], surname: str | None) -> list[int]:
    return [number for number, name in enumerate(surnames) if surname and name.key == fold(surname)]


def places_named(places: Sequence[Named], place: str | None) -> list[int]:
    """The numbers of the places of this name, with or without its article."""
    keys = (fold(place), fold(ARTICLE.sub("", place))) if place else ()
    return [number for number, name in enumerate(places) if name.key in keys]
