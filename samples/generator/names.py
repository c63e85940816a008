"""People: surnames of a village and given names of an age, by the figures of INSEE (see refresh_names.py)."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from pathlib import Path

from registers.entry import Gender
from samples.generator.model import Person

_DATA = Path(__file__).resolve().parent / "data"
_ACCENTED = {
    "Andre": "André", "Barthelemy": "Barthélemy", "Benard": "Bénard", "Benoit": "Benoît", "Berard": "Bérard",
    "Carre": "Carré", "Cesar": "César", "Chatelain": "Châtelain", "Clement": "Clément",
    "Desire": "Désiré", "Eugene": "Eugène", "Felix": "Félix", "Francois": "François", "Gerard": "Gérard",
    "Gregoire": "Grégoire", "Guegan": "Guégan", "Guerin": "Guérin", "Hebert": "Hébert", "Herve": "Hervé",
    "Jerome": "Jérôme", "Lefevre": "Lefèvre", "Leger": "Léger", "Lemaitre": "Lemaître", "Leonard": "Léonard",
    "Leveque": "Lévêque", "Levy": "Lévy", "Liegeois": "Liégeois", "Marechal": "Maréchal", "Noel": "Noël",
    "Peres": "Pérès", "Prevost": "Prévost", "Prevot": "Prévot", "Regnier": "Régnier", "Remy": "Rémy",
    "Rene": "René", "Theret": "Théret", "Thevenet": "Thévenet", "Valery": "Valéry", "Allegre": "Allègre",
}  # fmt: skip
_WITH_PARTICLES = (
    "Le Roux", "Le Goff", "Le Gall", "Le Bihan", "Le Corre", "Le Borgne", "Le Breton", "de La Tour",
    "de La Croix", "de Lestang", "de Villiers", "de Saint-Aubin", "du Puy", "du Chesne", "d'Aubigny",
    "d'Hauterive", "Saint-Martin", "Saint-Jean", "de La Fontaine", "des Noyers",
)  # fmt: skip
_ABBREVIATIONS = {
    "Marie": ("Mie", "Mrie"), "Jean": ("Jn",), "Joseph": ("Jph", "Jh"), "Baptiste": ("Bte",),
    "François": ("Fçois",), "Françoise": ("Fçoise",), "Louise": ("Lse",), "Marguerite": ("Mgte", "Margte"),
    "Catherine": ("Cathne",), "Charles": ("Ches", "Chles"), "Antoine": ("Antne",), "Alexandre": ("Alexdre",),
}  # fmt: skip
REPUBLICAN_ERA = "1792_1815"
NINETEENTH_CENTURY = "1843_1892"


class Village:
    """The families of one place and the given names of one era.

    A few families bear most people, as in a real commune: about half the rows of a table repeat the
    surname above. `size` is the number of families; `families` are always among them.
    """

    def __init__(
        self,
        choices: random.Random,
        *,
        size: int,
        era: str,
        families: tuple[str, ...] = (),
        particles: bool = False,
    ) -> None:
        self._era = era
        surnames = list(families)
        if particles:
            surnames += choices.sample(_WITH_PARTICLES, k=max(2, size // 10))
        names, weights = _surnames()
        while len(surnames) < size:
            candidate = choices.choices(names, cum_weights=weights)[0]
            if candidate not in surnames:
                surnames.append(candidate)
        choices.shuffle(surnames)
        self._surnames = surnames
        self._weights = [1.0 / (rank + 3) for rank in range(len(surnames))]

    def surname(self, choices: random.Random) -> str:
        return choices.choices(self._surnames, self._weights)[0]

    def person(self, choices: random.Random, gender: Gender, *, most_names: int = 3) -> Person:
        """Somebody of one of the families, with one to `most_names` given names."""
        count = choices.choices((1, 2, 3), (5, 6, 3))[0]
        given: list[str] = []
        while len(given) < min(count, most_names):
            names, weights = _given_names(self._era, gender)
            candidate = choices.choices(names, weights)[0]
            if all(candidate not in name and name not in candidate for name in given):
                given.append(candidate)
        return Person(self.surname(choices), tuple(given), gender)


def abbreviate(given_name: str, choices: random.Random) -> str:
    """What a hurried clerk writes for a given name, or the name itself: "Jean-Baptiste" -> "Jn Bte"."""
    parts = given_name.split("-")
    short = [choices.choice(_ABBREVIATIONS[part]) if part in _ABBREVIATIONS else part for part in parts]
    return given_name if short == parts else " ".join(short)


def sorting_key(surname: str) -> str:
    """Alphabetical order without accents; particles in lower case do not count, "Le Roux" stands under L."""
    plain = unaccented(surname).replace("'", "' ")
    words = [
        word for word in plain.replace("-", " ").split() if not word.islower() and not word.endswith("'")
    ]
    return "".join(words).casefold()


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def capitals(surname: str) -> str:
    """As old typewriters and type cases do: capitals bear no accents, particles stay small."""
    return " ".join(word if word.islower() else _upper(word) for word in unaccented(surname).split(" "))


def ordinary_capitals(surname: str) -> str:
    """What a surname written by `capitals` reads as in ordinary capitals: "LEFEVRE" -> "Lefevre"."""
    return unaccented(surname)


def _upper(word: str) -> str:
    if word.startswith("d'"):
        return "d'" + word[2:].upper()
    return word.upper()


@cache
def _surnames() -> tuple[list[str], list[float]]:
    names: list[str] = []
    cumulated: list[float] = []
    total = 0.0
    for line in (_DATA / "surnames.tsv").read_text("utf-8").splitlines():
        published, count = line.split("\t")
        name = " ".join("-".join(p.capitalize() for p in word.split("-")) for word in published.split(" "))
        total += int(count) ** 0.6
        names.append(_ACCENTED.get(name, re.sub("iere(s?)$", r"ière\1", name)))
        cumulated.append(total)
    return names, cumulated


@cache
def _given_names(era: str, gender: Gender) -> tuple[list[str], list[float]]:
    """Names and weights; before 1900, where INSEE has no figures, by hand."""
    tables = [(_DATA / name).read_text("utf-8") for name in ("given_names.tsv", "given_names_by_hand.tsv")]
    rows = [line.split("\t") for table in tables for line in table.splitlines()]
    chosen = [(row[2], float(row[3])) for row in rows if row[:2] == [era, gender.value]]
    return [name for name, _ in chosen], [count**0.8 for _, count in chosen]
