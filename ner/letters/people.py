"""The people that a letter names, and what they are in it: sought, a spouse, a parent, the sender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lexicon import given_names
from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from ner.clues import clue, is_given
from ner.letters.person import Person, Role
from ner.letters.roles import TITLE, role_of
from ner.letters.words import flat
from ner.spans import Label, LabelledSpan

_NAME_LABEL = (
    r"(?:prenoms?(?: ?\(s\))?|given names?|first names?|"
    r"nom(?: recherche| de (?:naissance|famille|jeune fille))?|surname|last name|family name)"
)
_SAME = re.compile(r"[ ,]*|\s*\(|\s*\|\s*")
_FORM = re.compile(
    rf"[\s;.,|/-]*(?:et )?(?:(?:son|sa|his|her) )?{_NAME_LABEL}\s*(?:[:=]|est|etait|fut|"
    rf"was|is)\s*"
)
_BORN_AS = re.compile(r"[\s,(]*(?:nee?|nee? sous le nom de|nom de (?:naissance|jeune fille)\s*:)\s+" + TITLE)
_MARRIED_TO = re.compile(
    r"[\s,;(-]*(?:(?:l'|son |sa |la |et |future? )?(?:epou[sx]e?|epse|ep\.|femme|veuve?|veuf|vve|conjointe?|"
    r"husband|wife|widow)|"
    r"(?:qui a |a |s'est |s'etant )?(?:mariee?|epousee?)|nom (?:d'usage|d'epou(?:x|se)|marital)|"
    r"married(?: name)?)"
    r"(?:\s*(?:en \w+ noces\s*)?(?:de|d'|of|a|avec|to|:))?\s*" + TITLE
)
_COUPLED = re.compile(r"\b(?:et|de) (?:sa|son)\b")
_FAMILY_LIST = re.compile(r"\b(?:famille|les) [\w'-]+ ?:\s*$")
_LISTS_ON = re.compile(r"\s*(?:,|et|and)\s+[a-z]")
_ALSO_CALLED = re.compile(r",? (?:dite?|surnommée?|alias) ", re.IGNORECASE)
_ALIAS = re.compile(r"\s*,?\s*(?:dite?|alias)\s+")
ADDRESS = re.compile(
    r"\b(?:\d{1,4}\s?(?:bis|ter)?,?\s+)?(?:rue|avenue|av\.|place|bd|boulevard|impasse|chemin|quai|allee|"
    r"square|cours|"
    r"street|lieu-dit|lycee|college|ecole)\s(?!le nom\b)[^,\n.;()]{2,40}|\b\d{5}\s+[a-z-]+|\S+@\S+|https?://\S+|"
    r"\bwww\.\S+"
)


def people_in(text: str, spans: Sequence[LabelledSpan]) -> tuple[Person, ...]:
    """The people named, in order, each with the role that the words around the name give."""
    plain = flat(text)
    addresses = [match.span() for match in ADDRESS.finditer(plain)]
    names = [
        span
        for span in spans
        if span.label in (Label.SURNAME, Label.GIVEN_NAMES)
        and not any(start <= span.start < end for start, end in addresses)
    ]
    people: list[Person] = []
    for person in _in_one_order(text, map(_told_apart, _joined(plain, names))):
        role = role_of(plain, person, people)
        if role is Role.SPOUSE and not people[-1].spouse_surname:
            people[-1] = replace(
                people[-1], spouse_surname=person.surname, spouse_given_names=person.given_names
            )
        people.append(replace(person, role=role))
    return tuple(people)


def _in_one_order(text: str, people: Iterable[Person]) -> Iterator[Person]:
    """The people, "Barbe Michel" read as the others are where most of a letter's names begin with the
    given names (or with the surname) and both words may be either."""
    found = list(people)
    first = {person.start: _given_first(text, person) for person in found}
    told = [value for value in first.values() if value is not None]
    usual = len(told) > 2 and sum(told) * 2 > len(told)
    for person in found:
        odd = first[person.start] is False and usual and not text[person.start : person.end].isupper()
        one_each = " " not in person.surname and " " not in person.given_names
        if (
            odd
            and one_each
            and given_names.is_given_name(person.surname)
            and _may_be_surname(person.given_names)
        ):
            yield replace(person, surname=person.given_names, given_names=person.surname)
        else:
            yield person


def _given_first(text: str, person: Person) -> bool | None:
    if not person.surname or not person.given_names:
        return None
    written = fold(text[person.start : person.end])
    if person.surname.upper() in text[person.start : person.end]:
        return None
    return written.startswith(fold(person.given_names))


def _may_be_surname(name: str) -> bool:
    return clue(name) in ("surname", "surname_only", "both", "given")


def _told_apart(person: Person) -> Person:
    """The person with both names where one span held both: "Mathieu Lagarde"; "Rose dite Rosette" is Rose."""
    if _ALSO_CALLED.search(person.given_names):
        person = replace(person, given_names=_ALSO_CALLED.split(person.given_names)[0])
    if person.given_names and person.surname.casefold().startswith(("da ", "dos ", "das ")):
        *given, first = person.given_names.split()
        if given and clue(first) in ("surname", "surname_only"):  # "Ferreira da Costa"
            return replace(person, given_names=" ".join(given), surname=f"{first} {_small(person.surname)}")
    if person.given_names and not person.surname:
        *given, surname = person.given_names.split()
        if given and clue(surname) in ("surname_only", "surname", "unknown"):
            return replace(person, given_names=" ".join(given), surname=surname)
    if person.surname and not person.given_names:
        first, *rest = person.surname.split()
        if rest and given_names.is_given_name(first) and not is_given(rest[-1]):
            return replace(person, given_names=first, surname=" ".join(rest))
    return person


def _small(surname: str) -> str:
    """The surname with its particle in small letters, as inside a name."""
    return surname[0].lower() + surname[1:]


def _joined(plain: str, names: Sequence[LabelledSpan]) -> list[Person]:
    people: list[Person] = []
    for span in _one_by_one(plain, names):
        value = ordinary_capitals(" ".join(span.text.split()))
        grown = _grown(people[-1], span, value, plain) if people else None
        if grown is not None:
            people[-1] = replace(grown, end=span.end)
        elif span.label is Label.SURNAME:
            people.append(Person(span.start, span.end, surname=value))
        else:
            people.append(Person(span.start, span.end, given_names=value))
    return people


def _one_by_one(plain: str, names: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; "Émile, Jules et Victor" are three people when commas and "et" list them."""
    for span in names:
        parts = span.text.split(", ") if span.label is Label.GIVEN_NAMES else []
        listed = _LISTS_ON.match(plain, span.end) or _FAMILY_LIST.search(plain[: span.start])
        if len(parts) < 2 or not listed:
            yield span
            continue
        start = span.start
        for part in parts:
            yield LabelledSpan(span.label, start, start + len(part), part)
            start += len(part) + 2


def _grown(person: Person, span: LabelledSpan, value: str, plain: str) -> Person | None:
    """The person with one more of their names, or None when the name begins another person."""
    gap = plain[person.end : span.start]
    is_surname = span.label is Label.SURNAME
    if _SAME.fullmatch(gap) or _FORM.fullmatch(gap):
        return _completed(person, value, is_surname=is_surname)
    if is_surname and person.surname and _ALIAS.fullmatch(gap):
        return replace(person, surname=f"{person.surname} dit {value}")
    if person.spouse_surname or person.spouse_given_names:
        return None
    if _BORN_AS.fullmatch(gap) and person.surname:
        return _born_as(person, value, is_surname=is_surname)
    if _MARRIED_TO.fullmatch(gap) and (person.given_names or "nom" in gap) and not _COUPLED.search(gap):
        return (
            replace(person, spouse_surname=value) if is_surname else replace(person, spouse_given_names=value)
        )
    return None


def _born_as(person: Person, value: str, *, is_surname: bool) -> Person | None:
    """Madame X, née Y: Y is the surname, X the husband's."""
    if is_surname:
        return replace(person, surname=value, spouse_surname=person.surname)
    if person.given_names:
        return None
    return replace(person, surname="", given_names=value, spouse_surname=person.surname)


def _completed(person: Person, value: str, *, is_surname: bool) -> Person | None:
    if is_surname and person.spouse_given_names and not person.spouse_surname:
        return replace(person, spouse_surname=value)
    if is_surname and not person.surname:
        return replace(person, surname=value)
    if not is_surname and not person.given_names:
        return replace(person, given_names=value)
    if not is_surname and person.spouse_surname and not person.spouse_given_names:
        return replace(person, spouse_given_names=value)
    return None
