"""What readers take for what: the cost of reading one written name as another.

A cost is a negative log likelihood, scaled so that an arbitrary wrong letter costs 1: letters that are
often confused cost less. The table (`data/misreadings.tsv`) is learnt from real readings of printed
names by three OCR engines, by aligning what is printed with what was read (`benchmarks.misreadings`),
over a prior of confusions of old hands named in palaeography manuals (u/n, m/in, c/e, long s ...).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
CODES = {letter: code for code, letter in enumerate(LETTERS, start=1)}
SIZE = len(LETTERS) + 1


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], float]:
    """Written letters (none, one or two) and read letters -> cost."""
    text = (resources.files("lexicon") / "data" / "misreadings.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(written, read): float(cost) for written, read, cost in rows}
