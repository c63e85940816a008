"""Headings and headers made comparable; unlike `lexicon.fold`, punctuation keeps its place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": "'", "ʼ": "'", "`": "'", "´": "'"}
)


@lru_cache(maxsize=8192)
def unaccented(text: str) -> str:
    """Small letters without accents or ligatures; punctuation and spaces as they stand."""
    decomposed = unicodedata.normalize("NFD", text.translate(_SPELLINGS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
