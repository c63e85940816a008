"""Who is meant by "elle", "son" or "leurs" at a place of a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ner.letters.letter import Identity, Letter
from ner.letters.refs import Cast, Ref
from registers.entry import Gender

_NEAR = 3
"""How many sentences back a pronoun may reach."""


STOPS = frozenset(
    [
        "est",
        "etait",
        "serait",
        "fut",
        "a",
        "ont",
        "avait",
        "avaient",
        "sont",
        "qui",
        "que",
        "qu",
        "dont",
        "ou",
        "et",
        "dans",
        "en",
        "avec",
        "par",
        "sur",
        "ne",
        "nee",
        "nes",
        "nees",
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "je",
        "j",
        "vous",
        "nous",
        "decede",
        "decedee",
        "mort",
        "morte",
        "marie",
        "mariee",
        "epouse",
        "chez",
        "vers",
        "entre",
        "was",
        "is",
        "who",
        "died",
        "born",
        "and",
        "in",
    ]
)
"""Words that never stand between an act and the name of whose it is."""


_ASIDE = re.compile(
    r"\s\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|"
    r"\s*\([^)]{0,60}\)|,? (?:ne|nee|mort|morte|decedee?)\b[^,;.]{0,60}|,?\s(?:(?:ne|nee|le|en|vers|"
    r"circa) ?)*(?:\d{1,2} [a-z]+ )?\d{4}\b"
)


_MORE = re.compile(
    r"\s*(?:,? et|,? ainsi que|,? puis|,|and|&)\s(?:celui |celle |ceux )?(?:de\s|d'|du\s|"
    r"des\s)?(?P<rest>[a-z'. -]{0,40})"
)


_JOINS = re.compile(r"\b(?:et|avec|and|with|epou\w+|femme|mari|married)\b|[/&×]|\bx\b")
_COUPLED = re.compile(
    r"\s*(?:,[^.;]{0,40})?\s*(?:et|avec|x|&|/|and|with|to|epouse|epousa|epoux|veuf|veuve|"
    r"(?:a|avait|aurait|ayant) epousee?)\b[^.;:]{0,40}"
)


def are_couple(letter: Letter, ref: Ref, refs: Sequence[Ref]) -> bool:
    """Whether somebody of the other gender stands beside, joined as a couple is."""
    for other in refs:
        first, second = sorted((ref, other), key=lambda item: item.start)
        if other is ref or other.gender is None or other.gender is ref.gender:
            continue
        if _COUPLED.fullmatch(letter.plain[first.end : second.start]):
            return True
    return False


def meant(letter: Letter, cast: Cast, at: int, gender: Gender | None) -> Ref | None:
    """Who "il", "elle" or "son" at a place speaks of: the last one told of, of that gender if known."""
    sentence = letter.sentence(at)
    before = [
        ref
        for ref in sorted((*cast.refs, *cast.pronouns), key=lambda ref: ref.start)
        if ref.end <= at
        and letter.sentence(ref.start) >= sentence - _NEAR
        and (gender is None or ref.gender is None or ref.gender is gender)
        and not ref.plural
    ]
    for told in (True, False):
        for near in range(sentence, sentence - _NEAR - 1, -1):
            here = [ref for ref in before if ref.told is told and letter.sentence(ref.start) == near]
            if here:
                return here[-1]
    return None


def together(letter: Letter, first: Ref, second: Ref) -> bool:
    """Whether two people are named side by side: "A et B", "A (1864), B (1870) et C"."""
    gap = _ASIDE.sub("", letter.plain[first.end : second.start])
    joins = _MORE.fullmatch(gap)
    return joins is not None and not STOPS.intersection(joins["rest"].split())


def group_meant(letter: Letter, cast: Cast, at: int) -> list[Identity]:
    """Who "leurs" or "ils" at a place speaks of: the last people named side by side."""
    named = [ref for ref in cast.refs if ref.end <= at and ref.identity is not None]
    group: list[Identity] = []
    for first, second in reversed(list(pairwise(named))):
        if first.identity is None or second.identity is None or first.identity is second.identity:
            continue
        if together(letter, first, second) or (not group and _coupled(letter, first, second)):
            group = [first.identity, *(group or [second.identity])]
        elif group:
            break
    return group or _last_two(letter, named, at)


def _last_two(letter: Letter, named: Sequence[Ref], at: int) -> list[Identity]:
    """The two people told of last, each in a sentence of their own."""
    found: list[Identity] = []
    for ref in reversed(named):
        near = letter.sentence(ref.start) >= letter.sentence(at) - _NEAR
        if near and ref.told and ref.identity is not None and ref.identity not in found:
            found.insert(0, ref.identity)
    return found[-2:] if len(found) > 1 else []


def _coupled(letter: Letter, first: Ref, second: Ref) -> bool:
    gap = letter.plain[first.end : second.start]
    return len(gap) < 90 and bool(_JOINS.search(gap)) and not re.search(r"[.;]\s", gap)
