"""Years that an age gives."""

from __future__ import annotations

import re
from collections.abc import Callable

from ner.letters.couples import Request
from ner.letters.dates import Years
from ner.letters.events import date_owners, event_of
from ner.letters.letter import Letter
from ner.letters.owners import Scene
from ner.letters.relative import Age, ages_in
from registers.entry import Kind

Bounds = tuple[int | None, int | None]


def years_by_age(
    scene: Scene, request: Request, years_of: Callable[[Scene, Request], Bounds]
) -> tuple[int | None, int | None]:
    """The years that an age gives: of the birth by another event, of an event by the birth."""
    letter = scene.letter
    for age in ages_in(letter.plain):
        told = Years(age.start, age.end, age.year, age.year)
        event = event_of(letter, told)
        owners = list(scene.owned(event) or ()) if event else []
        owners = owners or date_owners(letter, told, (*scene.cast.sought, *scene.cast.others))
        if request.identity not in owners:
            continue
        if request.kind is Kind.BIRTH:
            at = age.year or _year_told_with(letter, age, Kind.BIRTH, birth=False)
            if at is not None:
                return at - age.age - 1, at - age.age
        elif (event.kind if event else Kind.DEATH) is request.kind:
            born, last = years_of(scene, Request(request.identity, Kind.BIRTH))
            if born is not None and last is not None:
                return born + age.age, last + age.age + 1
    return None, None


def _year_told_with(letter: Letter, age: Age, kind: Kind, *, birth: bool) -> int | None:
    """The one year of the nearest date in the sentence of an age that is (not) that of a birth."""
    sentence = letter.sentence(age.start)
    near = []
    for years in letter.years:
        event = event_of(letter, years)
        is_kind = event is not None and event.kind is kind
        if letter.sentence(years.start) == sentence and years.first == years.last and is_kind is birth:
            near.append((abs(years.start - age.end), years.first))
    starts = (*letter.layout.starts, len(letter.plain))
    beside = re.compile(r"\b1[5-9]\d\d\b").finditer(letter.plain, starts[sentence], starts[sentence + 1])
    near = near or [(abs(match.start() - age.end), int(match[0])) for match in beside]
    return min(near)[1] if near else None
