"""Which word for an act or event a date belongs to, and whose date it is by the names around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ner.letters.answered import is_answered
from ner.letters.dates import Years
from ner.letters.identities import mentions
from ner.letters.letter import Identity, Letter
from ner.letters.words import KindWord
from ner.spans import LabelledSpan

_MEANWHILE = re.compile(r"\b(?:apres|avant) (?:sa|son|leur|la|le|l')\s?$")
_CONCLUDES = re.compile(r"\b(?:donc|ce serait|ce devait etre|il s'agirait|ce qui donne)\b")


_OF_ACT = re.compile(r"\b(?:celebree?|survenue?|prononcee?|rendue?|dressee?|transcrite?|inscrite?|en date)\b")


_OF_ALL = re.compile(r"\b(?:les (?:deux|trois|quatre)|leurs|ces|tous|toutes|both|their)\b")


def event_of(letter: Letter, told: Years | LabelledSpan) -> KindWord | None:
    """The event that a date or place belongs to: the nearest word before it, else behind it."""
    words = [word for word in letter.words if letter.sentence(word.start) == letter.sentence(told.start)]
    inside = [word for word in words if told.start <= word.start < told.end]
    before = inside or [word for word in words if word.end <= told.start]
    if before:
        between = letter.plain[before[-1].end : told.start]
        if isinstance(told, Years) and _CONCLUDES.search(between):
            return None
        asked = [word for word in before if word.asked]
        if len(before) > 1 and _MEANWHILE.search(letter.plain, before[-2].end, before[-1].start):
            return before[-1] if not between.startswith(",") else before[-2]
        return asked[-1] if asked and _OF_ACT.search(between) else before[-1]
    behind = [word for word in words if word.start >= told.end]
    if not behind or (isinstance(told, Years) and _has_own_date(letter, behind, told)):
        return None
    from_elsewhere = is_answered(letter.plain, told.start) and not is_answered(letter.plain, behind[0].start)
    return None if from_elsewhere else behind[0]


def concludes(letter: Letter, years: Years) -> bool:
    """Whether a sentence reckons the year out: "donc ce serait après 1991"."""
    return bool(_CONCLUDES.search(letter.plain, max(0, years.start - 30), years.start))


def _has_own_date(letter: Letter, behind: Sequence[KindWord], years: Years) -> bool:
    """Whether the first event behind a date is told with a date of its own."""
    until = behind[1].start if len(behind) > 1 else len(letter.plain)
    sentence = letter.sentence(years.start)
    return any(
        behind[0].end <= other.start < until and letter.sentence(other.start) == sentence
        for other in letter.years
    )


def date_owners(letter: Letter, years: Years, sought: Sequence[Identity]) -> list[Identity]:
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
