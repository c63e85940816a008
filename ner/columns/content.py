"""What the cells of a column look like: shares between 0 and 1 over the cells that hold something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lexicon import given_names
from lexicon.fold import fold
from ner.dates.parse import looks_like_date
from ner.ditto import is_ditto
from registers.dates import GREGORIAN_MONTHS

_NUMBER = re.compile(r"[^\w]*\d{1,5}\s*(?:bis|ter)?[^\w]*")
_YEAR = re.compile(r"\W*(?:1[6-9]\d\d|20\d\d|[89]\d\d)\W*|\W*an\s+[IVX\d]{1,4}\W*", re.IGNORECASE)
_MONTHS = frozenset(fold(month) for month in GREGORIAN_MONTHS) | {"7bre", "8bre", "9bre", "xbre", "10bre"}
_NAME_TOKEN = re.compile(r"[^\W\d_][\w'’.^°\-]*")
_NO_NAME = re.compile(r"[=/;_@#%+]|\d.*\d.*\d|(?<!\w)\d+(?!\w)")
_SMALL = """
de du des la le les l d et a au aux en dit dite ne nee veuve vve femme ep epx epouse epoux von van der
reconnu reconnue legitime legitimee enfant enft naturel nat naturelle jugement adopte adoptee feu id do
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_SEPARATED = re.compile(
    # "NOM,Prénom", "Nom - Prénom", "NOM (Prénom)"; a comma may have been read as a point
    r"^[A-Z][A-Z'’\-]{2,}\s*\.[A-Z][a-z]|"
    r"^[^\W\d][\w'’ .\-]*(?:,\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|\s*\()[^\W\d]\w*"
)


@dataclass(frozen=True, slots=True)
class Content:
    """Shares of a column's own cells (blanks and dittos apart) that look like something."""

    filled: int = 0
    rows: int = 0
    date: float = 0.0
    number: float = 0.0
    counting: float = 0.0
    day: float = 0.0
    month: float = 0.0
    year: float = 0.0
    name: float = 0.0
    given: float = 0.0
    full: float = 0.0
    surname: float = 0.0
    tokens: float = 0.0


def content_of(texts: Sequence[str]) -> Content:
    """The shares for one column; `texts` has one text for each row, blank where nothing is written."""
    own = [text for text in (t.strip() for t in texts) if text and not is_ditto(text) and not is_mark(text)]
    if not own:
        return Content(rows=len(texts))
    numbers = [int(re.sub(r"\D", "", text)) if _NUMBER.fullmatch(text) else None for text in own]
    shapes = [_shape(text) for text in own]
    return Content(
        filled=len(own),
        rows=len(texts),
        date=_mean(
            0.0 if shape.name and not any(map(str.isdigit, text)) else looks_like_date(text)
            for text, shape in zip(own, shapes, strict=True)
        ),
        number=_mean(number is not None for number in numbers),
        counting=_counting(numbers),
        day=_mean(number is not None and 1 <= number <= 31 for number in numbers),
        month=_mean(fold(text) in _MONTHS for text in own),
        year=_mean(bool(_YEAR.fullmatch(text)) for text in own),
        name=_mean(shape.name for shape in shapes),
        given=_mean(shape.given for shape in shapes),
        full=_mean(shape.full for shape in shapes),
        surname=_mean(shape.surname for shape in shapes),
        tokens=_mean(shape.tokens for shape in shapes),
    )


def is_mark(text: str) -> bool:
    """Whether a cell holds a mere mark: what a reader makes of a ditto sign or a speck ("#", "n", ":")."""
    signs = sum(map(str.isalnum, text))
    return len(text) <= 3 and signs <= 1 and not any(map(str.isdigit, text))


def stands_apart(text: str) -> bool:
    """Whether a surname stands apart from the given names by a separator or by capitals."""
    words = _NAME_TOKEN.findall(text)
    return bool(_SEPARATED.match(text)) or any(len(word) > 2 and word.isupper() for word in words[:3])


def only_given_names(text: str) -> bool:
    """Whether every word of a text is a given name or an abbreviation of one."""
    words = _NAME_TOKEN.findall(text)
    return bool(words) and not any(map(str.isdigit, text)) and all(_is_given(word) for word in words)


@dataclass(frozen=True, slots=True)
class _Shape:
    name: float
    given: float
    full: float
    surname: float
    tokens: int


@lru_cache(maxsize=16384)
def _shape(text: str) -> _Shape:
    tokens = _NAME_TOKEN.findall(text)
    telling = [token for token in tokens if fold(token) not in _SMALL_WORDS and not is_ditto(token)]
    if not telling or _NO_NAME.search(text):
        return _Shape(0.0, 0.0, 0.0, 0.0, len(tokens))
    if sum(token[0].isupper() for token in telling) < 0.75 * len(telling) or len(telling) > 9:
        return _Shape(0.0, 0.0, 0.0, 0.0, len(telling))
    known = [_is_given(token) for token in telling]
    separated = bool(_SEPARATED.match(text)) and len(telling) > 1
    first, rest = known[0], known[1:]
    given = sum(known) / len(known) if not separated else 0.0
    capitals = len(telling) > 1 and telling[0].isupper() and len(telling[0]) > 2 and not telling[-1].isupper()
    full = 1.0 if separated or capitals else 0.0
    if rest and not full:
        full = sum(rest) / len(rest) * (0.4 if first else 1.0)
    surname = 0.0 if full == 1.0 else (1 - sum(known) / len(known)) * (1.0 if len(telling) < 3 else 0.3)
    return _Shape(1.0, given, full, surname, len(telling))


def _is_given(token: str) -> bool:
    parts = [part for part in re.split(r"[-.]", token) if part]
    return any(given_names.is_given_name(part) or bool(given_names.expand(part)) for part in parts)


def _counting(numbers: Sequence[int | None]) -> float:
    """How far each number is one more than the number above."""
    present = [number for number in numbers if number is not None]
    if len(present) < 3:
        return 0.0
    return _mean(after - before == 1 for before, after in pairwise(present))


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0
