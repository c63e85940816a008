"""The words of a name cell: specks and leaders off, misread digits put right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lexicon import given_names, surnames

_SPECKS = re.compile(r"[★☆✱✶*_|•·¤§<>«»\"“”„=~]+|\.{2,}|(?:\s\.){2,}")
_SPACES = re.compile(r"\s+")
_EDGES = " ,;:.-–—/'’‘`°"
_PLAIN = {ord(c): unicodedata.normalize("NFD", c)[0] for c in "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"}
_LETTERS_FOR = {
    "0": "oO",
    "1": "liI",
    "5": "sS",
    "8": "B",
    "6": "bG",
    "!": "lI",
    "|": "lI",
    "3": "",
    "9": "g",
}


def cleaned(text: str) -> str:
    """The text without specks, leader dots and superscript marks, spaces collapsed; an edge is no hyphen."""
    plain = unicodedata.normalize("NFC", text).replace("^", "").replace("`", "")
    plain = _SPACES.sub(" ", _SPECKS.sub(" ", plain)).strip()
    return trimmed(plain)


def trimmed(text: str) -> str:
    """The text without the punctuation at its edges; the point of a last abbreviation stays."""
    bare = text.lstrip(_EDGES)
    end = bare.rstrip(_EDGES)
    tail = bare[len(end) : len(end) + 1]
    return end + "." if tail == "." and end[-1:].isalpha() else end


def plain_lower(text: str) -> str:
    """Lower case without accents, of the same length as the text, so that places in it stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered if lowered.isascii() else lowered.translate(_PLAIN)


def without_digits(text: str) -> tuple[str, bool]:
    """The text with digits inside words read as the letters that they look like, and whether any was.

    "MART1N" -> "MARTIN", "Pau1" -> "Paul", "J0SEPH" -> "JOSEPH"; a number that stands alone stays.
    """
    if not any(c in _LETTERS_FOR for c in text):
        return text, False
    words = text.split(" ")
    made = [_lettered(word) for word in words]
    return " ".join(made), made != words


def _lettered(word: str) -> str:
    letters = sum(c.isalpha() for c in word)
    marks = sum(c in _LETTERS_FOR for c in word)
    if not marks or letters <= marks or (word[0].isdigit() and word[1:2].isdigit()):
        return word
    shouted = word.upper() == word and letters > 1
    candidates = [""]
    for place, character in enumerate(word):
        options = _LETTERS_FOR.get(character, character) or character
        if character in _LETTERS_FOR:
            upper = shouted or (place == 0 and character in "058")
            fitting = [o for o in options if o.isupper() == upper]
            options = "".join(fitting) or options
        candidates = [made + option for made in candidates for option in options][:16]
    return max(candidates, key=_known)


@lru_cache(maxsize=16384)
def _known(word: str) -> float:
    return given_names.frequency(word) + surnames.frequency(word)


@lru_cache(maxsize=16384)
def is_shouted(word: str) -> bool:
    """Whether a word is written in capitals (two letters or more, a stray small one allowed in six)."""
    if "." in word[:-1]:
        return False  # initials
    letters = [c for c in word if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return len(letters) >= 2 and (small == 0 or (len(letters) >= 6 and small == 1 and not word[0].islower()))
