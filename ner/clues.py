"""What the lexicon knows of one token of a line or letter: a feature of the pipelines of `ner/model.py`."""

from __future__ import annotations

from functools import cache, lru_cache

from lexicon import given_names, surnames
from lexicon.fold import fold

_FIRST_YEAR, _LAST_YEAR = 1792, 1945
_COMMON_GIVEN_NAMES = 4_000
_SHORTEST_NEAR = 5


@lru_cache(maxsize=65536)
def clue(token: str) -> str:
    """A word for what the token may be: "given", "surname", "both", "near_given", "year", "unknown" ...

    "near_given" is a common given name with one letter wrong, lost or added.
    """
    if token.isdigit():
        return "year" if len(token) == 4 and _FIRST_YEAR <= int(token) <= _LAST_YEAR else "number"
    if not token[:1].isalpha() or len(token) < 2:
        return "other"
    given = given_names.frequency(token) if given_names.is_given_name(token) else 0.0
    family = surnames.frequency(token)
    return _of_frequencies(given, family) if given else _of_unlisted(token, family)


def is_given(token: str) -> bool:
    """Whether the token is a given name rather than a surname."""
    return clue(token) in ("given", "given_only")


def _of_frequencies(given: float, family: float) -> str:
    if not family:
        return "given_only"
    if given > 8 * family:
        return "given"
    return "surname" if family > 2 * given else "both"


def _of_unlisted(token: str, family: float) -> str:
    if _is_near_given_name(fold(token)):
        return "near_given_surname" if family else "near_given"
    if family:
        return "surname_only"
    return "abbreviation" if given_names.expand(token) else "unknown"


def _is_near_given_name(folded: str) -> bool:
    if len(folded) < _SHORTEST_NEAR or not folded.isalnum():
        return False
    near = _near_given_names()
    return folded in near or any(shorter in near for shorter in _one_letter_less(folded))


@cache
def _near_given_names() -> frozenset[str]:
    """Common given names and all that remains of them when one letter is taken away."""
    common = [fold(name) for name, _ in given_names.all_names()[:_COMMON_GIVEN_NAMES]]
    kept = [name for name in common if len(name) >= _SHORTEST_NEAR and " " not in name]
    return frozenset(shorter for name in kept for shorter in (name, *_one_letter_less(name)))


def _one_letter_less(name: str) -> list[str]:
    return [name[:at] + name[at + 1 :] for at in range(len(name))]
