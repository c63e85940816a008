"""The one box: what a clerk types becomes a typed query.

"Lefaivre Jean vers 1884", "1880-1890", "> 1870", "\\"Lefebvre\\"", "Lef*vre", "Lefebvre x Dubois",
"décès", "Paris 3e", "à Romilly" and any mixture of them, in any order. Fields of a form win over the box.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from indexer.written_names import Names, names_in
from indexer.written_years import Years, years_in
from lexicon import places
from lexicon.fold import fold
from lexicon.surnames import is_surname
from registers.entry import Kind, State
from registers.errors import QueryError
from registers.query import ALL_EXPANSIONS, Expansion, Filters, SearchQuery

Member = TypeVar("Member", Kind, State)
_MOST_LETTERS = 300
_EXAMPLE = "par exemple « Lefebvre Jean vers 1884 »"
_IN_PLACES = frozenset(
    (
        *("saint", "sainte", "st", "ste", "le", "la", "les", "l", "en", "sur", "sous"),
        *("de", "du", "des", "d", "aux", "au", "et", "lès", "lez"),
    )
)
_COUPLE = re.compile(r"(?:^|\s)x(?:\s|$)|×|&", re.IGNORECASE)
_KINDS = (
    (r"enfants? sans vie|mort[s -]?nées?|mort[s -]?nés?", Kind.STILLBORN),
    (r"changements? de noms?", Kind.NAME_CHANGE),
    (r"naissances?|née?s?(?=\s|$)", Kind.BIRTH),
    (r"mariages?|mariée?s?(?=\s|$)", Kind.MARRIAGE),
    (r"d[ée]c[èe]s|décédée?s?", Kind.DEATH),
    (r"reconnaissances?", Kind.RECOGNITION),
    (r"adoptions?", Kind.ADOPTION),
    (r"divorces?", Kind.DIVORCE),
    (r"publications?", Kind.PUBLICATION),
    (r"transcriptions?", Kind.TRANSCRIPTION),
    (r"jugements?", Kind.JUDGMENT),
)
_KIND = re.compile(
    "|".join(rf"(?P<k{at}>\b(?:{words})\b)" for at, (words, _) in enumerate(_KINDS)), re.IGNORECASE
)
_MAIDEN = re.compile(
    r"(?<!\w)n[ée]es?\s+(?!(?:en|vers|le|à|a|au|avant|après|apres|depuis|dès|entre|dans|circa|env\w*)\b)"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_ORDINAL = r"\d{1,2}\s*(?:er|ère|ere|ème|eme|ième|ieme|e)"
_CITY_PART = re.compile(
    rf"\b(?:paris|lyon|marseille)\s+{_ORDINAL}(?:\s+(?:arrondissement|arrdt|arrt|arr)\b\.?)?"
    rf"|\b{_ORDINAL}\s+(?:arrondissement|arrdt|arrt|arr)\b\.?\s+(?:de\s+)?(?:paris|lyon|marseille)\b",
    re.IGNORECASE,
)
_AT_PLACE = re.compile(
    r"(?:^|\s)(?:à|commune de|lieu\s*:)\s+(?!partir\b)(?P<place>[^\W\d_][\w'’ -]*?)"
    r"(?=\s*(?:$|,|\d|[<>≤≥~]|\bvers\b))",
    re.IGNORECASE,
)


def parse_query(
    text: str,
    *,
    surname: str = "",
    given_names: str = "",
    spouse_surname: str = "",
    spouse_given_names: str = "",
    year_from: int | None = None,
    year_to: int | None = None,
    kind: Kind | str | None = None,
    place: str = "",
    decade: int | None = None,
    register: str = "",
    state: State | str | None = None,
    expansions: Collection[Expansion] = ALL_EXPANSIONS,
) -> SearchQuery:
    """What the box and the fields of the form ask for.

    Raises QueryError, which names the part that cannot be understood and shows how to write it.
    """
    box = _Box.of(text)
    person = _with_fields(box.person, surname, given_names)
    partner = _with_fields(box.partner, spouse_surname, spouse_given_names)
    years = box.years if year_from is None and year_to is None else Years(year_from, year_to)
    _check_years(years)
    filters = Filters(
        kind=_member(Kind, kind, "nature d'acte") or box.kind,
        place=_held(place or box.place, years),
        decade=decade,
        register=register,
        state=_member(State, state, "état"),
    )
    query = SearchQuery(
        surname=person.surname,
        given_names=person.given_names,
        spouse_surname=partner.surname,
        spouse_given_names=partner.given_names,
        year_from=years.first,
        year_to=years.last,
        about=years.about,
        exact=person.exact,
        free_names=() if partner.surname or partner.given_names else person.free,
        filters=filters,
        expansions=frozenset(expansions),
        text=text,
    )
    if query == SearchQuery(text=text, expansions=query.expansions):
        raise QueryError("rien n'est demandé", advice=f"écrivez un nom, {_EXAMPLE}")
    return query


@dataclass(frozen=True, slots=True)
class _Box:
    """What the box alone asks for."""

    kind: Kind | None
    place: str
    years: Years
    person: Names
    partner: Names

    @classmethod
    def of(cls, text: str) -> _Box:
        if len(text) > _MOST_LETTERS:
            raise QueryError("la recherche est trop longue", advice=_EXAMPLE)
        married, rest = _married_in(" ".join(text.split()))
        kind, rest = _kind_in(rest)
        place, rest = _place_in(rest)
        years, rest = years_in(rest)
        person, *others = (names_in(side) for side in _couple_in(rest))
        if married:
            wife = names_in(married)
            given = wife.given_names or person.given_names
            return cls(kind, place, years, Names(person.surname, given), Names(wife.surname))
        return cls(kind, place, years, person, others[0] if others else Names())


def _with_fields(found: Names, surname: str, given_names: str) -> Names:
    if not surname and not given_names:
        return found
    exact = surname.startswith('"') and surname.endswith('"') and len(surname) > 2
    return Names(surname.strip('" ') or found.surname, given_names.strip() or found.given_names, exact)


def _couple_in(text: str) -> list[str]:
    sides = _COUPLE.split(text)
    if len(sides) == 1:
        return sides
    if len(sides) > 2 or not all(side.strip() for side in sides):
        raise QueryError(
            "un couple se demande par deux noms autour d'un seul « x »",
            advice="par exemple « Lefebvre x Dubois »",
        )
    return sides


def _married_in(text: str) -> tuple[str, str]:
    """The names before "née" and the text from the maiden name on: "Marie Lefebvre née Dubois"."""
    match = _MAIDEN.search(text)
    if match is None:
        return "", text
    return text[: match.start()].strip(), text[match.end() :].strip()


def _kind_in(text: str) -> tuple[Kind | None, str]:
    found: dict[Kind, None] = {}
    for match in _KIND.finditer(text):
        found[next(_KINDS[int(name[1:])][1] for name, words in match.groupdict().items() if words)] = None
    if len(found) > 1:
        raise QueryError(
            "plusieurs natures d'acte sont demandées",
            advice="n'en gardez qu'une : naissance, mariage, décès ...",
        )
    return next(iter(found), None), _KIND.sub(" ", text).strip()


def _place_in(text: str) -> tuple[str, str]:
    """The place that the text names, in its usual spelling, and the text without it."""
    match = _CITY_PART.search(text)
    if match:
        known = places.find(match[0])
        before, after = re.sub(r"(?:\s|^)(?:à|a)\s*$", " ", text[: match.start()]), text[match.end() :]
        return known[0].name if known else match[0], f"{before} {after}".strip()
    match = _AT_PLACE.search(text)
    if match:
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        place, behind = (match["place"].strip(), "") if rest else _place_then_name(match["place"].split())
        return place, f"{rest} {behind}".strip()
    for word in text.split()[1:]:
        known = places.find(word)
        if known and not is_surname(word) and fold(word) == fold(known[0].name):
            return known[0].name, " ".join(text.replace(word, " ", 1).split())
    return "", text


def _place_then_name(words: list[str]) -> tuple[str, str]:
    """ "Romilly-sur-Seine Lefebvre": the place ends before a surname, but not behind "Saint" or "en"."""
    for at, word in enumerate(words[1:], 1):
        shouted = word.isupper() and len(word) > 1
        if fold(words[at - 1]) not in _IN_PLACES and (shouted or is_surname(word)):
            return " ".join(words[:at]), " ".join(words[at:])
    return " ".join(words), ""


def _held(place: str, years: Years) -> str:
    """The place, if it had that name in any of the years; raises QueryError if not."""
    known = places.find(place) if place else ()
    first = years.first if years.first is not None else -9999
    last = years.last if years.last is not None else 9999
    if known and not any(
        (each.first_year or -9999) <= last and (each.last_year or 9999) >= first for each in known
    ):
        spans = ", ".join(_span(each) for each in known)
        raise QueryError(
            f"« {place} » n'existait pas sous ce nom ces années-là ({spans})",
            advice="changez l'année ou le lieu",
        )
    return place


def _span(place: places.Place) -> str:
    if place.first_year is None:
        return f"jusqu'en {place.last_year}"
    return (
        f"depuis {place.first_year}" if place.last_year is None else f"{place.first_year}-{place.last_year}"
    )


def _check_years(years: Years) -> None:
    if years.first is not None and years.last is not None and years.first > years.last:
        raise QueryError(
            f"la période {years.first}-{years.last} finit avant de commencer",
            advice=f"écrivez {years.last}-{years.first}",
        )


def _member(members: type[Member], value: Member | str | None, what: str) -> Member | None:
    if value is None or value == "":
        return None
    try:
        return members(value)
    except ValueError:
        known = ", ".join(str(member) for member in members)
        raise QueryError(f"{what} inconnue : « {value} »", advice=f"l'une de {known}") from None
