"""Given names as written -> as meant: abbreviations expanded, accents that a reader lost restored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lexicon import given_names
from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from registers.entry import Gender

_WORDS = re.compile(r"[^\s,;/]+")
_JEAN = {"jb": "Jean Baptiste", "jbte": "Jean Baptiste", "jm": "Jean Marie", "jp": "Jean Pierre"}
MOST_MEANINGS = 3


@dataclass(frozen=True, slots=True)
class GivenNames:
    """`also` are the same names with another meaning of an ambiguous abbreviation."""

    value: str = ""
    also: tuple[str, ...] = ()
    gender: Gender | None = None


@lru_cache(maxsize=32768)
def read_given_names(text: str) -> GivenNames:
    """The given names that a text without surname and remarks writes.

    "Jn Bte" is Jean Baptiste (also Jean Benoîte); "Marie Antne" is Marie Antoinette, for the gender of
    the first name decides between the meanings of the others.
    """
    written = [word for word in _WORDS.findall(text) if any(c.isalpha() for c in word) or word == "&"]
    meanings = [_meanings(word) for word in _split_initials(written)]
    if not meanings:
        return GivenNames()
    gender = _gender(meanings[0][0])
    ordered = [meanings[0], *(_by_gender(options, gender) for options in meanings[1:])]
    value = " ".join(options[0] for options in ordered)
    also = tuple(
        " ".join([*(o[0] for o in ordered[:place]), other, *(o[0] for o in ordered[place + 1 :])])
        for place, options in enumerate(ordered)
        for other in options[1:]
    )
    if gender is None and len(meanings[0]) == 1:
        gender = next((g for o in ordered[1:] if (g := _gender(o[0])) and fold(o[0]) != "marie"), None)
    return GivenNames(value, tuple(dict.fromkeys(also))[:MOST_MEANINGS], gender)


def _split_initials(words: list[str]) -> list[str]:
    """ "J.Bte" and "J.B." apart at their points; a point that ends a word stays with it."""
    made: list[str] = []
    for word in words:
        joined = fold(word).replace(" ", "")
        if joined in _JEAN:
            made.append(_JEAN[joined])
        elif "." in word[:-1]:
            made += [f"{part}." for part in word.split(".") if part]
        else:
            made.append(word)
    return made


def _meanings(word: str) -> tuple[str, ...]:
    """What one written word may mean, best first; a hyphened one is expanded part by part."""
    if word in _JEAN.values() or word in ("et", "ou", "&"):
        return (word,)
    bare = word.strip("'’.,:;()")
    if "-" in bare:
        parts = [_meanings(part) for part in bare.split("-") if part]
        return ("-".join(options[0] for options in parts),) if parts else (word,)
    if len(bare) < 2:
        return (word.upper() if word.islower() else word,)
    known = given_names.expand(word)
    if not known:
        return (_in_full(bare),)
    if fold(known[0]) == fold(bare):
        return (_in_full(bare),)
    return known


def _in_full(name: str) -> str:
    return given_names.with_accents(ordinary_capitals(name))


def _by_gender(options: tuple[str, ...], gender: Gender | None) -> tuple[str, ...]:
    if gender is None or len(options) == 1:
        return options
    return tuple(sorted(options, key=lambda name: _gender(name) not in (gender, None)))


def _gender(name: str) -> Gender | None:
    whole = given_names.gender(name)
    if whole is not None or not ("-" in name or " " in name):
        return whole
    return given_names.gender(re.split(r"[- ]", name)[0])
