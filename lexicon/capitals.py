"""Ordinary capitals: LEFEBVRE -> Lefebvre, DE LA TOUR -> de La Tour."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_LOW_PARTICLES = frozenset({"de", "von", "van", "der", "den", "et", "dit", "dite"})
"""Written small before a name. "Le", "La", "Du", "Des" are part of it and keep their capital (Le Roux)."""


def ordinary_capitals(name: str) -> str:
    """A name with a capital at the head of each word and small letters behind it.

    Words that already mix capitals and small letters (McCarthy, De La Tour) keep them; in a name all in
    capitals or all small "DE" and "VAN" before another word become small.
    """
    if name.isascii() and name.isalpha():
        return _capital(name)
    words = list(_WORD.finditer(name))
    made: list[str] = []
    end = 0
    for position, word in enumerate(words):
        made.append(name[end : word.start()])
        alone = position == len(words) - 1 or name[word.end() : word.end() + 1] != " "
        made.append(_in_place(word.group(), alone=alone))
        end = word.end()
    made.append(name[end:])
    return "".join(made)


def _in_place(word: str, *, alone: bool) -> str:
    lowered = word.lower()
    if not alone and lowered in _LOW_PARTICLES and (word.isupper() or word.islower()):
        return lowered
    return word if word == "d" else _capital(word)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:].lower() if _has_no_own_capitals(word) else word


def _has_no_own_capitals(word: str) -> bool:
    """All capitals, all small, or either with one stray letter as readers make them: LEFEBVRe, dUPONT."""
    if word.isupper() or word.islower():
        return True
    if word.startswith(("Mc", "Mac")):
        return False
    capitals = sum(c.isupper() for c in word)
    return len(word) > 3 and (capitals >= len(word) - 1 or (capitals == 1 and not word[0].isupper()))
