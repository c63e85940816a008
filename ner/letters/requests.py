"""Who is sought and for which act: the people, kinds and years of a letter brought together.

A sentence without anybody's name speaks of those named before it ("Elle est née ..."). A word for an act
binds to the person it leads to, or, in lists that name people first, to the one before it; a date binds
to the nearest word for an event before it and to the person named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lexicon.fold import fold
from ner.letters.dates import Years
from ner.letters.layout import Layout
from ner.letters.people import Person, Role
from ner.letters.words import KindWord
from registers.entry import Kind

JOINT_KINDS = (Kind.MARRIAGE, Kind.PUBLICATION, Kind.DIVORCE)
_MODERN = 1990
_COUPLE = re.compile(r"\b(?:sa (?:femme|future)|son (?:mari|epou[sx]e?)|his wife|her husband)\b")
_LISTED = re.compile(r"\s*(?:(?:,|et|and|&)\s+(?:[\w'-]+\s+)?){1,4}")
_SEEKS = re.compile(
    r"cherch|souhait|voudrai|aimerai|obtenir|besoin|envoy|adress|demand|trouv|trace\b|looking|need"
)
_REGULATES = re.compile(r"succession|heritage|notre client|heriti|mon epou|ma femme|mon mari")
_SIBLING = re.compile(r"\b(?:son|sa|ses|leurs?|mon|ma) (?:frere|soeur|fils|fille|enfants?)\s+$")


@dataclass(slots=True)
class Identity:
    """One person who is sought, with every place where the letter names them."""

    person: Person
    mentions: list[Person] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """One act of one person; `sure` is false where the kind was taken from elsewhere in the letter."""

    identity: Identity
    kind: Kind | None
    spouse: Identity | None = None
    sure: bool = True


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
    for person in letter.people:
        if person.role is not Role.SOUGHT:
            continue
        same = next((other for other in found if _same(other.person, person)), None)
        if same is None:
            found.append(Identity(person, [person]))
        else:
            same.mentions.append(person)
            same.person = _completed(same.person, person)
    return _named(letter, found)


def requests(letter: Letter, sought: Sequence[Identity]) -> list[Request]:
    """The acts asked for, one for each person and kind; the spouse of a marriage is part of it."""
    made: list[Request] = []
    for sentence in range(len(letter.layout.starts)):
        named = [
            (identity, mention)
            for identity, mention in _mentions(sought)
            if letter.sentence(mention.start) == sentence
        ]
        if any(word.asked for word in _in_sentence(letter, sentence)):
            made += _in_one_sentence(letter, sentence, named)
    spouses = {id(request.spouse) for request in made if request.spouse}
    done = {id(request.identity) for request in made} | spouses
    left = [identity for identity in sought if id(identity) not in done]
    if made:
        left = [identity for identity in left if _is_asked_for(letter, identity)]
    made += [request for identity in left for request in _from_elsewhere(letter, identity)]
    return _paired(letter, _once(made), sought)


def years_of(letter: Letter, request: Request, sought: Sequence[Identity]) -> tuple[int | None, int | None]:
    """First and last year of the act that is asked for."""
    own = [request.identity]
    if request.spouse is not None and request.kind in JOINT_KINDS:
        own.append(request.spouse)
    best: tuple[int, Years, list[Identity]] | None = None
    for years in letter.years:
        kind = _event(letter, years)
        owners = _owners(letter, years, sought)
        mine = any(owner is identity for owner in owners for identity in own)
        if kind is not None and kind is not request.kind and not (years.lifespan or request.kind is None):
            continue
        if (years.last or years.first or 0) >= _MODERN and kind is None:
            continue
        if owners and not mine:
            continue
        rank = (0 if mine else 2) + (0 if kind is not None else 1)
        if best is None or rank < best[0]:
            best = rank, years, owners
    if best is None:
        return None, None
    _, years, owners = best
    if len(owners) > 1 and len(owners) == len(years.each) and request.identity in owners:
        year = years.each[owners.index(request.identity)]
        return year, year
    return _bounds(years, request.kind)


def _bounds(years: Years, kind: Kind | None) -> tuple[int | None, int | None]:
    if years.lifespan and kind is Kind.BIRTH:
        return years.first, years.first
    if years.lifespan and kind is Kind.DEATH:
        return years.last, years.last
    return years.first, years.last


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
            surname = _surname_nearby(letter, person)
            identity.person = replace(person, surname=surname)
    full = [identity for identity in found if identity.person.surname and identity.person.given_names]
    return full or found


def _surname_nearby(letter: Letter, person: Person) -> str:
    sentence = letter.sentence(person.start)
    near = [other for other in letter.people if other.surname and letter.sentence(other.start) == sentence]
    relatives = [other for other in near if other.role is Role.RELATIVE]
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


def _mentions(sought: Sequence[Identity]) -> Iterator[tuple[Identity, Person]]:
    pairs = [(identity, mention) for identity in sought for mention in identity.mentions]
    yield from sorted(pairs, key=lambda pair: pair[1].start)


def _in_sentence(letter: Letter, sentence: int) -> list[KindWord]:
    return [word for word in letter.words if letter.sentence(word.start) == sentence]


def _in_one_sentence(
    letter: Letter, sentence: int, named: Sequence[tuple[Identity, Person]]
) -> list[Request]:
    words = [word for word in _in_sentence(letter, sentence) if word.asked]
    if any(word.kind is Kind.STILLBORN for word in words):
        words = [word for word in words if word.kind not in (Kind.BIRTH, Kind.DEATH)]
    made: list[Request] = []
    kinds: list[Kind] = []
    position = 0
    while position < len(named):
        identity, mention = named[position]
        begin = named[position - 1][1].end if position else -1
        end = named[position + 1][1].start if position + 1 < len(named) else len(letter.plain)
        before = [word.kind for word in words if begin <= word.start < mention.start]
        behind = [word.kind for word in words if mention.end <= word.start < end]
        people_first = not any(word.start < named[0][1].start for word in words)
        last = position + 1 == len(named)
        if people_first:
            kinds = behind or (kinds if made else [word.kind for word in words][:1])
        else:
            kinds = before + (behind if last else []) or kinds
        step, spouse = 1, None
        if any(kind in JOINT_KINDS for kind in kinds) or (
            people_first and _joint_ahead(words, named, position)
        ):
            kinds = kinds if any(kind in JOINT_KINDS for kind in kinds) else [words[0].kind]
            if not last and named[position + 1][0] is not identity and not identity.person.spouse_given_names:
                spouse, step = named[position + 1][0], 2
        made += [
            Request(identity, kind, spouse if kind in JOINT_KINDS else None) for kind in dict.fromkeys(kinds)
        ]
        position += step
    return made


def _joint_ahead(words: Sequence[KindWord], named: Sequence[tuple[Identity, Person]], position: int) -> bool:
    """Whether "A et B, mariage" follows: two people, then one word for an act of both."""
    if position + 1 >= len(named) or words[0].kind not in JOINT_KINDS:
        return False
    return words[0].start > named[position][1].end


def _from_elsewhere(letter: Letter, identity: Identity) -> list[Request]:
    """Kinds for a person whose own sentences name no act: those that follow, those of the whole letter."""
    sentences = {letter.sentence(mention.start) for mention in identity.mentions}
    following = _following(letter, max(sentences))
    for place in (following, None):
        words = [
            word.kind
            for word in letter.words
            if word.asked and (place is None or letter.sentence(word.start) in place)
        ]
        if words:
            kinds = list(dict.fromkeys(words))
            if len(kinds) > 1:
                kinds = _heading_kinds(letter, identity) or kinds
            return [Request(identity, kind, sure=len(kinds) == 1) for kind in kinds]
    events = [word.kind for word in letter.words if letter.sentence(word.start) in sentences | following]
    kinds = list(dict.fromkeys(events or [word.kind for word in letter.words]))
    return [Request(identity, kinds[0] if len(kinds) == 1 else None, sure=len(kinds) == 1)]


def _heading_kinds(letter: Letter, identity: Identity) -> list[Kind]:
    """The one kind that the nearest sentence before names: "NAISSANCES : A ; B ; DÉCÈS : C"."""
    before = [word for word in letter.words if word.asked and word.end <= identity.mentions[0].start]
    if not before:
        return []
    near = letter.sentence(before[-1].start)
    kinds = {word.kind for word in before if letter.sentence(word.start) == near}
    return list(kinds) if len(kinds) == 1 else []


def _is_asked_for(letter: Letter, identity: Identity) -> bool:
    """Whether the letter wants this person too, where it names an act for somebody else."""
    starts = (*letter.layout.starts, len(letter.plain))
    sentences = {letter.sentence(mention.start) for mention in identity.mentions}
    sentences |= _following(letter, max(sentences))
    told = " ".join(letter.plain[starts[number] : starts[number + 1]] for number in sorted(sentences))
    asked = any(word.asked and letter.sentence(word.start) in sentences for word in letter.words)
    return asked or bool(_SEEKS.search(told)) or not _REGULATES.search(told)


def _following(letter: Letter, sentence: int) -> set[int]:
    """The sentences behind `sentence` up to the next that names somebody who is sought."""
    named = {letter.sentence(person.start) for person in letter.people if person.role is Role.SOUGHT}
    result = set()
    for later in range(sentence + 1, len(letter.layout.starts)):
        if later in named:
            break
        result.add(later)
    return result


def _paired(letter: Letter, made: list[Request], sought: Sequence[Identity]) -> list[Request]:
    """Two people for whom one marriage is asked are its couple; "A et sa femme B" name each other."""
    single = [request for request in made if request.kind in JOINT_KINDS and request.spouse is None]
    if len(single) == 2 and not single[0].identity.person.spouse_surname:
        first, second = single
        made = [
            replace(request, spouse=second.identity) if request is first else request
            for request in made
            if request is not second
        ]
    pairs = list(_mentions(sought))
    for (one, left), (other, right) in pairwise(pairs):
        if (
            one is not other
            and _COUPLE.search(letter.plain[left.end : right.start])
            and right.start - left.end < 60
        ):
            made = [_with_couple(request, one, other) for request in made]
    return made


def _with_couple(request: Request, one: Identity, other: Identity) -> Request:
    if request.spouse is None and request.identity in (one, other):
        return replace(request, spouse=other if request.identity is one else one)
    return request


def _once(made: Sequence[Request]) -> list[Request]:
    first: dict[tuple[int, Kind | None], Request] = {}
    for request in made:
        key = (id(request.identity), request.kind)
        if key not in first or (first[key].spouse is None and request.spouse is not None):
            first[key] = request
    couples = {id(r.spouse) for r in first.values() if r.spouse and r.kind in JOINT_KINDS}
    return [
        r
        for r in first.values()
        if not (r.kind in JOINT_KINDS and r.spouse is None and id(r.identity) in couples)
    ]


def _event(letter: Letter, years: Years) -> Kind | None:
    """The event that a date belongs to, told by the nearest word before it, else behind it."""
    words = _in_sentence(letter, letter.sentence(years.start))
    before = [word for word in words if word.end <= years.start]
    if before:
        return before[-1].kind
    behind = [word for word in words if word.start >= years.end]
    return behind[0].kind if behind else None


def _owners(letter: Letter, years: Years, sought: Sequence[Identity]) -> list[Identity]:
    """The people whose date it is: those named last before it, with no other date in between."""
    sentence = letter.sentence(years.start)
    mentions = list(_mentions(sought))
    here = [pair for pair in mentions if letter.sentence(pair[1].start) == sentence]
    before = [pair for pair in here if pair[1].start < years.start]
    if not before and here:
        return [here[0][0]]
    if before:
        others = [other for other in letter.years if other.start < years.start]
        since = max((other.start for other in others if letter.sentence(other.start) == sentence), default=-1)
        group = [identity for identity, mention in before if mention.start > since]
        return group or [before[-1][0]]
    earlier = [pair for pair in mentions if pair[1].start < years.start]
    if not earlier:
        return []
    last = letter.sentence(earlier[-1][1].start)
    return [identity for identity, mention in earlier if letter.sentence(mention.start) == last]
