"""Given names: their accented form, their synonyms, their gender, their frequency, their abbreviations."""

from __future__ import annotations

from registers.entry import Gender


def canonical(name: str) -> str:
    """The usual French form of one given name: Jehan, Joannes and Jn become Jean, accents are restored.

    A name that the lexicon does not know comes back as it is.
    """
    return name


def expand(written: str) -> tuple[str, ...]:
    """What one written token may mean, best first: "Bte" is Baptiste or Benoîte; empty when unknown."""
    return ()


def gender(name: str) -> Gender | None:
    """The gender that the name alone tells, or None when it does not (Marie, Claude, unknown)."""
    return None


def is_given_name(token: str) -> bool:
    """Whether a token, as written or folded, is a given name in full."""
    return False


def frequency(name: str) -> float:
    """The name's share (0..1) of all given names borne."""
    return 0.0


def forms(name: str) -> frozenset[str]:
    """All forms under which a bearer may be written (folded): the name's synonym class, itself included."""
    return frozenset((name,))
