"""The one folding of names: what the index and ner compare."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, ligatures opened, hyphens, apostrophes and punctuation as single spaces.

    >>> fold("LE GOËFF-D'Œuvre")
    'le goeff d oeuvre'
    """
    lowered = text.lower()
    if lowered.isascii() and lowered.isalpha():
        return lowered
    if lowered.isascii():
        return _NOT_WORD.sub(" ", lowered).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.lower().translate(_LIGATURES)).strip()
