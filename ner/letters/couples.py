"""Requests for one act of two people brought together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lexicon import given_names
from ner.letters.identities import mentions
from ner.letters.letter import Identity, Letter
from ner.letters.words import JOINT_KINDS
from registers.entry import Gender, Kind

_COUPLE = re.compile(r"\b(?:sa (?:femme|future)|son (?:mari|epou[sx]e?)|his wife|her husband)\b")


_AND_ONLY = re.compile(r"\s+(?:et|and|&|x)\s+(?:de |d')?")


@dataclass(frozen=True, slots=True)
class Request:
    """One act of one person; `sure` is false where the kind was taken from elsewhere in the letter.

    `told` is true where the grammar of its sentence tells whose act it is."""

    identity: Identity
    kind: Kind | None
    spouse: Identity | None = None
    sure: bool = True
    told: bool = False


def paired(letter: Letter, made: list[Request], sought: Sequence[Identity]) -> list[Request]:
    """Two people for whom one marriage is asked are its couple; "A et sa femme B" name each other."""
    single = [request for request in made if request.kind in JOINT_KINDS and request.spouse is None]
    made = _in_couples(letter, made, single)
    single = [request for request in made if request.kind in JOINT_KINDS and request.spouse is None]
    if len(single) == 2 and not single[0].identity.person.spouse_surname:
        first, second = single
        made = [
            replace(request, spouse=second.identity) if request is first else request
            for request in made
            if request is not second
        ]
    made = _of_two(made, sought)
    pairs = list(mentions(sought))
    for (one, left), (other, right) in pairwise(pairs):
        if (
            one is not other
            and _COUPLE.search(letter.plain[left.end : right.start])
            and right.start - left.end < 60
        ):
            made = [_with_couple(request, one, other) for request in made]
    return made


def _of_two(made: list[Request], sought: Sequence[Identity]) -> list[Request]:
    """The requests; a man and a woman, and nobody else, are a couple where one marriage is asked for."""
    alone = [request for request in made if request.kind in JOINT_KINDS and request.spouse is None]
    if len(alone) != 1 or len(sought) != 2 or len(made) > 1 or alone[0].identity.person.spouse_surname:
        return made
    one, other = sought
    genders = {_gender(one), _gender(other)}
    if genders != {Gender.MALE, Gender.FEMALE} or not (one.person.surname and other.person.surname):
        return made
    return [replace(alone[0], identity=one, spouse=other)]


def _gender(identity: Identity) -> Gender | None:
    given = identity.person.given_names.split()
    return given_names.gender(given[0]) if given else None


def _in_couples(letter: Letter, made: list[Request], single: Sequence[Request]) -> list[Request]:
    """Neighbours joined by "et" are couples where one act is asked of several: "A et B ; C et D"."""
    if len(single) < 4:
        return made
    taken: dict[int, Identity] = {}
    gone: set[int] = set()
    for one, other in pairwise(single):
        first, second = one.identity.mentions[0], other.identity.mentions[0]
        joined = _AND_ONLY.fullmatch(letter.plain[first.end : second.start])
        if joined and one.kind is other.kind and id(one) not in gone and id(one) not in taken:
            taken[id(one)] = other.identity
            gone.add(id(other))
    return [
        replace(request, spouse=taken[id(request)]) if id(request) in taken else request
        for request in made
        if id(request) not in gone
    ]


def _with_couple(request: Request, one: Identity, other: Identity) -> Request:
    if request.spouse is None and request.identity in (one, other):
        return replace(request, spouse=other if request.identity is one else one)
    return request


def once(made: Sequence[Request]) -> list[Request]:
    first: dict[tuple[int, Kind | None], Request] = {}
    for request in made:
        key = (id(request.identity), request.kind)
        if key not in first or (first[key].spouse is None and request.spouse is not None):
            first[key] = request
    couples = {id(r.spouse) for r in first.values() if r.spouse and r.kind in JOINT_KINDS}
    return [
        _full_name_first(r)
        for r in first.values()
        if r.told or not (r.kind in JOINT_KINDS and r.spouse is None and id(r.identity) in couples)
    ]


def _full_name_first(request: Request) -> Request:
    """A couple under the one whose given names are known."""
    spouse = request.spouse
    if spouse is None or request.identity.person.given_names or not spouse.person.given_names:
        return request
    return replace(request, identity=spouse, spouse=request.identity)
