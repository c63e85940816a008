"""Which of the first rows of a table are its header: told by what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from ocr.page_class import folded

_WORDS = frozenset(
    {
        *("nom", "noms", "prenom", "prenoms", "date", "dates", "acte", "actes", "numero", "numeros", "no"),
        *("naissance", "naissances", "mariage", "mariages", "deces", "epoux", "epouse", "epouses"),
        *("conjoint", "conjoints", "observation", "observations", "registre", "page", "folio", "jour"),
        *("jours", "mois", "annee", "annees", "individus", "famille", "decedes", "ordre", "commune"),
        *("communes", "lieu", "age", "remarques", "mention", "mentions", "patronyme", "patronymes"),
        *("personnes", "designation"),
    }
)
_SMALL = frozenset({"et", "de", "des", "du", "la", "le", "les", "l", "d", "en", "a", "ou", "n°", "no", "nos"})
_SURE = 79  # of 100: a word read with an error or two still counts
_SHARE = 0.5
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")


def is_header(texts: Sequence[str]) -> bool:
    """Whether the cells of a row are headings of columns, or the columns' numbers 1, 2, 3."""
    filled = [folded(text) for text in texts if folded(text)]
    if not filled:
        return False
    if len(filled) >= 3 and _counts_up(filled):
        return True
    if any(re.search(r"\b\d{1,4}\b", text) for text in filled):
        return False  # rows hold dates and numbers, headings do not
    headings = sum(_is_heading(text) for text in filled)
    return headings >= max(1, _SHARE * len(filled))


def _is_heading(text: str) -> bool:
    words = [word for word in re.split(r"[^a-z°]+", text) if word and word not in _SMALL]
    if not words:
        return "n°" in text or text in {"no", "nos"}
    known = sum(any(_like(word, heading) for heading in _WORDS) for word in words)
    return known >= 0.5 * len(words)


def _like(word: str, heading: str) -> bool:
    if len(word) <= 4 or len(heading) <= 4 or abs(len(word) - len(heading)) > 1:
        return word == heading
    return fuzz.ratio(word, heading) >= _SURE


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether cells hold 1, 2, 3 ... , one of them perhaps misread: no row holds only such short texts."""
    if any(len(text) > 3 for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if _NUMBERED.fullmatch(text)]
    rising = all(b > a for a, b in pairwise(numbers))
    return rising and len(numbers) >= max(3, len(texts) - 1) and numbers[0] == 1 and numbers[-1] <= 12
