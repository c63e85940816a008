"""Written numbers: digits that a reader took for letters, Roman numerals, words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_DIGIT_LIKE = {
    **{"l": "1", "i": "1", "I": "1", "j": "1", "J": "1", "|": "1", "!": "1", "t": "7", "T": "7"},
    **{"o": "0", "O": "0", "Q": "0", "D": "0", "q": "9", "g": "9", "G": "6", "b": "6", "B": "8"},
    **{"z": "2", "Z": "2", "s": "5", "S": "5"},
}
"""Letters that readers make of digits; capitals and small letters differ."""
_SECOND_LOOK = {"s": "8", "S": "8", "b": "8", "t": "1", "T": "1", "g": "6", "D": "9", "z": "7", "Z": "7"}
_ONES_AND_ZEROS = frozenset("lIiJj|!oO")
_ROMAN_LIKE = str.maketrans("l1|!jy", "iiiiiv")
_ROMAN = {
    **{
        "i": 1,
        "ii": 2,
        "iii": 3,
        "iiii": 4,
        "iv": 4,
        "v": 5,
        "vi": 6,
        "vii": 7,
        "viii": 8,
        "viiii": 9,
        "ix": 9,
    },
    **{"x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiiii": 14, "xiv": 14},
}
_UNITS = {
    **{
        "un": 1,
        "une": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
    },
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
    **{"septante": 70, "octante": 80, "huitante": 80, "nonante": 90},
}
_ORDINALS = {
    **{"premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4},
    **{
        "cinquieme": 5,
        "sixieme": 6,
        "septieme": 7,
        "huitieme": 8,
        "neuvieme": 9,
        "dixieme": 10,
        "onzieme": 11,
    },
    **{"douzieme": 12, "treizieme": 13, "quatorzieme": 14},
}
_SCALES = frozenset({"cent", "cents", "mil", "mille"})
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_ORDINALS) | _SCALES


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
    if chunk in _ROMAN:
        return _ROMAN[chunk], False
    if chunk.isdigit() or (any(c.isdigit() for c in chunk) and not {"v", "x"}.intersection(chunk)):
        return None
    value = _ROMAN.get(chunk.translate(_ROMAN_LIKE))
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
        elif word in _UNITS:
            group += _UNITS[word]
        elif word in _ORDINALS:
            group += _ORDINALS[word]
        else:
            return None
    return total + group or None
