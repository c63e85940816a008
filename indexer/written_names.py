"""Names as clerks type them: which words are the surname and which the given names.

A comma, quotes or capitals decide ("Lefebvre, Jean", "Jean LEFEBVRE"); else the lexicon weighs both
orders, surname first being the custom of registers. What it decides stays a guess: the words are kept, so
that the search tries the other orders too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from indexer.keys import PARTICLES
from lexicon import given_names, surnames
from lexicon.fold import fold
from registers.errors import QueryError

_RARE = 1e-7
_CUSTOM = 1.0
_QUOTED = re.compile(r"[\"«“](?P<name>[^\"«»“”]*)[\"»”]")
_ODD = re.compile(r"[^\w\s'’.,*?()-]")
_TITLES = frozenset({"m", "mr", "mme", "mlle", "veuve", "vve", "dame", "sieur"})
_LETTERS = re.compile(r"[^\W\d_]{2}")
"""An initial is no surname in capitals."""
_JOINING = frozenset({*PARTICLES, "saint", "sainte", "st", "ste"}) - {"e"}


@dataclass(frozen=True, slots=True)
class Names:
    """One person. `exact`: the surname stood in quotes; `free`: the words, when their order is a guess."""

    surname: str = ""
    given_names: str = ""
    exact: bool = False
    free: tuple[str, ...] = ()


def names_in(text: str) -> Names:
    """The names in a text without years, places and kinds; raises QueryError for what no name has."""
    quoted = _QUOTED.search(text)
    if quoted:
        rest = f"{text[: quoted.start()]} {text[quoted.end() :]}".replace(",", " ")
        if not quoted["name"].strip():
            raise QueryError(
                "il n'y a rien entre les guillemets", advice='écrivez le nom exact : « "Lefebvre" »'
            )
        return Names(quoted["name"].strip(), " ".join(_words(rest)), exact=True)
    odd = _ODD.search(text)
    if odd:
        raise QueryError(
            f"« {odd[0]} » n'a pas de sens dans un nom",
            advice='« * » remplace des lettres, « ? » une lettre, « "Lefebvre" » demande ce nom exact',
        )
    surname, comma, given = text.partition(",")
    if comma and surname.strip():
        return Names(" ".join(_words(surname)), " ".join(_words(given.replace(",", " "))))
    return _ordered(_grouped(_words(text.replace(",", " "))))


def _words(text: str) -> list[str]:
    words = [word.strip("()") for word in text.split()]
    kept = [word for word in words if fold(word) not in _TITLES and re.search(r"[\w*?]", word)]
    for word in kept:
        if re.fullmatch(r"[*?.'’-]+", word):
            raise QueryError(
                f"« {word} » seul demanderait tous les noms", advice="ajoutez des lettres : « Lef*vre »"
            )
    return kept


def _grouped(words: list[str]) -> list[str]:
    """Particles and Saint joined to the word they belong to: "de la Tour Jean" is two groups."""
    groups: list[str] = []
    waiting: list[str] = []
    for word in words:
        waiting.append(word)
        if fold(word) not in _JOINING:
            groups.append(" ".join(waiting))
            waiting = []
    return [*groups, " ".join(waiting)] if waiting else groups


def _ordered(groups: list[str]) -> Names:
    if not groups:
        return Names()
    if len(groups) == 1:
        word = groups[0]
        given = given_names.is_given_name(word) and not surnames.is_surname(word)
        return Names(given_names=word) if given else Names(surname=word)
    capitals = [group for group in groups if _LETTERS.search(group) and group.isupper()]
    if capitals and len(capitals) < len(groups):
        return Names(" ".join(capitals), " ".join(group for group in groups if group not in capitals))
    best = max(_splits(groups), key=lambda names: _likelihood(names, groups))
    return Names(best.surname, best.given_names, free=tuple(groups))


def _splits(groups: list[str]) -> list[Names]:
    """Surname first (one group or more), then surname last."""
    first = [Names(" ".join(groups[:at]), " ".join(groups[at:])) for at in range(1, len(groups))]
    return [*first, Names(groups[-1], " ".join(groups[:-1])), Names(" ".join(groups))]


def _likelihood(names: Names, groups: list[str]) -> float:
    score = _CUSTOM if names.surname.startswith(groups[0]) else 0.0
    parts = [group for group in groups if f" {group} " in f" {names.surname} "]
    whole = surnames.frequency(names.surname)
    score += log(max(whole, _RARE)) if whole else sum(log(max(_borne(part), _RARE)) for part in parts)
    score -= 2.0 * (len(parts) - 1) if not whole else 0.0
    return score + sum(log(max(_given(name), _RARE)) for name in names.given_names.split())


def _borne(group: str) -> float:
    return 1e-5 if "*" in group or "?" in group else surnames.frequency(group)


def _given(name: str) -> float:
    """How usual a given name is; initials and abbreviations count as usual ones."""
    bare = name.rstrip(".")
    if "*" in name or "?" in name:
        return 1e-4
    if len(bare) == 1:
        return 1e-2
    if name.endswith(".") and len(bare) <= 5:
        return 1e-2
    known = given_names.frequency(bare)
    return known or (1e-3 if given_names.expand(name) else 0.0)
