"""Written numbers: digits that a reader took for letters, Roman numerals, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ner.folding import unaccented
from registers.dates import ROMAN_YEARS

_DIGIT_LIKE = {
    **{"l": "1", "i": "1", "I": "1", "j": "1", "J": "1", "|": "1", "!": "1", "t": "7", "T": "7"},
    **{"o": "0", "O": "0", "Q": "0", "D": "0", "q": "9", "g": "9", "G": "6", "b": "6", "B": "8"},
    **{"z": "2", "Z": "2", "s": "5", "S": "5"},
}
"""Letters that readers make of digits; capitals and small letters differ."""
_SECOND_LOOK = {"s": "8", "S": "8", "b": "8", "t": "1", "T": "1", "g": "6", "D": "9", "z": "7", "Z": "7"}
_ONES_AND_ZEROS = frozenset("lIiJj|!oO")
_IN_HEADINGS = "OoQIli|SB"
"""The only letters that are taken for digits in running text."""
_NUMBER_LIKE = re.compile(
    rf"(?<![A-Za-z0-9])(?=[0-9{_IN_HEADINGS}]*\d)[0-9{_IN_HEADINGS}]{{1,6}}(?![A-Za-z0-9])"
)
_TO_DIGITS = str.maketrans({letter: _DIGIT_LIKE[letter] for letter in _IN_HEADINGS})

_ROMAN_LIKE = str.maketrans("l1|!jy", "iiiiiv")
ROMAN = {numeral.casefold(): value for value, numeral in enumerate(ROMAN_YEARS) if value}
"""Folded Roman numerals up to XIV, the longest that a date needs, also as hands write them ("viiii")."""
ROMAN |= {"iiii": 4, "viiii": 9, "xiiii": 14}

_TEENS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
UNITS = {word: value for value, word in enumerate(_TEENS.split(), 1)} | {
    **{"une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    **{"septante": 70, "octante": 80, "huitante": 80, "nonante": 90},
}
"""Folded number words that are added up, with their values."""
_STEMS = "deux trois quatr cinqu six sept huit neuv dix onz douz treiz quatorz quinz seiz"
ORDINALS = {f"{stem}ieme": value for value, stem in enumerate(_STEMS.split(), 2)} | {
    **{"premier": 1, "premiere": 1, "second": 2, "seconde": 2, "vingtieme": 20, "trentieme": 30},
}
SCALES = frozenset({"cent", "cents", "mil", "mille"})
NUMBER_WORDS = frozenset(UNITS) | frozenset(ORDINALS) | SCALES
_GROUPED_DIGITS = re.compile(r"\d{1,3}(?:[ .,\u202f]\d{3})+(?!\d)|\d+")


def repair_digits(text: str) -> str:
    """Groups that hold a digit and look like numbers, with their look-alikes read as digits ("19O3")."""
    return _NUMBER_LIKE.sub(lambda match: match.group().translate(_TO_DIGITS), text)


def repaired_digits(chunk: str) -> str:
    """The digits that a chunk, its case kept, may have been before it was misread ("l2" -> "12"), or "".

    At least half of it must be digits, or it is one or two letters that look like ones and zeros.
    """
    digits = "".join(c if c.isdigit() else _DIGIT_LIKE.get(c, "?") for c in chunk)
    if "?" in digits:
        return ""
    real = sum(c.isdigit() for c in chunk)
    if real * 2 >= len(chunk) or (len(chunk) <= 2 and _ONES_AND_ZEROS.issuperset(chunk)):
        return digits
    return ""


def other_digits(chunk: str) -> tuple[str, ...]:
    """The other digits that a misread chunk may have been ("1S85": not 1585 but 1885)."""
    first = repaired_digits(chunk)
    places = [place for place, c in enumerate(chunk) if c in _SECOND_LOOK] if first else []
    return tuple(first[:place] + _SECOND_LOOK[chunk[place]] + first[place + 1 :] for place in places)


@lru_cache(maxsize=1024)
def roman(chunk: str) -> tuple[int, bool] | None:
    """The value of a folded Roman numeral up to XIV, and whether letters had to be repaired ("Vlll")."""
    if chunk in ROMAN:
        return ROMAN[chunk], False
    if chunk.isdigit() or (any(c.isdigit() for c in chunk) and not {"v", "x"}.intersection(chunk)):
        return None
    value = ROMAN.get(chunk.translate(_ROMAN_LIKE))
    return None if value is None else (value, True)


def from_words(words: Sequence[str]) -> int | None:
    """The number that folded words write ("mil huit cent quatre vingt trois"), or None."""
    total = group = 0
    for word in words:
        if word in ("et", "de"):
            continue
        if word in ("mil", "mille"):
            total, group = total + max(group, 1) * 1000, 0
        elif word in ("cent", "cents"):
            group = max(group, 1) * 100
        elif word in ("vingt", "vingts") and group % 100 == 4:
            group += 76
        elif word in UNITS:
            group += UNITS[word]
        elif word in ORDINALS:
            group += ORDINALS[word]
        else:
            return None
    return total + group or None


def number_in(text: str) -> int | None:
    """The first whole number that a text states in digits, else in words, or None.

    "1 204", "douze cent quatre", "mil neuf cent trois", "zéro".
    """
    digits = _GROUPED_DIGITS.search(text)
    if digits:
        return int(re.sub(r"\D", "", digits.group()))
    spelled: list[str] = []
    for word in re.findall(r"[a-z]+", unaccented(text)):
        if word == "zero" and not spelled:
            return 0
        if word in UNITS or word in SCALES or (word == "et" and spelled):
            spelled.append(word)
        elif spelled:
            break
    return from_words(spelled)
