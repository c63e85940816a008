"""The parts of a written name, and other texts made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase

_LEAST_LETTERS = 3
_SEPARATOR = re.compile(r"\s+[-=_~]+\s*|\s*[-=_~]+\s+|\s*\(\s*|,\s*")


def split_name(text: str) -> tuple[str, str, str]:
    """Surname, what joins, given names: "Carel - Louise" -> ("Carel", " - ", "Louise").

    Without a dash, comma or bracket the first word is the surname.
    """
    match = _SEPARATOR.search(text, 1) or re.search(r"\s+", text)
    if match is None or match.end() == len(text):
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def other_initials(name: str) -> list[str]:
    """A name with any other capital: for its first letter, and for its first two, which a flourished
    capital may have been taken for."""
    rests = dict.fromkeys(name[skip:].lstrip() for skip in (1, 2) if len(name) >= skip + _LEAST_LETTERS)
    return [capital + rest for rest in rests for capital in ascii_uppercase]


def swapped(words: Sequence[Sequence[str]]) -> list[list[str]]:
    """Combinations of one reading per word: the first ones of each, then single swaps."""
    first = [ranked[0] for ranked in words]
    found = [first] if first else []
    for index, ranked in enumerate(words):
        found.extend([*first[:index], other, *first[index + 1 :]] for other in ranked[1:])
    return found
