"""Headings and headers made comparable; unlike `lexicon.fold`, punctuation keeps its place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLINGS = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": "'", "ʼ": "'", "`": "'", "´": "'"}
)
_LOOKALIKES = str.maketrans("OoQIli|SB", "000111158")
_NUMBER_LIKE = re.compile(r"(?<![A-Za-z0-9])(?=[0-9OoQIli|SB]*\d)[0-9OoQIli|SB]{1,6}(?![A-Za-z0-9])")


@lru_cache(maxsize=8192)
def unaccented(text: str) -> str:
    """Small letters without accents or ligatures; punctuation and spaces as they stand."""
    decomposed = unicodedata.normalize("NFD", text.translate(_SPELLINGS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def repair_digits(text: str) -> str:
    """Groups that hold a digit and look like numbers, with their look-alikes read as digits ("19O3")."""
    return _NUMBER_LIKE.sub(lambda match: match.group().translate(_LOOKALIKES), text)
