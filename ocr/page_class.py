"""What kind of page this is, from its shape and from the lines that were read on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from registers.document import PageClass

_NONE_RECORDED = re.compile(r"\b(neant|pour memoire neant|il n ?y a (eu )?(aucun|point|pas)|aucun acte)\b")
_CLOSING = re.compile(
    r"\b(arrete[e]? (la presente|le present|par nous)|la presente table"
    r"|certifi\w* (conforme|veritable|exact\w*)"
    r"|clos(e)? et arrete|fait et clos|arrete et certifie|dresse[e]? par nous|pour copie conforme)"
)
_ACTS = re.compile(
    r"\b(l ?an (mil|dix)|par devant nous|pardevant|officier d\w* l ?etat|est (ne|nee|decede|decedee|comparu)"
    r"|ont comparu|a comparu|lecture faite|de sexe|ne\(?e?\)? le|declare que|dont acte)\b"
)
_COVER = re.compile(
    r"\b(registre|tables? (decennale|annuelle|alphabetique|des)|etat civil|archives|greffe|volume|tome|cote"
    r"|depouillement|repertoire|tribunal)\b"
)
_ACT_LINES = 12
_LONG_LINE = 38  # characters: prose fills its lines


def folded(text: str) -> str:
    """Lower case, no accents, apostrophes and marks to single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9°()]+", " ", plain).strip()


def class_of_lines(lines: Sequence[str]) -> PageClass:
    """The class of a page that holds no table, from its lines of print or type."""
    kept = [folded(line) for line in lines if len(folded(line)) >= 3]
    whole = " ".join(kept)
    if not kept:
        return PageClass.OTHER
    long_lines = sum(len(line) >= _LONG_LINE for line in kept)
    prose = long_lines >= _ACT_LINES and long_lines >= 0.6 * len(kept)
    tests = (
        (PageClass.ACTS, _ACTS.search(whole) is not None and long_lines >= _ACT_LINES // 2),
        (PageClass.NONE_RECORDED, _NONE_RECORDED.search(whole) is not None and long_lines < _ACT_LINES),
        (PageClass.CLOSING, _CLOSING.search(whole) is not None and len(kept) <= 25),
        (PageClass.ACTS, prose),
        (PageClass.COVER, _COVER.search(whole) is not None and len(kept) <= 20),
    )
    return next((page_class for page_class, holds in tests if holds), PageClass.OTHER)
