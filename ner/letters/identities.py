"""The people whom a letter seeks, each once with every place where they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexicon.fold import fold
from ner.letters.family_names import (
    is_called,
    only_surname,
    parted,
    surname_nearby,
    surname_of_family,
    surname_of_kin,
    surname_of_parents,
)
from ner.letters.letter import Identity, Letter
from ner.letters.person import Person, Role

_BESIDE = re.compile(r"\s*(?:[/x&+-]|et|avec)\s*")
_IN_PARENTHESES = re.compile(r"\s*,?\s*\((?:prenoms?\s*:?\s*)?")
_HE = re.compile(r"\b(?:lui|il|le marie|l'epoux|le futur|the groom)\b[^.;]{0,24}$")
_SHE = re.compile(r"\b(?:elle|la mariee|l'epouse|la future|the bride)\b[^.;]{0,24}$")


def identities(letter: Letter) -> list[Identity]:
    """The people sought, each once, in the order of their first mention."""
    found: list[Identity] = []
    for person in _couple_completed(letter):
        if person.role is not Role.SOUGHT:
            continue
        same = next((other for other in found if same_person(other.person, person)), None)
        if same is None:
            found.append(Identity(person, [person]))
        else:
            same.mentions.append(person)
            same.person = _completed(same.person, person)
    return _named(letter, found)


def _couple_completed(letter: Letter) -> Sequence[Person]:
    """The people; where two bare surnames are a couple's, "lui s'appelle Louis, elle Rose" completes both."""
    people = list(letter.people)
    bare = [person for person in people if person.role is Role.SOUGHT and not person.given_names]
    if len(bare) != 2 or not _BESIDE.fullmatch(letter.plain[bare[0].end : bare[1].start]):
        return people
    both = [person for person in people if person.start > bare[1].end and not person.surname][:2]
    if len(both) == 2 and _IN_PARENTHESES.fullmatch(letter.plain[bare[1].end : both[0].start]):
        named = {id(bare[0]): both[0], id(bare[1]): both[1]}
        return [
            replace(person, given_names=named[id(person)].given_names) if id(person) in named else person
            for person in people
            if person not in both
        ]
    for said, couple in ((_HE, bare[0]), (_SHE, bare[1])):
        given = next(
            (
                person
                for person in people
                if person.start > bare[1].end
                and said.search(letter.plain[bare[1].end : person.start])
                and (person.given_names or person.surname)
                and not (person.given_names and person.surname)
            ),
            None,
        )
        if given is not None:
            people[people.index(couple)] = replace(couple, given_names=given.given_names or given.surname)
            people.remove(given)
    return people


def same_person(known: Person, person: Person) -> bool:
    surname, given = person.key
    known_surname, known_given = known.key
    if surname and known_surname and surname != known_surname:
        # A woman may stand under either of her names.
        return bool(given) and given == known_given and surname == fold(known.spouse_surname)
    if not given or not known_given:
        return bool(surname) and surname == known_surname
    return given == known_given or _agree(person.given_names.split(), known.given_names.split())


def _agree(given: Sequence[str], known: Sequence[str]) -> bool:
    """Whether one row of given names begins the other: "Jules" is "Jules Ernest", "Jules Émile" is not."""
    return all(fold(one) == fold(other) for one, other in zip(given, known, strict=False))


def _completed(known: Person, person: Person) -> Person:
    given = max(known.given_names, person.given_names, key=len)
    return replace(
        known,
        surname=known.surname or person.surname,
        given_names=given,
        spouse_surname=known.spouse_surname or person.spouse_surname,
        spouse_given_names=known.spouse_given_names or person.spouse_given_names,
    )


def _named(letter: Letter, found: list[Identity]) -> list[Identity]:
    """Surnames given where a relative or a family name tells them; a bare family name is nobody."""
    for identity in found:
        person = identity.person
        if not person.surname:
            surname = (
                surname_of_kin(letter, person)
                or surname_nearby(letter, person)
                or surname_of_parents(letter, person)
                or surname_of_family(letter, person)
                or (only_surname(letter) if is_called(person) else "")
            )
            identity.person = replace(person, surname=surname) if surname else parted(person)
    full = [identity for identity in found if identity.person.surname and identity.person.given_names]
    return full or found


def mentions(sought: Sequence[Identity]) -> Iterator[tuple[Identity, Person]]:
    pairs = [(identity, mention) for identity in sought for mention in identity.mentions]
    yield from sorted(pairs, key=lambda pair: pair[1].start)
