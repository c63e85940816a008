"""Which dates and places of a letter belong to which act of which person.

A date binds to the nearest word for an event before it and to the person named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lexicon.capitals import ordinary_capitals
from ner.letters.dates import Years
from ner.letters.identities import Identity, Letter, mentions
from ner.letters.requests import JOINT_KINDS, Request
from ner.letters.words import KindWord
from ner.spans import LabelledSpan
from registers.entry import Kind

_MODERN = 1990
_TELLS_ALSO: dict[Kind | None, tuple[Kind, ...]] = {
    Kind.TRANSCRIPTION: (Kind.DEATH,),
    Kind.STILLBORN: (Kind.BIRTH, Kind.DEATH),
    Kind.PUBLICATION: (Kind.MARRIAGE,),
    Kind.DIVORCE: (Kind.JUDGMENT, Kind.TRANSCRIPTION),
}
"""Events whose dates are near enough to those of another act."""
_CONCLUDES = re.compile(r"\b(?:donc|ce serait|ce devait etre|il s'agirait|ce qui donne)\b")
_OF_ACT = re.compile(r"\b(?:celebree?|survenue?|prononcee?|rendue?|dressee?|transcrite?|inscrite?|en date)\b")
_OF_ALL = re.compile(r"\b(?:les (?:deux|trois|quatre)|leurs|ces|tous|toutes|both|their)\b")
_OF_LIST = re.compile(r"\b(?:tables?|registres?|repertoires?)\b[^.;:]{0,35}$")
_KIN = (
    r"\b(?:(?:arriere[- ])*grand[- ]?(?:pere|mere|oncle|tante)|pere|mere|oncle|tante|frere|soeur|fils|fille|"
    r"mari|femme|epou[sx]e?|(?:bis|tris)aieule?|aieule?)\b"
)
_UNNAMED = re.compile(
    rf"\b(?:mon|ma|son|sa|leur|notre) ({_KIN})(?: (?:maternelle?|paternelle?))?,?"
    r"(?: qui)?(?: (?:etait|est|serait|fut|a ete|y est|en est))?\s*$"
)


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
        other = (
            kind is not None and kind is not request.kind and kind not in _TELLS_ALSO.get(request.kind, ())
        )
        if other and not (years.lifespan or request.kind is None):
            continue
        if (years.last or years.first or 0) >= _MODERN and kind is None:
            continue
        if _is_of_unnamed(letter, years, request.identity):
            continue
        if owners and not mine:
            continue
        rank = (0 if mine else 4) + (0 if kind is not None else 2) + _is_of_list(letter, years)
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


def place_of(letter: Letter, request: Request, places: Sequence[LabelledSpan]) -> str | None:
    """The place of the act: told with its event, else nearest behind a mention of the person."""
    best: tuple[int, int, int, str] | None = None
    for mention in request.identity.mentions:
        for span in places:
            apart = letter.sentence(span.start) - letter.sentence(mention.start)
            kind = _event(letter, span)
            elsewhere = kind is not None and request.kind is not None and kind is not request.kind
            near = abs(apart) * 2 + (span.start < mention.start)
            rank = (int(elsewhere), near, abs(span.start - mention.end), span.text)
            best = rank if best is None else min(best, rank)
    if best is None:
        return None
    return best[3] if best[3][:1].isupper() else ordinary_capitals(best[3])


def _event(letter: Letter, told: Years | LabelledSpan) -> Kind | None:
    """The event that a date or place belongs to: the nearest word before it, else behind it."""
    words = [word for word in letter.words if letter.sentence(word.start) == letter.sentence(told.start)]
    inside = [word for word in words if told.start <= word.start < told.end]
    before = inside or [word for word in words if word.end <= told.start]
    if before:
        between = letter.plain[before[-1].end : told.start]
        if isinstance(told, Years) and _CONCLUDES.search(between):
            return None
        asked = [word.kind for word in before if word.asked]
        return asked[-1] if asked and _OF_ACT.search(between) else before[-1].kind
    behind = [word for word in words if word.start >= told.end]
    if not behind or (isinstance(told, Years) and _has_own_date(letter, behind, told)):
        return None
    return behind[0].kind


def _has_own_date(letter: Letter, behind: Sequence[KindWord], years: Years) -> bool:
    """Whether the first event behind a date is told with a date of its own."""
    until = behind[1].start if len(behind) > 1 else len(letter.plain)
    sentence = letter.sentence(years.start)
    return any(
        behind[0].end <= other.start < until and letter.sentence(other.start) == sentence
        for other in letter.years
    )


def _is_of_list(letter: Letter, years: Years) -> bool:
    """Whether the years are those of a table or register rather than of an act."""
    return bool(_OF_LIST.search(letter.plain[max(0, years.start - 40) : years.start]))


def _is_of_unnamed(letter: Letter, years: Years, identity: Identity) -> bool:
    """Whether a date is told of a relative without a name ("mon père est né en 1938 mais ...")."""
    events = [word for word in letter.words if word.end <= years.start and not word.asked]
    if not events or letter.sentence(events[-1].start) != letter.sentence(years.start):
        return False
    subject = _UNNAMED.search(letter.plain[: events[-1].start])
    if subject is None or any(0 <= subject.start() - person.end <= 2 for person in letter.people):
        return False  # "Paul Garnier, son fils, né en 1951" names him
    before = [re.findall(_KIN, letter.plain[max(0, m.start - 90) : m.start]) for m in identity.mentions]
    return subject[1] not in {kin[-1] for kin in before if kin}


def _owners(letter: Letter, years: Years, sought: Sequence[Identity]) -> list[Identity]:
    """The people whose date it is: those named last before it, with no other date in between."""
    sentence = letter.sentence(years.start)
    named = list(mentions(sought))
    here = [pair for pair in named if letter.sentence(pair[1].start) == sentence]
    before = [pair for pair in here if pair[1].start < years.start]
    if not before and here:
        later = [other.start for other in letter.years if other.start > years.start]
        until = next((at for at in later if letter.sentence(at) == sentence), len(letter.plain))
        return [identity for identity, mention in here if mention.start < until] or [here[0][0]]
    if before:
        others = [other for other in letter.years if other.start < years.start]
        since = max((other.start for other in others if letter.sentence(other.start) == sentence), default=-1)
        group = [identity for identity, mention in before if mention.start > since]
        return group or [before[-1][0]]
    earlier = [pair for pair in named if pair[1].start < years.start]
    if not earlier:
        return []
    starts = (*letter.layout.starts, len(letter.plain))
    if _OF_ALL.search(letter.plain[starts[sentence] : years.start]):
        return list({id(identity): identity for identity, _ in earlier}.values())
    last = letter.sentence(earlier[-1][1].start)
    return [identity for identity, mention in earlier if letter.sentence(mention.start) == last]
