"""Spellings of one sound in French: letters that stand for others when a name is written as it is heard.

From the orthography taught in school grammars. indexer/phonetics.py says whether two whole names sound
alike; these say what a piece costs before anything is learnt of how people misspell (benchmarks.readings).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

OTHER_SPELLING = 0.55
SILENT = 0.75
"""Costs in units of an arbitrary wrong letter."""

_ALIKE = (
    *(("ai", "ei", "e", "ay", "ey"), ("au", "o"), ("an", "en", "am", "em"), ("in", "im", "yn", "ym", "en")),
    *(
        ("y", "i"),
        ("k", "c", "q"),
        ("ck", "k", "c", "qu"),
        ("s", "c", "z"),
        ("ss", "c", "s"),
        ("f", "ph", "v"),
    ),
    *(("j", "g"), ("ge", "j"), ("th", "t"), ("rh", "r"), ("gu", "g"), ("gn", "ni"), ("t", "d"), ("eu", "oe")),
    *(("on", "om"), ("un", "um"), ("oi", "oy"), ("x", "s", "z"), ("ie", "y"), ("er", "e"), ("et", "e")),
    *(("ez", "e"), ("ot", "o"), ("os", "o"), ("il", "i"), ("au", "ot")),
    *((letter, letter * 2) for letter in "bcdfglmnprst"),
)
_SILENT = "hestdx"


@lru_cache(maxsize=1)
def alternations() -> dict[tuple[str, str], float]:
    """(letters, other letters) -> cost, the same both ways; none stand for a letter that is not heard."""
    costs = {pair: OTHER_SPELLING for group in _ALIKE for pair in permutations(group, 2)}
    for letter in _SILENT:
        costs |= {(letter, ""): SILENT, ("", letter): SILENT}
    return costs
