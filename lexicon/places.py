"""Places whose names held only for some years: arrondissements and the communes they swallowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or an arrondissement under one name; `first_year` and `last_year` bound its use, or None."""

    name: str
    commune: str
    arrondissement: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    became: tuple[str, ...] = ()


def find(text: str) -> tuple[Place, ...]:
    """The places that a text may name, e.g. "Paris 3e": the old one (1795-1859) and the new (1860-)."""
    return ()
