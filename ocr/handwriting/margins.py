"""What stands in a cell before its name and is no part of it: a number of another column, a mark, a stamp."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lexicon.fold import fold
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, greedy, spans
from ocr.handwriting.name_parts import split_name

_PARTICLE = re.compile(
    r"da|d|del?|della|des|d[iou]|dos|[ae]l|bou|ben|l[ae]|les|l|ste?|v[ao]n|der|den|vve|ma?c|o"
)
_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿœ'-]{2,}|[^\W\da-z_]{4,}")
_PRICE = 6.0
_PER_CHARACTER = 2.0


@dataclass(frozen=True, slots=True)
class BehindMargin:
    """A line from its second word on, and the log weight of its first word as something that is no name."""

    scores: Scores
    price: float


def behind_margin(scores: Scores, alphabet: Alphabet) -> BehindMargin | None:
    """The line without its first word, where that may be none of the name: it has digits, or is not shaped
    as a name and more than one word stands where the surname does. None for any other line."""
    raw = alphabet.decode(greedy(scores))
    first, _, rest = raw.lstrip().partition(" ")
    if not first or not rest[:1].isalpha():
        return None
    number = any(c.isdigit() for c in first)
    named = _NAME.fullmatch(first) or _PARTICLE.fullmatch(fold(first).replace("'", "").strip())
    if not number and (named or " " not in split_name(raw.strip())[0]):
        return None
    try:
        begins = spans(scores, alphabet.encode(raw))[len(raw) - len(rest)][0]
    except ValueError:
        return None
    begins = max(begins - 1, 0)  # the blank before the letter belongs to it
    seen = float(scores[:begins].max(axis=1).sum())
    return BehindMargin(scores[begins:], seen - _PRICE - _PER_CHARACTER * len(first))
