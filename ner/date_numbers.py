"""Written numbers: digits that a reader took for letters, Roman numerals, words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_DIGITS = str.maketrans("lij|!oqdzsbgt", "1111109025697")
_DIGIT_LIKE = frozenset("0123456789lij|!oqdzsbgt")
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
    """The digits that a folded chunk may have been before it was misread ("l2" -> "12"), or "".

    At least one real digit must stand in it, or it must be one or two characters long.
    """
    if not _DIGIT_LIKE.issuperset(chunk) or (
        len(chunk) > 2 and sum(c.isdigit() for c in chunk) * 2 < len(chunk)
    ):
        return ""
    return chunk.translate(_DIGITS)


@lru_cache(maxsize=1024)
def roman(chunk: str) -> tuple[int, bool] | None:
    """The value of a folded Roman numeral up to XIV, and whether letters had to be repaired ("Vlll")."""
    if chunk in _ROMAN:
        return _ROMAN[chunk], False
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
