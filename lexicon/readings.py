"""How letters are read as others, by where they stand: what is written and what is read, in one direction.

lexicon/misreadings.py says which letters look alike; this table says what readers make of them. The
capital at the head of a name is confused with other letters than the small letters within (P read l, C
read U), and small capitals that are taken for small letters with others again (DUFORT read Doronr, PINARD
read Pixanp). A cost is a negative log likelihood, scaled so that an arbitrary wrong letter costs 1. Made by
`python -m benchmarks.readings` from real readings of printed names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

INITIAL, WITHIN, CAPITALS = "initial", "within", "capitals"
PLACES = (INITIAL, WITHIN, CAPITALS)
Costs = Mapping[tuple[str, str], float]


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Costs]:
    """Place -> (written, read) -> cost; none, one or two letters on a side."""
    text = (resources.files("lexicon") / "data" / "readings.tsv").read_text(encoding="utf-8")
    own: dict[str, dict[tuple[str, str], float]] = {place: {} for place in PLACES}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            place, written, read, cost = line.split("\t")
            own[place][written, read] = float(cost)
    return {place: own[WITHIN] | own[place] for place in PLACES}
