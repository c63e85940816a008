"""Ordinary capitals: LEFEBVRE -> Lefebvre, DE LA TOUR -> de La Tour."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_LOW_PARTICLES = frozenset({"de", "du", "des", "von", "van", "der", "den", "et", "dit", "dite"})
"""Written small before a name. "Le" and "La" are part of it and keep their capital (Le Roux)."""


def ordinary_capitals(name: str) -> str:
    """A name with a capital at the head of each word and small letters behind it.

    Words that already mix capitals and small letters (McCarthy, LeGoff) keep them. "DE", "DU", "D'" in
    front of another word become small, "LE" and "LA" become "Le" and "La".
    """
    words = list(_WORD.finditer(name))
    made: list[str] = []
    end = 0
    for position, word in enumerate(words):
        made.append(name[end : word.start()])
        made.append(
            _word(word.group(), name, word.end(), first=position == 0, last=position == len(words) - 1)
        )
        end = word.end()
    made.append(name[end:])
    return "".join(made)


def _word(word: str, name: str, end: int, *, first: bool, last: bool) -> str:
    lowered = word.lower()
    if (
        not last
        and lowered in _LOW_PARTICLES
        and name[end : end + 1] == " "
        and (first or word.isupper() or word.islower())
    ):
        return lowered
    if not last and lowered == "d" and name[end : end + 1] in ("'", "’"):
        return "d" if first or word == "d" else "D"
    if word.isupper() or word.islower() or _shouted_head(word):
        return word[0].upper() + lowered[1:]
    return word


def _shouted_head(word: str) -> bool:
    """Capitals with a stray small letter or the reverse, as readers make them: LEFEBVRe, dUPONT."""
    capitals = sum(c.isupper() for c in word)
    return len(word) > 3 and (capitals >= len(word) - 1 or (capitals == 1 and not word[0].isupper()))
