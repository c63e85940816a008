"""Which dates and places of a letter belong to which act of which person.

A date binds to the nearest word for an event before it and to the person named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lexicon.capitals import ordinary_capitals
from ner.letters.ages import years_by_age
from ner.letters.answered import is_put_aside
from ner.letters.couples import Request
from ner.letters.dates import Years
from ner.letters.events import concludes, date_owners, event_of
from ner.letters.focus import group_meant, meant
from ner.letters.letter import Identity, Letter
from ner.letters.owners import Scene
from ner.letters.words import JOINT_KINDS, KindWord
from ner.spans import LabelledSpan
from registers.entry import Gender, Kind

_MODERN = 1990
_TELLS_ALSO: dict[Kind | None, tuple[Kind, ...]] = {
    Kind.TRANSCRIPTION: (Kind.DEATH,),
    Kind.STILLBORN: (Kind.BIRTH, Kind.DEATH),
    Kind.PUBLICATION: (Kind.MARRIAGE,),
    Kind.DIVORCE: (Kind.JUDGMENT, Kind.TRANSCRIPTION),
}
"""Events whose dates are near enough to those of another act."""
_ORDINAL = re.compile(
    r"\b(?:(?:le|la|the) |l')?(?P<nth>premiere?|first|une?|seconde?|deuxieme|autre|troisieme|"
    r"quatrieme)\b[^,;.]{0,25}$"
)
_RATHER = re.compile(
    r"\b(?:plutot|en realite|tenez-vous|donc|plus exactement|recherche[rz]?|cherche[rz]?|etendre|"
    r"regarde[rz]?|"
    r"consulte[rz]?)\b[^.;:\d]{0,32}$"
)
_NOT = re.compile(r"\b(?:pas|et non|non pas) (?:du |de |en |le |vers )?$")
_PRONOUN_BEFORE = re.compile(
    r"[,;:(] ?(?:et )?(lui|elle),? (?:aussi |quant a (?:lui|elle),? )?(?:(?:a|en|vers|le) )?[^,;.]{0,12}$"
)
_DATE_LABEL = re.compile(r"\b(?:date|annee|jour|periode)s?\b[^:\n]{0,35}:\s*$")
_ASIDE = re.compile(r",[^,;.:]*,\s*(?:(?:en|le|vers|au|a)\s)*")
_WRONG = re.compile(r"[^.;\d]{0,12}\b(?:c'est faux|faux|errone|par erreur|c'est une erreur)\b")
_OF_LIST = re.compile(r"\b(?:tables?|registres?|repertoires?)\b[^.;:]{0,35}$")
_KIN = (
    r"\b(?:(?:arriere[- ])*grand[- ]?(?:pere|mere|oncle|tante)|pere|mere|oncle|tante|frere|s(?:oe|œ)ur|"
    r"fils|fille|"
    r"mari|femme|epou[sx]e?|(?:bis|tris)aieule?|aieule?)\b"
)
_UNNAMED = re.compile(
    rf"\b(?:mon|ma|son|sa|leur|notre) ({_KIN})(?: (?:maternelle?|paternelle?))?,?"
    r"(?: qui)?(?: (?:etait|est|serait|fut|a ete|y est|en est))?\s*$"
)


def years_of(scene: Scene, request: Request) -> tuple[int | None, int | None]:
    """First and last year of the act that is asked for."""
    fits = [fit for years in scene.letter.years if (fit := _fit(scene, request, years)) is not None]
    if not fits:
        return years_by_age(scene, request, years_of)
    best = min(fits, key=lambda fit: fit.rank)
    if len(best.owners) > 1 and len(best.owners) == len(best.years.each) and request.identity in best.owners:
        year = best.years.each[best.owners.index(request.identity)]
        return year, year
    return _bounds(best.years, request.kind)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A date that may be that of an act, and whose it is; the least rank fits best."""

    rank: int
    years: Years
    owners: list[Identity]


def _fit(scene: Scene, request: Request, years: Years) -> _Fit | None:
    """How well a date goes with an act; None where it is that of another event or of somebody else."""
    letter = scene.letter
    event = event_of(letter, years)
    kind = event.kind if event else None
    told = scene.owned(event) if event and not _named_between(scene, event, years) else None
    if is_put_aside(letter.plain, years.start):
        return None  # the year of what the letter has already
    if _NOT.search(letter.plain[max(0, years.start - 20) : years.start]):
        return None
    if told == () or not _may_date(letter, request, years, kind):
        return None
    if told is None and _is_of_unnamed(letter, years, request.identity):
        return None
    one = _one_of_several(scene, years)
    positional = [one] if one else date_owners(letter, years, scene.cast.sought)
    owners = list(told) if told and not one else positional
    own = [request.identity]
    if request.spouse is not None and request.kind in JOINT_KINDS:
        own.append(request.spouse)
    mine = any(owner is identity for owner in owners for identity in own)
    if owners and not mine:
        return None
    rank = (0 if mine else 4) + (0 if kind is not None else 2) + _is_of_list(letter, years)
    rank += bool(told and told[0] is not request.identity) + bool(_WRONG.match(letter.plain, years.end))
    rank -= bool(event is not None and event.asked)
    rank -= 8 * bool(_RATHER.search(letter.plain[max(0, years.start - 45) : years.start]))
    return _Fit(rank, years, owners)


def _may_date(letter: Letter, request: Request, years: Years, kind: Kind | None) -> bool:
    """Whether a date told with an event of this kind may be that of the act."""
    other = kind is not None and kind is not request.kind and kind not in _TELLS_ALSO.get(request.kind, ())
    if other and not (years.lifespan or request.kind is None):
        return False
    modern = (years.last or years.first or 0) >= _MODERN and kind is None
    concluded = concludes(letter, years)
    return not modern or concluded or _is_labelled(letter, years) or _is_named_before(letter, request, years)


def _is_named_before(letter: Letter, request: Request, years: Years) -> bool:
    """Whether the sentence or row of a date names the person first: "- Rose Garnier, le 12/03/1999"."""
    sentence = letter.sentence(years.start)
    mentions = request.identity.mentions
    return any(m.end <= years.start and letter.sentence(m.start) == sentence for m in mentions)


def _is_labelled(letter: Letter, years: Years) -> bool:
    """Whether a form says that it is the date: "Date de l'événement : 1996"."""
    return bool(_DATE_LABEL.search(letter.plain[max(0, years.start - 50) : years.start]))


def _one_of_several(scene: Scene, years: Years) -> Identity | None:
    """Whose date it is behind "le premier", "la seconde": one of the people named side by side before."""
    letter = scene.letter
    said = _ORDINAL.search(letter.plain, letter.layout.starts[letter.sentence(years.start)], years.start)
    if said is None:
        clause = _PRONOUN_BEFORE.search(
            letter.plain, letter.layout.starts[letter.sentence(years.start)], years.start
        )
        if clause is None:
            return None
        gender = Gender.FEMALE if clause[1] == "elle" else Gender.MALE
        ref = meant(letter, scene.cast, clause.start(), gender)
        return ref.identity if ref else None
    group = group_meant(letter, scene.cast, said.start())
    place = {"p": 0, "f": 0, "u": 0, "a": 1, "s": 1, "d": 1, "t": 2, "q": 3}[said["nth"][0]]
    return group[place] if place < len(group) else None


def _named_between(scene: Scene, event: KindWord, years: Years) -> bool:
    """Whether the names around a date tell better than grammar whose it is: somebody else is named between
    it and its event, or only some of those whose event it is."""
    owners = scene.owned(event) or ()
    start, end = (event.end, years.start) if event.end <= years.start else (0, years.start)
    if start and _ASIDE.fullmatch(scene.letter.plain, start, end):
        return False
    named = [
        ref for ref in scene.cast.refs if start <= ref.start < end and ref.told and ref.identity is not None
    ]
    if start == 0:
        sentence = scene.letter.sentence(years.start)
        return any(scene.letter.sentence(ref.start) == sentence for ref in named)
    own = {id(ref.identity) for ref in named if any(ref.identity is owner for owner in owners)}
    others = {id(ref.identity) for ref in named} - own
    return bool(others) or (bool(own) and len(own) < len(owners) and event.kind not in JOINT_KINDS)


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
            event = event_of(letter, span)
            kind = event.kind if event else None
            elsewhere = kind is not None and request.kind is not None and kind is not request.kind
            near = abs(apart) * 2 + (span.start < mention.start)
            rank = (int(elsewhere), near, abs(span.start - mention.end), span.text)
            best = rank if best is None else min(best, rank)
    if best is None:
        return None
    return best[3] if best[3][:1].isupper() else ordinary_capitals(best[3])


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
