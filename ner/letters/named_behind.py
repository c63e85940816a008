"""Whose act "la naissance de X", "le mariage de ses grands-parents, A et B" names behind its word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ner.letters.focus import STOPS, group_meant, meant, together
from ner.letters.kin import Kin, Of
from ner.letters.letter import Identity, Letter
from ner.letters.refs import Cast, Owners, Ref
from ner.letters.words import JOINT_KINDS, KindWord
from registers.entry import Gender

_LEAD = re.compile(
    r"\)?\s*(?:\([^)]{0,30}\)\s*|integrale?s?\s|complete?s?\s|originale?\s|exacte?s?\s|precise?s?\s|"
    r"civile?\s)*"
    r"(?:de\s(?:la\s|l')?|d'|du\s|des\s|concernant\s|au nom d(?:e\s|u\s|')|entre\s|relatif\w*\sa\s|of\s|"
    r"for\s)"
)


_SPOUSE_BEHIND = re.compile(
    r"\s*(?:,?[^.;:]{0,70},?|\([^)]{0,40}\))?\s*(?:et|avec|x|&|/|and|with|to)\s[^.;:\d]{0,55}"
)


_COLON = re.compile(r"\s?:\s(?=(?:le|la) meme\b)")
_AGAIN = re.compile(
    r"(?:(?P<she>(?:la )?meme\b|celle-ci|cette derniere|l'interessee|la (?:defunte|susdite|susnommee))|"
    r"(?P<he>le meme\b|celui-ci|ce dernier|l'interesse\b|(?:le |la )?(?:defunt|susdit|susnomme)|meme\b))"
)


COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "2": 2, "3": 3, "4": 4, "5": 5}


_EACH = re.compile(
    r"(?:chacune? (?:de |d')(?:ces |ses |leurs |les |eux|elles)?|tou(?:s|tes) (?:les |ces )?|l'une? et |"
    r"ces |eux |elles )"
    r"(?:(?P<count>deux|trois|quatre|cinq|\d)\b)?"
)


_OF_PRONOUN = re.compile(
    r"\bde (?:celle-ci|celui-ci|ce dernier|cette derniere|l'interessee?|la meme|lui|elle),? "
)
_OF = re.compile(r"\s(?:de|d'|du)")


def named_behind(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Those of "la naissance de X", "le mariage de ses grands-parents, A et B", "décès de X et de Y"."""
    lead = _LEAD.match(letter.plain, word.end) or _COLON.match(letter.plain, word.end)
    if lead is None:
        return None
    if again := _AGAIN.match(letter.plain, lead.end()):
        return _named_again(letter, cast, word, again)
    if each := _EACH.match(letter.plain, lead.end()):
        return _each(letter, cast, word.start, each)
    behind = _led_to(letter, cast, word, lead.end())
    if not behind:
        return None
    return _those(letter, cast, word, behind)


def _those(letter: Letter, cast: Cast, word: KindWord, behind: Sequence[Ref]) -> Owners:
    first = behind[0]
    if first.identity is None:
        return None if word.asked else ()
    if word.asked and not first.identity.person.given_names and _are_listed(letter, cast, first):
        return None  # "les naissances de la fratrie Garnier : Paul, Rose"
    if word.kind in JOINT_KINDS:
        return (first.identity, *second(letter, cast, first.end, first))
    return tuple(all_named(letter, behind))


def _are_listed(letter: Letter, cast: Cast, family: Ref) -> bool:
    """Whether a list of given names follows the name of a family."""
    behind = [ref for ref in cast.refs if ref.start >= family.end and ref.identity in cast.sought]
    return len(behind) > 1 and ":" in letter.plain[family.end : behind[0].start]


def _led_to(letter: Letter, cast: Cast, word: KindWord, lead: int) -> list[Ref]:
    """The people named behind "de", where only words that describe them stand in between."""
    sentence = letter.sentence(word.start)
    behind = [ref for ref in cast.refs if ref.start >= word.end and letter.sentence(ref.start) == sentence]
    if not behind or behind[0].start < lead - 2:
        return []
    while behind and behind[0].plural and behind[0].identity is None:
        behind.pop(0)  # "de ses grands-parents, A et B"
    if not behind or _heads_list(letter, cast, word.end, behind[0].start):
        return []
    if any(word.end <= kin.start < behind[0].start and _is_of(letter, kin) for kin in cast.kin):
        if _OF_PRONOUN.search(letter.plain, word.end, behind[0].start):
            return behind  # "du frère de celle-ci, Raoul"
        if len(behind) < 2 or letter.plain[behind[0].end : behind[1].start] != ", ":
            return []
        behind.pop(0)  # "du père de Jules, Antoine"
        return behind
    return behind if _leads(_without_kin(cast, letter.plain, word.end, behind[0].start)) else []


def _named_again(letter: Letter, cast: Cast, word: KindWord, again: re.Match[str]) -> Owners:
    """Of "l'acte de décès de la même" whoever was named last."""
    gender = Gender.FEMALE if again["she"] else Gender.MALE if again["he"] else None
    ref = meant(letter, cast, word.start, gender)
    if ref is None or ref.identity is None:
        return None
    return (ref.identity, *(second(letter, cast, again.end(), ref) if word.kind in JOINT_KINDS else ()))


def _each(letter: Letter, cast: Cast, at: int, said: re.Match[str]) -> Owners:
    """Of "chacun de ces trois hommes", "l'un et de l'autre" the people named last."""
    count = COUNTS.get(said["count"] or "", 0)
    if not count:
        return tuple(group_meant(letter, cast, at)) or None
    named = [
        ref
        for ref in cast.refs
        if ref.end <= at and ref.identity is not None and ref.identity.person.given_names
    ]
    last = list({id(ref.identity): ref.identity for ref in reversed(named) if ref.identity}.values())[:count]
    return tuple(reversed(last)) if len(last) == count else None


def _is_of(letter: Letter, kin: Kin) -> bool:
    return kin.of is Of.UNSAID and bool(_OF.match(letter.plain, kin.end))


def _heads_list(letter: Letter, cast: Cast, start: int, end: int) -> bool:
    """Whether the name is that of a parent: "la naissance des trois enfants de X"."""
    return any(
        start <= kin.start < end and kin.plural and kin.of is Of.UNSAID and _OF.match(letter.plain, kin.end)
        for kin in cast.kin
    )


def _without_kin(cast: Cast, plain: str, start: int, end: int) -> str:
    gap = plain[start:end]
    for kin in cast.kin:
        if start <= kin.start < end:
            gap = gap.replace(plain[kin.start : kin.end], " ")
    return gap


def _leads(gap: str) -> bool:
    """Whether only words that describe somebody stand between an act and a name."""
    words = re.findall(r"[a-z\d]+", gap)
    return len(words) <= 12 and not (STOPS.intersection(words)) and not any(word.isdigit() for word in words)


def second(letter: Letter, cast: Cast, at: int, first: Ref | None) -> tuple[Identity, ...]:
    """The other of a couple: "(le mariage d'Achille, vigneron,) avec la fille de son patron, Solange"."""
    sentence = letter.sentence(max(0, at - 1))
    behind = [ref for ref in cast.refs if ref.start >= at and letter.sentence(ref.start) == sentence]
    behind = [ref for ref in behind if ref.identity is not None]
    if not behind or not _SPOUSE_BEHIND.fullmatch(letter.plain[at : behind[0].start]):
        return ()
    of_relative = any(at <= kin.start < behind[0].start and _is_of(letter, kin) for kin in cast.kin)
    if of_relative and len(behind) > 1 and letter.plain[behind[0].end : behind[1].start] == ", ":
        behind.pop(0)  # "avec la mère de Jules, Rose"
    other = behind[0].identity
    return (other,) if other is not None and (first is None or other is not first.identity) else ()


def all_named(letter: Letter, refs: Sequence[Ref]) -> Iterator[Identity]:
    before: Ref | None = None
    for ref in refs:
        if before is not None and (
            not together(letter, before, ref)
            or any(word.noun and before.end <= word.start < ref.start for word in letter.words)
        ):
            return
        if ref.identity is None or not ref.told:
            if before is None and ref.identity is not None:
                yield ref.identity
            return
        yield ref.identity
        before = ref
