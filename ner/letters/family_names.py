"""Surnames given to people of a letter who are named by their given names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lexicon import given_names, surnames
from lexicon.fold import fold
from ner.clues import clue
from ner.letters.genders import gender_of
from ner.letters.kin import Bond, Kin, Of, kin_in
from ner.letters.letter import Letter
from ner.letters.person import Person, Role
from registers.entry import Gender

_COMMON = 1e-5


_COMMON_SURNAME = 1e-5


_LISTED = re.compile(r"\s*(?:(?:,|et|and|&)\s+(?:d'|[\w'-]+\s+)?){1,4}")


_CHILD_OF = re.compile(
    r"\b(?:fils|fille|enfant)\b[^.;]{0,30}\bd[eu']\s*(?:(?:m|mr|mme|feue?|monsieur)\.?\s+)*$"
)


_FAMILY = re.compile(r"\b(?:familles?|branche|lignee|souche)\s+$|\bles\s+$|\bnom\s*:?\s*$")


_MOTHER_OF = re.compile(r"\b(?:mere|femme|epou[sx]e?|veuve|mother|wife) (?:de|d'|du|of)\s*$")


_APPOSED = re.compile(r"[\s,:(]*(?:(?:dite?|nommee?|prenommee?|appelee?|le petit|la petite)\s)?")


_BESIDE_NAMES = re.compile(
    r"(?:,[^.;]{0,30},?)?\s*(?:et|/|x|&|avec)\s(?:(?:de|d'|sa|son|la|m\.|mme|mlle|femme|epouse) ?){0,3}"
)


_OF_WHOM = re.compile(
    r"\b(?:pere|frere|s(?:oe|œ)ur|fils|fille) (?:de |d')[^,.;]{3,40}(?P<end>, | (?:s'appelait|se nommait|"
    r"etait) )$"
)
_SIBLING = re.compile(r"\b(?:son|sa|ses|leurs?|mon|ma) (?:frere|s(?:oe|œ)ur|fils|fille|enfants?)\s+$")


def surname_of_kin(letter: Letter, person: Person) -> str:
    """The surname of "leur fils Nicolas", "sa soeur Rose", "son premier enfant, Ange": the father's, the
    sibling's, a mother's husband's."""
    of_whom = _OF_WHOM.search(letter.plain[: person.start])
    if of_whom is not None:
        at = len(letter.plain[: person.start]) - len(of_whom["end"])
        return next((other.surname for other in letter.people if other.end == at), "")
    kin = next((kin for kin in reversed(kin_in(letter.plain)) if kin.end <= person.start), None)
    if kin is None or kin.bond not in (Bond.CHILD, Bond.SIBLING) or kin.of is Of.UNSAID:
        return ""
    gap = letter.plain[kin.end : person.start]
    listed = kin.plural and kin.bond is Bond.CHILD and ":" in gap and not re.search(r"[.?!]\s", gap)
    if not listed and not _APPOSED.fullmatch(gap):
        return ""
    if kin.of is Of.SENDER:
        senders = [other.surname for other in letter.people if other.role is Role.SENDER and other.surname]
        return senders[0] if senders else ""
    before = [other for other in letter.people if other.end <= kin.start and other.role is not Role.SENDER]
    named = [other for other in before if other.given_names]
    if named and kin.bond is Bond.SIBLING:
        return named[-1].surname
    return (_surname_of_parent(letter, kin, named) if named else "") or surname_of_family(letter, person)


def _surname_of_parent(letter: Letter, kin: Kin, named: Sequence[Person]) -> str:
    if kin.of is Of.SEVERAL:
        joined = [
            pair
            for pair in pairwise(named)
            if _BESIDE_NAMES.fullmatch(letter.plain[pair[0].end : pair[1].start])
        ]
        named = joined[-1] if joined else named
        men = [other for other in named[-4:] if gender_of(letter.plain, other) is Gender.MALE]
        return men[-1].surname if men else named[-1].spouse_surname or named[-1].surname
    named = [other for other in named if other.surname] or named
    father = next((o for o in reversed(named[-2:]) if gender_of(letter.plain, o) is Gender.MALE), None)
    told = ([other for other in named if other.role is Role.SOUGHT] or named)[-1]
    of_mother = kin.of is Of.ONE and father is not None and father.role is Role.SOUGHT and told is not father
    if father is None or of_mother:
        return told.spouse_surname or told.surname
    return father.surname


def surname_nearby(letter: Letter, person: Person) -> str:
    sentence = letter.sentence(person.start)
    named = [other for other in letter.people if other.surname and other.role is not Role.SENDER]
    near = [other for other in named if letter.sentence(other.start) == sentence]
    heads = [
        o
        for o in near
        if not o.given_names and _FAMILY.search(letter.plain[: o.start]) and o.end <= person.start
    ]
    if heads:
        return heads[-1].surname
    relatives = [
        other
        for other in near
        if other.role is Role.RELATIVE and not _MOTHER_OF.search(letter.plain[: other.start])
    ]
    families = [
        other
        for other in near
        if not other.given_names or _LISTED.fullmatch(letter.plain[person.end : other.start])
    ]
    if _SIBLING.search(letter.plain[max(0, person.start - 24) : person.start]):
        families += [
            other for other in reversed(letter.people) if other.surname and other.end <= person.start
        ]
    return next((other.surname for other in (*relatives, *families)), "")


def surname_of_family(letter: Letter, person: Person) -> str:
    """The surname of "la famille X", where one was named before."""
    families = [
        other
        for other in letter.people
        if other.start < person.start
        and not other.given_names
        and _FAMILY.search(letter.plain[: other.start])
    ]
    return families[-1].surname if families else ""


def parted(person: Person) -> Person:
    """The person whose last given name is the surname: "Guillaume Bernard" where nobody else has one."""
    *given, last = person.given_names.split() or [""]
    if not given or "-" in last or surnames.frequency(last) < _COMMON_SURNAME or not _is_surname(last):
        return person
    return replace(person, given_names=" ".join(given), surname=last)


def _is_surname(name: str) -> bool:
    return clue(name) in ("surname", "surname_only", "both")


def is_called(person: Person) -> bool:
    """Whether the first of somebody's names is a common given name rather than a misread place."""
    return given_names.frequency(person.given_names.split()[0]) > _COMMON if person.given_names else False


def only_surname(letter: Letter) -> str:
    """The surname that all who are named with one have, the sender left out."""
    others = [p for p in letter.people if p.role is not Role.SENDER and p.given_names and p.surname]
    surnames = {fold(person.surname): person.surname for person in others}
    sought = any(person.role is Role.SOUGHT for person in others)
    return next(iter(surnames.values())) if len(surnames) == 1 and sought else ""


def surname_of_parents(letter: Letter, person: Person) -> str:
    """The surname of the parent that one of the next two sentences names: "Elle était la fille de X"."""
    sentence = letter.sentence(person.start)
    for other in letter.people:
        near = 0 < letter.sentence(other.start) - sentence <= 2
        if other.start < person.end or not other.surname:
            continue
        if near and other.role is Role.RELATIVE and _CHILD_OF.search(letter.plain[: other.start]):
            return other.surname
        if other.role is Role.SOUGHT:
            break
    return ""
