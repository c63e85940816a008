"""Places whose names held only for some years: arrondissements and the communes they swallowed.

"Paris 3e" before 1860 is another place than after. Any commune that is not here passes as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lexicon.fold import fold
from lexicon.tables import rows

_CITY = r"(?P<{}>paris|lyon|marseille)"
_NUMBERED = re.compile(
    rf"\b{_CITY.format('city')}\s+(?:le\s+)?"
    r"(?:(?P<number>\d{1,2})(?:\s*(?:er|i?e|i?eme))?|(?P<word>[a-z]+(?: [a-z]+)?))\b"
    rf"|\b(?P<before>\d{{1,2}})\s*(?:er|i?e|i?eme)?\s+arr[a-z]*\s+(?:de\s+)?{_CITY.format('town')}\b"
)
_ORDINALS = tuple(
    f"{stem}ieme" if stem != "premier" else stem
    for stem in (
        *("premier", "deux", "trois", "quatr", "cinqu", "six", "sept", "huit", "neuv", "dix", "onz", "douz"),
        *("treiz", "quatorz", "quinz", "seiz", "dix sept", "dix huit", "dix neuv", "vingt"),
    )
)

_ARRONDISSEMENT = frozenset({"arrondissement", "arrondissements", "arrdt", "arrt", "arr", "ardt", "arrondt"})
_ORDINAL_ENDINGS = frozenset({"", "e", "er", "eme", "ieme", "me", "re"})


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or an arrondissement under one name; the years bound its use, None where it is open.

    `became` names the places that hold its ground since, one of them for each act.
    """

    name: str
    commune: str
    arrondissement: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    became: tuple[str, ...] = ()


def find(text: str) -> tuple[Place, ...]:
    """The places that a text names, e.g. "Paris 3e": the old one (1795-1859) and the new one (1860-).

    A city named without its arrondissement, or a commune that is not in the table, gives none.
    """
    folded = fold(text)
    found = [
        place for city, number in _arrondissements(folded) for place in _by_number().get((city, number), ())
    ]
    found += [place for key, place in _by_name() if re.search(rf"\b{key}\b", folded)]
    return tuple(dict.fromkeys(found))


def key_of(place: str) -> str:
    """How places are compared: "PARIS 3ème arrdt" and "Paris 3e" are one."""
    return "".join(_key_words(place))


@lru_cache(maxsize=16384)
def keys_of(place: str) -> tuple[str, ...]:
    """The keys of all that a place may be asked by, its leading words: Romilly for Romilly-sur-Seine, Paris
    for Paris 3e. A place answers where the `key_of` what was asked is among them."""
    words = _key_words(place)
    return tuple("".join(words[:count]) for count in range(1, len(words) + 1))


def _key_words(place: str) -> list[str]:
    words = []
    for word in fold(place).split():
        if word in _ARRONDISSEMENT:
            continue
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        ordinal = digits.isdigit() and word[len(digits) :] in _ORDINAL_ENDINGS
        words.append(digits if ordinal else word)
    return words


def _arrondissements(folded: str) -> list[tuple[str, int]]:
    found = []
    for match in _NUMBERED.finditer(folded):
        city = match["city"] or match["town"]
        word = match["word"]
        if word is None:
            found.append((city, int(match["number"] or match["before"])))
            continue
        found += [(city, rank) for rank, name in enumerate(_ORDINALS, 1) if name in (word, word.split()[0])]
    return found


@cache
def _places() -> tuple[Place, ...]:
    return tuple(
        Place(
            name,
            commune,
            int(number) if number else None,
            int(first) if first else None,
            int(last) if last else None,
            tuple(became.split(";")) if became else (),
        )
        for name, commune, number, first, last, became in rows("places.tsv")
    )


@cache
def _by_number() -> dict[tuple[str, int], tuple[Place, ...]]:
    found: dict[tuple[str, int], tuple[Place, ...]] = {}
    for place in _places():
        if place.arrondissement is not None:
            key = (fold(place.commune), place.arrondissement)
            found[key] = (*found.get(key, ()), place)
    return found


@cache
def _by_name() -> tuple[tuple[str, Place], ...]:
    return tuple((fold(place.name), place) for place in _places() if place.arrondissement is None)
