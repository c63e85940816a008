"""The words of headings: kinds of acts, series, collections, and what is no place."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from lexicon.fold import fold
from registers.entry import Kind
from registers.register import Collection, Series

_KIND_OF_WORD = {
    "naissance": Kind.BIRTH,
    "naissances": Kind.BIRTH,
    "mariage": Kind.MARRIAGE,
    "mariages": Kind.MARRIAGE,
    "deces": Kind.DEATH,
    "reconnaissance": Kind.RECOGNITION,
    "reconnaissances": Kind.RECOGNITION,
    "adoption": Kind.ADOPTION,
    "adoptions": Kind.ADOPTION,
    "divorce": Kind.DIVORCE,
    "divorces": Kind.DIVORCE,
    "publication": Kind.PUBLICATION,
    "publications": Kind.PUBLICATION,
    "transcription": Kind.TRANSCRIPTION,
    "transcriptions": Kind.TRANSCRIPTION,
    "jugement": Kind.JUDGMENT,
    "jugements": Kind.JUDGMENT,
}
_KIND_OF_LETTER = {"N": Kind.BIRTH, "M": Kind.MARRIAGE, "D": Kind.DEATH}
_KIND_OF_PERSON = {
    "nouveau nes": Kind.BIRTH,
    "nouveaux nes": Kind.BIRTH,
    "nes": Kind.BIRTH,
    "decedes": Kind.DEATH,
    "decede": Kind.DEATH,
    "defunts": Kind.DEATH,
    "epoux": Kind.MARRIAGE,
    "epouse": Kind.MARRIAGE,
    "epouses": Kind.MARRIAGE,
    "maries": Kind.MARRIAGE,
    "conjoints": Kind.MARRIAGE,
    "divorces": Kind.DIVORCE,
    "adoptes": Kind.ADOPTION,
    "reconnus": Kind.RECOGNITION,
}
_STILLBORN = re.compile(r"\benfants? (?:presentes? )?(?:sans vie|mort nes?)|\bmorts? nes?\b")
_NAME_CHANGE = re.compile(r"\bchangements? de (?:pre)?noms?\b")
# "Publications de mariages" and "transcriptions de décès" are one kind each, not two.
_GOVERNS = re.compile(
    r"\b(publications?|transcriptions?|jugements?)\b((?: (?:de|des|d|du|la|les|actes?))* )\w+"
)
_SERIES = {Series.DECENNIAL: ("decennale", "decennales"), Series.ANNUAL: ("annuelle", "annuelles")}
_COLLECTION = {
    Collection.GREFFE: ("greffe",),
    Collection.COMMUNE: ("collection communale", "collection commune"),
}
_VOCABULARY = (*_KIND_OF_WORD, *_SERIES[Series.DECENNIAL], *_SERIES[Series.ANNUAL])

_NO_PLACE = """
archives archive municipales departementales communales nationales departement fonds etat civil
registre registres table tables alphabetique alphabetiques decennale decennales annuelle annuelles
repertoire collection communale greffe image vue page folio cote article serie acte actes annee annees
an ans du de des la le les et au a en ad am bm td ta nmd bms original microfilm numerisation lot volume
tome suite fin lettre lettres nom noms prenom prenoms date dates individus mission catalogue index
sommaire scan scans
"""
NO_PLACE = frozenset(_NO_PLACE.split())


@lru_cache(maxsize=4096)
def nearest_word(token: str) -> str:
    """The heading word that a folded token is, misreadings tolerated ("naissanees"), else the token."""
    if token in _KIND_OF_WORD or len(token) < 5:
        return "deces" if token in {"deees", "dcces", "decas", "deccs"} else token
    found = process.extractOne(
        token, _VOCABULARY, scorer=fuzz.ratio, score_cutoff=80 if len(token) > 7 else 86
    )
    return found[0] if found else token


def corrected(text: str) -> str:
    """The folded text with each token replaced by the heading word that it is."""
    return " ".join(nearest_word(token) for token in fold(text).split())


def kinds_in(text: str) -> tuple[Kind, ...]:
    """The kinds of acts that a heading names, in its order."""
    words = _GOVERNS.sub(lambda match: match.group(1), corrected(text))
    found = [_KIND_OF_WORD[word] for word in words.split() if word in _KIND_OF_WORD]
    if _STILLBORN.search(words):
        found.append(Kind.STILLBORN)
    if _NAME_CHANGE.search(words):
        found.append(Kind.NAME_CHANGE)
    for group in re.findall(r"(?<![A-Za-z])N?M?D?(?![A-Za-z])", text):
        if len(group) > 1:
            found.extend(_KIND_OF_LETTER[letter] for letter in group)
    return tuple(dict.fromkeys(found))


def kinds_of_header(text: str) -> tuple[Kind, ...]:
    """The kinds that a column's header implies ("NOMS DES DÉCÉDÉS", "ÉPOUX")."""
    words = f" {fold(text)} "
    found = [kind for phrase, kind in _KIND_OF_PERSON.items() if f" {phrase} " in words]
    return tuple(dict.fromkeys((*kinds_in(text), *found)))


def series_in(text: str) -> Series | None:
    """Ten-year or yearly table, where the heading says so."""
    words = corrected(text).split()
    for series, names in _SERIES.items():
        if any(name in words for name in names):
            return series
    return None


def collection_in(text: str) -> Collection | None:
    """The commune's or the court registry's copy, where the heading says so."""
    words = f" {fold(text)} "
    for collection, names in _COLLECTION.items():
        if any(f" {name} " in words for name in names):
            return collection
    return None
