"""What the words above a column say that it holds; misreadings tolerated."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from lexicon.fold import fold
from registers.knowledge import Holds

# The words that a person may write in register.toml for `columns`, beside the names of Holds.
COLUMN_WORDS: dict[str, Holds] = {
    "nom": Holds.SURNAME,
    "prenoms": Holds.GIVEN_NAMES,
    "prenom": Holds.GIVEN_NAMES,
    "nom et prenoms": Holds.FULL_NAME,
    "noms et prenoms": Holds.FULL_NAME,
    "epoux": Holds.FULL_NAME,
    "epouse": Holds.SPOUSE_FULL_NAME,
    "conjoint": Holds.SPOUSE_FULL_NAME,
    "nom du conjoint": Holds.SPOUSE_SURNAME,
    "prenoms du conjoint": Holds.SPOUSE_GIVEN_NAMES,
    "nom de l epouse": Holds.SPOUSE_SURNAME,
    "prenoms de l epouse": Holds.SPOUSE_GIVEN_NAMES,
    "date": Holds.DATE,
    "jour": Holds.DAY,
    "mois": Holds.MONTH,
    "annee": Holds.YEAR,
    "numero": Holds.ACT_NUMBER,
    "acte": Holds.ACT_NUMBER,
    "n": Holds.ACT_NUMBER,
    "rang": Holds.RANK,
    "observations": Holds.REMARKS,
    "remarques": Holds.REMARKS,
    "autre": Holds.OTHER,
    "": Holds.OTHER,
}
_WORDS = {
    "nom": "noms",
    "noms": "noms",
    "prenom": "prenoms",
    "prenoms": "prenoms",
    "individus": "individus",
    "date": "date",
    "dates": "date",
    "jour": "jour",
    "jours": "jour",
    "mois": "mois",
    "annee": "annee",
    "annees": "annee",
    "an": "annee",
    "numero": "numero",
    "numeros": "numero",
    "acte": "acte",
    "actes": "acte",
    "ordre": "ordre",
    "folio": "folio",
    "page": "folio",
    "observations": "remarques",
    "remarques": "remarques",
    "mentions": "remarques",
    "epoux": "epoux",
    "epouse": "epouse",
    "epouses": "epouse",
    "femme": "epouse",
    "femmes": "epouse",
    "mari": "epoux",
    "maris": "epoux",
    "conjoint": "conjoint",
    "conjoints": "conjoint",
    "pere": "parents",
    "mere": "parents",
    "parents": "parents",
    "domicile": "lieu",
    "profession": "lieu",
    "professions": "lieu",
    "lieu": "lieu",
    "titre": "titre",
    "rang": "rang",
    "rangs": "rang",
    "executants": "individus",
}
_CONNECTING = frozenset(
    ("et", "de", "du", "des", "d", "l", "la", "le", "les", "ou", "en", "n", "o", "s", "nos")
)
_ALONE = frozenset({"noms", "prenoms", "dates", "observations", "individus", "numeros", "epouse"})
_FUZZY_WORDS = tuple(word for word in _WORDS if len(word) > 4)
_DATE_PARTS = {"jour": Holds.DAY, "mois": Holds.MONTH, "annee": Holds.YEAR}
# What stands beside them tells words that are misread: "LNOMS ET PRÉNOMS", "DAIFS DES ACTES".
_BESIDE_NAMES = re.compile(r"\b[a-z0-9]{2,6} et prenoms?\b")
_BESIDE_DATES = re.compile(r"\b([a-z0-9]{4,6}) des actes\b")
_LIKE_DATES = 60
_NUMBER_SIGN = re.compile(r"(?:^|\s)n\s?[°ºo*\"']{1,2}s?(?![a-z])|(?:^|\s)n\.\s", re.IGNORECASE)


def stated_holds(word: str) -> Holds | None:
    """What a word of register.toml's `columns` stands for, or None when it is none of the known ones."""
    folded = fold(word)
    if folded.replace(" ", "_") in set(Holds):
        return Holds(folded.replace(" ", "_"))
    return COLUMN_WORDS.get(folded)


@lru_cache(maxsize=4096)
def holds_of_header(header: str) -> Holds | None:
    """What a column holds by the words above it, or None where they do not tell."""
    folded = fold(header)
    words = {_known(word) for word in folded.split()}
    words |= _told_beside(folded)
    if _NUMBER_SIGN.search(header):
        words.add("numero")
    named = words & {"noms", "prenoms"}
    if words & {"numero", "ordre", "rang"} and not named:
        return Holds.RANK if "rang" in words else Holds.ACT_NUMBER
    if words & {"folio", "titre", "parents", "lieu"} and not words & {"noms", "date"}:
        return Holds.OTHER
    if named or words & {"epoux", "epouse", "conjoint", "individus"}:
        return _name_holds(words)
    return _date_holds(words) or _last_resort(words)


def _told_beside(folded: str) -> set[str]:
    dates = _BESIDE_DATES.search(folded)
    told = {"noms"} if _BESIDE_NAMES.search(folded) else set()
    return told | ({"date"} if dates and fuzz.ratio(dates[1], "dates") >= _LIKE_DATES else set())


def is_header_text(text: str) -> bool:
    """Whether a cell repeats a column's header ("NOMS ET PRÉNOMS", "N° d'ordre", "DATES")."""
    words = [word for word in fold(text).split() if word not in _CONNECTING]
    known = [name for word in words if (name := _known(word))]
    if len(words) == 1:
        return words[0] in _ALONE or bool(known and _NUMBER_SIGN.search(text))
    return bool(known) and len(known) == len(words) and (len(known) > 1 or bool(_NUMBER_SIGN.search(text)))


def _name_holds(words: set[str]) -> Holds:
    spouse = bool(words & {"epouse", "conjoint"}) and "epoux" not in words
    if "prenoms" in words and "noms" not in words:
        return Holds.SPOUSE_GIVEN_NAMES if spouse else Holds.GIVEN_NAMES
    if "noms" in words and "prenoms" not in words:
        return Holds.SPOUSE_SURNAME if spouse else Holds.SURNAME
    return Holds.SPOUSE_FULL_NAME if spouse else Holds.FULL_NAME


def _date_holds(words: set[str]) -> Holds | None:
    parts = [holds for word, holds in _DATE_PARTS.items() if word in words]
    if "date" in words or len(parts) > 1:
        return Holds.DATE
    return parts[0] if parts else None


def _last_resort(words: set[str]) -> Holds | None:
    if "remarques" in words:
        return Holds.REMARKS
    return Holds.ACT_NUMBER if words == {"acte"} else None


def _known(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    if len(word) < 5:
        return ""
    cutoff = 75 if len(word) > 5 else 85
    found = process.extractOne(word, _FUZZY_WORDS, scorer=fuzz.ratio, score_cutoff=cutoff)
    return str(_WORDS[found[0]]) if found else ""
