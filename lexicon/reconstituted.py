"""Places whose acts were destroyed and only partly made again, so that an absence proves nothing."""

from __future__ import annotations

from functools import cache

from lexicon.fold import fold
from lexicon.tables import rows


def only_reconstituted(place: str, year: int) -> bool:
    """Whether what is left of a place's acts of that year is what was reconstituted ("Paris 3e", 1850)."""
    folded = fold(place)
    return any(
        year <= last_year and (folded == name or folded.startswith(f"{name} "))
        for name, last_year in _places()
    )


@cache
def _places() -> tuple[tuple[str, int], ...]:
    return tuple((fold(name), int(last_year)) for name, last_year, _ in rows("reconstituted.tsv"))
