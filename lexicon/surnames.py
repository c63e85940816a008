"""French surnames with the number of births under each."""

from __future__ import annotations


def frequency(surname: str) -> float:
    """The surname's share (0..1) of all births; 0 for a surname that INSEE does not list."""
    return 0.0


def is_surname(token: str) -> bool:
    """Whether INSEE lists the surname (compared folded)."""
    return False


def most_common(n: int) -> tuple[tuple[str, int], ...]:
    """The n most borne surnames, in ordinary capitals, with their births."""
    return ()
