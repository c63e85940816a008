"""Who was born, married or died: the pronoun, relative or name that a verb belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ner.letters.focus import group_meant, meant
from ner.letters.kin import Of
from ner.letters.letter import Letter
from ner.letters.named_behind import all_named
from ner.letters.refs import Cast, Owners, Ref
from ner.letters.words import ASKS_FOR_OWN_ACT, KindWord
from registers.entry import Gender, Kind

_PRONOUN = re.compile(
    r"\b(?:(?P<he>(?P<him>lui)(?!,)|il|celui-ci|ce dernier|he|le meme)|(?P<she>elle|celle-ci|cette derniere|"
    r"she|la meme)|"
    r"(?P<they>ils|eux(?:-memes)?|elles|they|tous (?:les )?deux)|(?P<who>qui|who)|(?P<me>je|j'|i))(?=\b|')"
)


_TIGHT = re.compile(
    r"[\s,(]*(?:qui )?(?:y )?(?:est|etait|serait|fut|a ete|avait ete|aurait ete|sera|was|has)?\s*(?:bien "
    r"|y )?"
)


_RIGHT_BEFORE = re.compile(
    r"\s(?:qui )?(?:y )?(?:est|etait|serait|fut|a ete|avait ete|sera|was|has)?\s*(?:bien |y )?"
)


_I_AM = re.compile(r"\s?(?:suis|etais|fus|me suis|am|was)?\s*(?:bien\s)?")


_DID = re.compile(r"(?<!l')(?<!les )(?<!m')\b(?:a|avait|aurait|ayant|ont) $")


_INVERTED = re.compile(
    r"\b(?:naissait|naquit|mourait|mourut|(?:est|etait|fut|serait) (?:ne|nee|mort|morte|decede|decedee)|"
    r"vit le jour)$"
)


def subject(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Who was born, married or died: the pronoun, relative or name that a verb belongs to."""
    starts = (*letter.layout.starts, len(letter.plain))
    begin = starts[letter.sentence(word.start)]
    said = [
        match for match in _PRONOUN.finditer(letter.plain, begin, word.start) if _may_be(letter, match, word)
    ]
    refs = [ref for ref in cast.refs if begin <= ref.start and ref.end <= word.start]
    if said and (not refs or said[-1].end() > refs[-1].end):
        return _of_pronoun(letter, cast, said[-1], refs)
    if not refs:
        return _behind_participle(letter, cast, word, begin)
    chosen = _of_refs(letter, word, refs)
    if not chosen.told and said and not _TIGHT.fullmatch(letter.plain[chosen.end : word.start]):
        return _of_pronoun(letter, cast, said[-1], [ref for ref in refs if ref.end <= said[-1].start()])
    if chosen.identity is None:
        of_sender = any(kin.start == chosen.start and kin.of is Of.SENDER for kin in cast.kin)
        return None if chosen.plural and of_sender else ()
    if letter.plain[word.start : word.end].endswith("s"):
        group = group_meant(letter, cast, word.start)
        if chosen.identity in group:
            return tuple(group)
    return (chosen.identity,)


def child(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Whom "X a adopté, en 1911, le fils de sa servante, Paul" speaks of: the child, named behind."""
    sentence = letter.sentence(word.start)
    by_child = word.kind in (Kind.ADOPTION, Kind.RECOGNITION)
    if not by_child or not _DID.search(letter.plain, letter.layout.starts[sentence], word.start):
        return None
    behind = [ref for ref in cast.refs if ref.start > word.end and letter.sentence(ref.start) == sentence]
    named = [ref.identity for ref in behind if ref.identity is not None]
    return (named[-1],) if named else None


def _may_be(letter: Letter, said: re.Match[str], word: KindWord) -> bool:
    return not said["me"] or bool(_I_AM.fullmatch(letter.plain[said.end() : word.start]))


def _of_refs(letter: Letter, word: KindWord, refs: Sequence[Ref]) -> Ref:
    """The subject among the names before a verb: the last one told of that agrees with it, unless another
    stands right before it."""
    gender = _gender_of_verb(letter.plain[word.start : word.end])
    fits = [ref for ref in refs if gender is None or ref.gender in (gender, None)] or list(refs)
    nearest = fits[-1]
    male = letter.plain[word.start : word.end] in ("mort", "decede", "ne", "marie")
    tight = _RIGHT_BEFORE.fullmatch(letter.plain[nearest.end : word.start])
    if male and nearest.gender is Gender.FEMALE and not tight:
        men = [ref for ref in refs if ref.told and ref.gender is Gender.MALE and ref.identity is not None]
        return men[-1] if men else nearest
    if nearest.told or (
        nearest is refs[-1] and _RIGHT_BEFORE.fullmatch(letter.plain[nearest.end : word.start])
    ):
        return nearest
    return next((ref for ref in reversed(fits) if ref.told), nearest)


def _gender_of_verb(verb: str) -> Gender | None:
    """What "née" tells; "ne" may be a careless "née"."""
    return Gender.FEMALE if verb in ("nee", "decedee", "morte", "mariee", "disparue", "defunte") else None


def _of_pronoun(letter: Letter, cast: Cast, said: re.Match[str], refs: Sequence[Ref]) -> Owners:
    if said["me"]:
        return None if len(cast.sought) == 1 or ASKS_FOR_OWN_ACT.search(letter.plain) else ()
    if said["they"]:
        return tuple(group_meant(letter, cast, said.start())) or None
    if said["who"]:
        if not refs:
            return None
        return () if refs[-1].identity is None else (refs[-1].identity,)
    at = letter.layout.starts[letter.sentence(said.start())] if said["him"] else said.start()
    ref = meant(letter, cast, at, Gender.MALE if said["he"] else Gender.FEMALE)
    if ref is None:
        return None
    return () if ref.identity is None else (ref.identity,)


def _behind_participle(letter: Letter, cast: Cast, word: KindWord, begin: int) -> Owners:
    """Of "Né à Sens en 1850, Paul Garnier ..." the name behind; of "Décédée en 1920." nobody is told."""
    inverted = _INVERTED.search(letter.plain, begin, word.end)
    if letter.plain[begin : word.start].strip(" -*•,") and inverted is None:
        return None
    sentence = letter.sentence(word.start)
    behind = next((r for r in cast.refs if r.start > word.end and letter.sentence(r.start) == sentence), None)
    if behind is None or behind.identity is None or not behind.told:
        return None
    if letter.plain[word.start : word.end].endswith("s"):
        group = [r for r in cast.refs if r.start >= behind.start and letter.sentence(r.start) == sentence]
        return tuple(all_named(letter, group))
    return (behind.identity,)
