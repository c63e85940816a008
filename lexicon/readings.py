"""How letters become others, by where they stand: what is written and what is read, in one direction.

lexicon/misreadings.py says which letters look alike; these tables say how often readers and writers make one
of another. The capital at the head of a name is confused with other letters than the small letters within (P
read l, C read U), and small capitals that are taken for small letters with others again (DUFORT read Doronr,
PINARD read Pixanp). What people write for a name that they know is another matter: slips of the hand,
spellings of the same sound, and what they misread themselves. A cost is a negative log likelihood, scaled
so that an arbitrary wrong letter costs 1; a letter that stays itself has a cost too. Single letters that
are not listed cost 1, pairs of letters that are not listed never change as a pair. Made by
`python -m benchmarks.readings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

ARBITRARY = 0.003
"""How likely it is that a letter becomes an arbitrary other one."""
INITIAL, WITHIN, CAPITALS = "initial", "within", "capitals"
MISSPELT_INITIAL, MISSPELT = "misspelt-initial", "misspelt"
PLACES = (INITIAL, WITHIN, CAPITALS, MISSPELT_INITIAL, MISSPELT)
Costs = Mapping[tuple[str, str], float]


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Costs]:
    """Place -> (written, read) -> cost; none, one or two letters on a side."""
    text = (resources.files("lexicon") / "data" / "readings.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[tuple[str, str], float]] = {place: {} for place in PLACES}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            place, written, read, cost = line.split("\t")
            found[place][written, read] = float(cost)
    return found
