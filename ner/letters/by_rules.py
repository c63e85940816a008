"""What the rules make of a letter: who is sought, who merely writes or is a parent, which kind of act is
meant and which years belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lexicon import given_names, surnames
from ner.letters.answered import is_answered
from ner.letters.bonds import place_of, years_of
from ner.letters.couples import Request
from ner.letters.dates import years_in
from ner.letters.identities import identities
from ner.letters.kin import kin_in
from ner.letters.layout import Layout, is_letters_own_date, is_senders_place, is_subject_line, layout_of
from ner.letters.letter import Letter
from ner.letters.owners import Scene, scene_of
from ner.letters.people import people_in
from ner.letters.person import Person, Role
from ner.letters.relative import with_relative
from ner.letters.requests import requests
from ner.letters.roles import DESCENDS
from ner.letters.sought import Sought
from ner.letters.wanted import wanted
from ner.letters.words import ASKS_FOR_OWN_ACT, KindWord, flat, kind_words
from ner.spans import Label, LabelledSpan
from registers.entry import Kind

_TELLS_BIRTH = re.compile(r",?\s*(?:le|en|vers|a|au|dans|entre|on|in|\d)\b")
_OF_MY_KIN = re.compile(r" (?:de |d')(?:mon|ma|notre|feu mon) [\w' -]{3,40}")
_DATED_BIRTH = re.compile(r"\s*(?:a [\w' -]{2,25}?,? )?(?:le |on )\d")


def read_by_rules(text: str, spans: Sequence[LabelledSpan]) -> tuple[Sought, ...]:
    """What a letter asks for, in its order, by its names and places; empty when it names nobody."""
    words = kind_words(text)
    layout = layout_of(text, words)
    words = wanted(flat(text), words, layout)
    people = _with_senders(text, layout, people_in(text, spans))
    words = tuple(
        word
        for word in words
        if not _is_in_name(text, word, words, people, layout)
        and not any(kin.start < word.start and word.end <= kin.end for kin in kin_in(flat(text)))
    )
    years = tuple(
        years
        for years in years_in(text)
        if (layout.holds(years.start) or is_subject_line(text, years.start))
        and not is_letters_own_date(text, years)
        and not _is_senders(years.start, people, layout)
    )
    people = _with_forebear(layout, people, words, flat(text))
    if not any(person.role is Role.SOUGHT for person in people):
        # "Qui était le père de X ?" names nobody else.
        people = tuple(
            replace(person, role=Role.SOUGHT) if person.role is Role.RELATIVE else person for person in people
        )
    letter = Letter(flat(text), layout, people, words, years)
    letter = replace(letter, years=with_relative(letter))
    scene = scene_of(letter, identities(letter))
    places = [
        span
        for span in spans
        if span.label is Label.PLACE
        and layout.holds(span.start)
        and not is_senders_place(letter.plain, span.start)
    ]
    return tuple(_sought(scene, request, places) for request in requests(scene))


def _with_senders(text: str, layout: Layout, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people with those of the head and the signature as senders; who asks for an own act is sought."""
    outside = [
        replace(person, role=Role.SENDER)
        if not layout.holds(person.start)
        and not (person.start < layout.body_start and is_subject_line(text, person.start))
        else person
        for person in people
    ]
    somebody = any(person.role is Role.SOUGHT for person in outside)
    own = any(not is_answered(flat(text), said.start()) for said in ASKS_FOR_OWN_ACT.finditer(flat(text)))
    if somebody and not own:
        return tuple(outside)
    sender = next((person for person in outside if person.role is Role.SENDER and person.given_names), None)
    if not somebody and sender is not None and not (sender.surname and layout.holds(sender.start)):
        # A signature alone says who asks, not that he asks for himself.
        sender = sender if own else None
    return tuple(
        replace(person, role=Role.SOUGHT, writes=True) if person is sender else person for person in outside
    )


def _with_forebear(
    layout: Layout, people: Sequence[Person], words: Sequence[KindWord], plain: str
) -> tuple[Person, ...]:
    """The people; where "mon grand-père" is asked for and nobody is named there, he is the one of whom
    the sender said to descend ("je suis le petit-fils de X ... et de Y")."""
    forebear = next((person for person in people if DESCENDS.search(plain[: person.start])), None)
    named = {layout.sentence(person.start) for person in people if person.role is Role.SOUGHT}
    asked = {
        layout.sentence(word.start) for word in words if word.asked and _OF_MY_KIN.match(plain, word.end)
    }
    if forebear is None or not asked or asked & named:
        return tuple(people)
    sentence = layout.sentence(forebear.start)
    return tuple(
        replace(person, role=Role.SOUGHT if person is forebear else Role.RELATIVE)
        if person is forebear or (person.role is Role.SOUGHT and layout.sentence(person.start) == sentence)
        else person
        for person in people
    )


def _is_in_name(
    text: str, word: KindWord, words: Sequence[KindWord], people: Sequence[Person], layout: Layout
) -> bool:
    """Whether "née" only joins two surnames and tells no date of birth.

    "Décès de Rose Vidal née Garnier, en 1920": the act that is asked for has the year, unless a whole date
    stands right behind the name.
    """
    inside = next((person for person in people if person.start < word.start < person.end), None)
    if inside is None or word.asked:
        return False
    plain = flat(text)
    sentence = layout.sentence(word.start)
    other = any(
        asked.asked
        and asked.kind is not Kind.BIRTH
        and asked.end <= inside.start
        and layout.sentence(asked.start) == sentence
        for asked in words
    )
    return not (_DATED_BIRTH if other else _TELLS_BIRTH).match(plain, inside.end)


def _is_senders(at: int, people: Sequence[Person], layout: Layout) -> bool:
    """Whether the person named last before `at`, in its sentence, is the one who writes."""
    sentence = layout.sentence(at)
    before = [person for person in people if person.end <= at and layout.sentence(person.start) == sentence]
    return bool(before) and before[-1].role is Role.SENDER


def _sought(scene: Scene, request: Request, places: Sequence[LabelledSpan]) -> Sought:
    person = request.identity.person
    spouse = request.spouse.person if request.spouse else None
    first, last = years_of(scene, request)
    return Sought(
        surname=person.surname or None,
        # A stillborn child's act names its father or mother.
        given_names=person.given_names if person.given_names and request.kind is not Kind.STILLBORN else None,
        kind=request.kind,
        year_from=first,
        year_to=last,
        place=place_of(scene.letter, request, places),
        spouse_surname=(spouse.surname if spouse else person.spouse_surname) or None,
        spouse_given_names=(spouse.given_names if spouse else person.spouse_given_names) or None,
        confidence=_confidence(request, has_years=first is not None or last is not None),
    )


def _confidence(request: Request, *, has_years: bool) -> float:
    person = request.identity.person
    doubts = (
        (0.25, request.kind is None),
        (0.15, not request.sure),
        (0.1, not has_years),
        (0.2, not person.surname),
        (0.1, not person.given_names),
        (0.1, bool(person.surname) and not surnames.is_surname(person.surname)),
        (0.05, bool(person.given_names) and not given_names.is_given_name(person.given_names.split()[0])),
    )
    return round(max(0.05, 0.95 - sum(weight for weight, holds in doubts if holds)), 2)
