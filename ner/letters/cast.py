"""Everybody a letter speaks of: those sought, those merely named, relatives without a name; and who is meant
by "elle", "son" or "leur" at a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lexicon import given_names
from lexicon.fold import fold
from ner.letters.focus import are_couple, meant
from ner.letters.genders import gender_of
from ner.letters.identities import same_person
from ner.letters.kin import Bond, Kin, Of, kin_in
from ner.letters.letter import Identity, Letter
from ner.letters.person import Person, Role
from ner.letters.refs import Cast, Ref
from registers.entry import Gender

_APPOSED = re.compile(
    r"[\s,:(«\"]*(?:(?:le|la|l'|dite?|nommee?s?|prenommee?s?|appelee?s?|du nom d[e']|un certain|une certaine|"
    r"m\.|mr|mme|mlle|monsieur|madame|mademoiselle|messieurs|feu|feue|docteur|sergent|soldat|caporal|"
    r"capitaine|"
    r"lieutenant|abbe|sieur|dame|demoiselle|s(?:oe|œ)ur|commune?)\s?){0,3}"
)
_CALLED = re.compile(
    r"[\s,]*(?:qui )?(?:s'appel\w+|se (?:pre)?nomm\w+|que l'on (?:pre)?nomm\w+|avait pour nom|etait|est|"
    r"serait|was|is|was called)\s*:?\s*"
    r"(?:bien )?(?:(?:m\.|mme|mlle|monsieur|madame)\s)?"
)
_HE_IS_CALLED = re.compile(
    r"\b(il|elle) (?:s'appel\w+|se (?:pre)?nomm\w+) (?:bien )?$|\b(?:son nom(?: complet)? (?:est|etait)|"
    r"c'est|"
    r"c'etait|il s'agi\w+ de) $"
)
_BEHIND_NAME = re.compile(r"\s?[,(]\s?")
_CLOSED = re.compile(r"\s?[,.;:)\n]|\s*$|\s(?:est|etait|a|fut|qui)\b")


def cast_of(letter: Letter, sought: Sequence[Identity]) -> Cast:
    """Who is who."""
    others: list[Identity] = []
    at: dict[int, Identity] = {}
    for identity in sought:
        at |= {mention.start: identity for mention in identity.mentions}
    for person in letter.people:
        if person.start in at or person.role is Role.SENDER:
            continue
        known = next((other for other in (*sought, *others) if _is(other, person)), None)
        if known is None:
            known = Identity(person, [person])
            others.append(known)
        elif known in others:
            known.mentions.append(person)
        at[person.start] = known
    named = [_named_ref(letter, person, at[person.start]) for person in letter.people if person.start in at]
    kin = kin_in(letter.plain)
    refs = sorted(named, key=lambda ref: ref.start)
    for relative in kin:
        if relative.of is Of.UNSAID and relative.bond is not Bond.PARTNER:
            of_couple = _of_couple(letter, relative, refs)
            if of_couple is not None:
                refs.append(Ref(relative.start, relative.end, of_couple, relative.gender))
                refs.sort(key=lambda ref: ref.start)
            continue
        if not _stands_beside(letter, relative, refs):
            refs.append(_kin_ref(letter, relative, refs))
            refs.sort(key=lambda ref: ref.start)
    return _with_pronouns(letter, Cast(tuple(sought), tuple(others), tuple(refs), kin))


def _with_pronouns(letter: Letter, cast: Cast) -> Cast:
    """The cast with every "il" and "elle" that speaks of somebody."""
    for said in _HE_OR_SHE.finditer(letter.plain):
        gender = Gender.FEMALE if said[1] in ("elle", "she") else Gender.MALE
        ref = meant(letter, cast, said.start(), gender)
        if ref is not None and ref.identity is not None:
            again = Ref(said.start(), said.end(), ref.identity, gender)
            cast = replace(cast, pronouns=(*cast.pronouns, again))
    return cast


def _is(identity: Identity, person: Person) -> bool:
    """Whether a name is that of somebody known: in full, or by the given names alone."""
    known = identity.person
    if not person.given_names or not known.given_names:
        return False
    if person.surname and known.surname:
        return same_person(known, person)
    return fold(known.given_names) == fold(person.given_names)


def _named_ref(letter: Letter, person: Person, identity: Identity) -> Ref:
    given = person.given_names.split()
    told = (
        person.role is Role.SOUGHT
        and bool(given)
        and bool(identity.person.surname or given_names.is_given_name(given[0]))
    )
    return Ref(person.start, person.end, identity, gender_of(letter.plain, person), told)


def _stands_beside(letter: Letter, kin: Kin, refs: Sequence[Ref]) -> bool:
    """Whether a name says who it is: "leur fils, Paul", "mon père s'appelait Paul", "Paul, son fils,"."""
    for ref in refs:
        if ref.identity is None:
            continue
        if kin.end <= ref.start <= kin.end + 60:
            gap = letter.plain[kin.end : ref.start]
            return bool(_APPOSED.fullmatch(gap) or _CALLED.fullmatch(gap))
        behind = letter.plain[ref.end : kin.start]
        if _BEHIND_NAME.fullmatch(behind) or (behind == " " and kin.of is Of.SENDER):
            return bool(_CLOSED.match(letter.plain, kin.end))
    return False


def _kin_ref(letter: Letter, kin: Kin, refs: Sequence[Ref]) -> Ref:
    """A relative without a name beside, who may be named elsewhere."""
    identity = _named_elsewhere(letter, kin, refs) if kin.of is Of.SENDER and not kin.plural else None
    if kin.bond is Bond.PARENT and kin.of is Of.ONE:
        identity = _of_couple(letter, kin, refs)
    if kin.bond is Bond.PARTNER and kin.of is not Of.SENDER:
        identity = _partner(letter, kin, refs)
    return Ref(
        kin.start, kin.end, identity, kin.gender, kin.of is not Of.UNSAID or identity is not None, kin.plural
    )


def _of_couple(letter: Letter, kin: Kin, refs: Sequence[Ref]) -> Identity | None:
    """Who "la grand-mère" is behind "ses grands-parents, A et B"."""
    noun = letter.plain[kin.start : kin.end].split()[-1]
    couple = next((word for ends, word in _COUPLES if noun.endswith(ends)), None)
    if couple is None or kin.plural or letter.plain[kin.end : kin.end + 3] in (" de", " d'", " du"):
        return None
    before = [
        k for k in kin_in(letter.plain) if k.end <= kin.start and couple in letter.plain[k.start : k.end]
    ]
    if not before:
        return None
    behind = [ref for ref in refs if before[-1].end <= ref.start < kin.start and ref.identity is not None][:2]
    return next((ref.identity for ref in behind if ref.gender is kin.gender), None)


def _named_elsewhere(letter: Letter, kin: Kin, refs: Sequence[Ref]) -> Identity | None:
    """Who "ma mère" is where another sentence says it: "Ma mère s'appelle Rose Garnier"."""
    words = letter.plain[kin.start : kin.end]
    for ref in refs:
        far = letter.sentence(ref.start) - letter.sentence(kin.start)
        calls = _HE_IS_CALLED.search(letter.plain, kin.end, ref.start) if ref.start >= kin.end else None
        if calls and calls[1] and (calls[1] == "elle") is (kin.gender is Gender.MALE):
            continue
        between = any(kin.end <= other.start < ref.start for other in refs)
        if ref.identity is not None and calls and far < 3 and not between:
            return ref.identity
    for same in kin_in(letter.plain):
        if same.start == kin.start or letter.plain[same.start : same.end] != words:
            continue
        for ref in refs:
            gap = letter.plain[same.end : ref.start] if ref.start >= same.end else "."
            if ref.identity is not None and (_APPOSED.fullmatch(gap) or _CALLED.fullmatch(gap)):
                return ref.identity
    return None


def _partner(letter: Letter, kin: Kin, refs: Sequence[Ref]) -> Identity | None:
    other = None if kin.gender is None else Gender.MALE if kin.gender is Gender.FEMALE else Gender.FEMALE
    before = [ref for ref in refs if ref.end <= kin.start and ref.identity is not None]
    wanted = [ref for ref in before if ref.gender is kin.gender and are_couple(letter, ref, before)]
    if kin.of is Of.UNSAID:
        return wanted[-1].identity if wanted else None
    focus = [ref for ref in before if ref.gender in (other, None)]
    return wanted[-1].identity if focus and wanted else None


_HE_OR_SHE = re.compile(
    r"(?<!-)\b(il|elle|he|she)\b(?! (?:me|m'|nous|vous|se peut|s'agi|faut|faudr|y a|y avait|manque|est "
    r"possible|serait|est question|"
    r"semble|parait|convien|suffi|reste|en va|doit s'agir|s'appel|se nomm|se prenomm))"
)
_COUPLES = (
    ("grand-pere", "grands-parents"),
    ("grand-mere", "grands-parents"),
    ("pere", "parents"),
    ("mere", "parents"),
)
