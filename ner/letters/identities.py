"""The people whom a letter seeks, each once with every place where they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lexicon.fold import fold
from ner.letters.dates import Years
from ner.letters.layout import Layout
from ner.letters.people import Person, Role
from ner.letters.words import KindWord

_BESIDE = re.compile(r"\s*(?:[/x&+-]|et|avec)\s*")
_LISTED = re.compile(r"\s*(?:(?:,|et|and|&)\s+(?:d'|[\w'-]+\s+)?){1,4}")
_CHILD_OF = re.compile(
    r"\b(?:fils|fille|enfant)\b[^.;]{0,30}\bd[eu']\s*(?:(?:m|mr|mme|feue?|monsieur)\.?\s+)*$"
)
_FAMILY = re.compile(r"\bfamilles?\s+$|\bnom\s*:?\s*$")
_MOTHER_OF = re.compile(r"\b(?:mere|femme|epou[sx]e?|veuve|mother|wife) (?:de|d'|du|of)\s*$")
_IN_PARENTHESES = re.compile(r"\s*,?\s*\((?:prenoms?\s*:?\s*)?")
_HE = re.compile(r"\b(?:lui|il|le marie|l'epoux|le futur|the groom)\b[^.;]{0,24}$")
_SHE = re.compile(r"\b(?:elle|la mariee|l'epouse|la future|the bride)\b[^.;]{0,24}$")
_SIBLING = re.compile(r"\b(?:son|sa|ses|leurs?|mon|ma) (?:frere|soeur|fils|fille|enfants?)\s+$")


@dataclass(slots=True)
class Identity:
    """One person who is sought, with every place where the letter names them."""

    person: Person
    mentions: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Letter:
    """What was found in a letter, before it is brought together."""

    plain: str
    layout: Layout
    people: tuple[Person, ...]
    words: tuple[KindWord, ...]
    years: tuple[Years, ...]

    def sentence(self, at: int) -> int:
        return self.layout.sentence(at)


def identities(letter: Letter) -> list[Identity]:
    """The people sought, each once, in the order of their first mention."""
    found: list[Identity] = []
    for person in _couple_completed(letter):
        if person.role is not Role.SOUGHT:
            continue
        same = next((other for other in found if _same(other.person, person)), None)
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


def _same(known: Person, person: Person) -> bool:
    surname, given = person.key
    known_surname, known_given = known.key
    if surname and known_surname and surname != known_surname:
        # A woman may stand under either of her names.
        return bool(given) and given == known_given and surname == fold(known.spouse_surname)
    if not given or not known_given:
        return bool(surname) and surname == known_surname
    if not surname or not known_surname:
        return given.split()[0] == known_given.split()[0]
    # A short form of the same names: "Auguste Marchandeau" after "Auguste Théophile Marchandeau".
    return known_given.startswith(given) or given.startswith(known_given)


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
                _surname_nearby(letter, person)
                or _surname_of_parents(letter, person)
                or _surname_of_family(letter, person)
            )
            identity.person = replace(person, surname=surname)
    full = [identity for identity in found if identity.person.surname and identity.person.given_names]
    return full or found


def _surname_nearby(letter: Letter, person: Person) -> str:
    sentence = letter.sentence(person.start)
    near = [other for other in letter.people if other.surname and letter.sentence(other.start) == sentence]
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


def _surname_of_family(letter: Letter, person: Person) -> str:
    """The surname of "la famille X", where one was named before."""
    families = [
        other
        for other in letter.people
        if other.start < person.start
        and not other.given_names
        and _FAMILY.search(letter.plain[: other.start])
    ]
    return families[-1].surname if families else ""


def _surname_of_parents(letter: Letter, person: Person) -> str:
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


def mentions(sought: Sequence[Identity]) -> Iterator[tuple[Identity, Person]]:
    pairs = [(identity, mention) for identity in sought for mention in identity.mentions]
    yield from sorted(pairs, key=lambda pair: pair[1].start)
