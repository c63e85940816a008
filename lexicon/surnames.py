"""French surnames with the number of births under each (INSEE, births of 1891 to 1940)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice

from lexicon.capitals import ordinary_capitals
from lexicon.fold import fold
from lexicon.tables import rows


def frequency(surname: str) -> float:
    """The surname's share (0..1) of all births; 0 for a surname that INSEE does not list."""
    return _counts().get(fold(surname), 0) / _total()


def is_surname(token: str) -> bool:
    """Whether INSEE lists the surname (compared folded)."""
    return fold(token) in _counts()


def most_common(n: int) -> tuple[tuple[str, int], ...]:
    """The n most borne surnames, in ordinary capitals, with their births."""
    return tuple((ordinary_capitals(name), count) for name, count in islice(_by_count(), max(n, 0)))


def counts() -> Mapping[str, int]:
    """Births under each surname, folded, the most borne first."""
    return _counts()


@cache
def _by_count() -> tuple[tuple[str, int], ...]:
    return tuple((name, int(count)) for name, count in rows("surnames.tsv.gz"))


@cache
def _counts() -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, count in _by_count():
        key = name if name.isalpha() and name.isascii() else fold(name)
        counts[key] = counts.get(key, 0) + count
    return counts


@cache
def _total() -> int:
    return sum(_counts().values())
