"""Learns how letters become others, by their place in a name: python -m benchmarks.readings [PAIRS.tsv].

Real pairs of printed and read names are few. The tables of what readers make of letters lean on names that
were set in old typefaces, worn and read by Tesseract (benchmarks.rendered), and those on a prior of known
confusions (benchmarks.misreadings); small capitals on a prior of which small letter they resemble. What
people write for a name that they know is learnt from variants made by the project (benchmarks.variants).
With `--write` the table of lexicon/readings.py is made anew; held-out figures are those of
benchmarks.recall with `--held-out`.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from math import log
from pathlib import Path
from unittest import mock

from benchmarks.alternations import alternations
from benchmarks.misreadings import PAIRS, Costs, prior, read_pairs
from benchmarks.transducer import Change, Leaning, Tables, arbitrary, learnt
from benchmarks.variants import variants
from indexer import similarity
from indexer.keys import joined
from lexicon import readings
from lexicon.readings import ARBITRARY, CAPITALS, INITIAL, MISSPELT, MISSPELT_INITIAL, WITHIN
from lexicon.surnames import most_common

TABLE = Path(__file__).resolve().parent.parent / "lexicon" / "data" / "readings.tsv"
RENDERED = Path(__file__).resolve().parent / "data" / "rendered.tsv.gz"
_SAME_READ, _SAME_MISSPELT = 0.93, 0.85
_REAL, _REAL_CAPITALS, _RENDERED, _VARIANTS = (
    Leaning(30, 60),
    Leaning(15, 30),
    Leaning(20, 20),
    Leaning(40, 40, 40),
)
_RENDERED_WEIGHT = 0.3
_VARIANTS_COUNT, _VARIANTS_SEED = 8_000, 977
_LEAST_PAIR = 0.002
"""Pairs of letters that change less often are left out of the table."""
_DEAREST = 2.0
_SMALL_CAPITALS = (
    *(
        ("r", "n", 0.3),
        ("n", "x", 0.3),
        ("l", "z", 0.35),
        ("t", "r", 0.3),
        ("f", "r", 0.35),
        ("g", "c", 0.35),
    ),
    *(("u", "v", 0.4), ("u", "o", 0.5), ("h", "u", 0.4), ("h", "n", 0.4), ("d", "p", 0.4), ("d", "v", 0.5)),
    *(("n", "s", 0.5), ("p", "r", 0.5), ("b", "e", 0.5), ("y", "v", 0.5), ("m", "w", 0.5), ("c", "e", 0.45)),
    *(
        ("o", "d", 0.6),
        ("r", "b", 0.6),
        ("e", "f", 0.55),
        ("s", "f", 0.6),
        ("i", "r", 0.55),
        ("l", "r", 0.55),
    ),
)
"""Small capitals and the small letters that they resemble."""


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, Costs]:
    """Place -> costs, learnt from (printed, read) surnames.

    What people misspell is not to be seen in such pairs: it is what the table of the product says.
    """
    small: list[tuple[str, str]] = []
    capitals: list[tuple[str, str]] = []
    for printed, read in pairs:
        pair = joined(printed), joined(read)
        if all(pair) and pair[0] != pair[1]:
            (capitals if printed.isupper() and len(pair[0]) > 1 else small).append(pair)
    letters = learnt(small, _rendered()[False].within, _REAL)
    known = readings.tables()
    return {
        **_costs(INITIAL, WITHIN, letters),
        CAPITALS: _costs(INITIAL, CAPITALS, learnt(capitals, _rendered()[True].within, _REAL_CAPITALS))[
            CAPITALS
        ],
        MISSPELT_INITIAL: dict(known.get(MISSPELT_INITIAL, {})),
        MISSPELT: dict(known.get(MISSPELT, {})),
    }


@lru_cache(maxsize=1)
def _rendered() -> dict[bool, Tables]:
    """What is learnt from the names that were rendered and read: small letters, and (True) capitals."""
    with gzip.open(RENDERED, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    small = arbitrary(_SAME_READ) | {change: ARBITRARY**cost for change, cost in prior().items()}
    resembling = {(written, read): ARBITRARY**cost for written, read, cost in _SMALL_CAPITALS}
    before = {False: small, True: small | {c: max(p, small.get(c, 0.0)) for c, p in resembling.items()}}
    return {
        capitals: learnt(
            [(written, read) for written, read, kind in rows if (kind != "small") == capitals],
            before[capitals],
            _RENDERED,
            _RENDERED_WEIGHT,
        )
        for capitals in before
    }


def learn_misspelt() -> dict[str, Costs]:
    """Place -> costs of what people write for a name that they know."""
    before = arbitrary(_SAME_MISSPELT) | {change: ARBITRARY**cost for change, cost in prior().items()}
    before |= {change: ARBITRARY**cost for change, cost in alternations().items()}
    bearers = {joined(name): count for name, count in most_common(100_000)}
    people = variants(bearers, _VARIANTS_COUNT, _VARIANTS_SEED)
    made = [(variant.right, joined(variant.wrong)) for variant in people]
    return _costs(MISSPELT_INITIAL, MISSPELT, learnt(made, before, _VARIANTS, rounds=5))


def _costs(head: str, within: str, tables: Tables) -> dict[str, Costs]:
    """What is worth listing: single letters, and the pairs that change often enough at one of the places."""
    kept = {
        change
        for table in (tables.head, tables.within)
        for change, likely in table.items()
        if _listed(change, likely)
    }
    return {
        place: {change: _cost(table.get(change, 0.0)) for change in kept}
        for place, table in ((head, tables.head), (within, tables.within))
    }


def _listed(change: Change, likely: float) -> bool:
    pair = max(map(len, change)) == 2
    return likely >= _LEAST_PAIR if pair else True


def _cost(likely: float) -> float:
    return min(max(log(max(likely, 1e-9)) / log(ARBITRARY), 0.001), _DEAREST)


@contextmanager
def using(costs: Mapping[str, Costs]) -> Iterator[None]:
    """Replaces the product's table for a while: to measure what was learnt on what it was not learnt from."""
    similarity.steps.cache_clear()
    with mock.patch.object(readings, "tables", lambda: costs):
        yield
    similarity.steps.cache_clear()


def table_text(costs: Mapping[str, Costs]) -> str:
    """The costs as the table of lexicon/readings.py; single letters that cost 1 are left out."""
    lines = [
        "# place, written, read, cost (1: an arbitrary wrong letter); made by python -m benchmarks.readings",
        "# initial, within, capitals: learnt from 997 pairs of soduco/paper-ner-bench-das22 @ 65d31d0",
        "# (CC BY 4.0), over names rendered and read (benchmarks/data/rendered.tsv.gz), over our own prior;",
        "# misspelt: from variants made by the project (benchmarks/variants.py)",
    ]
    for place in readings.PLACES:
        for (written, read), cost in sorted(costs[place].items()):
            if f"{cost:.2f}" != "1.00" or max(len(written), len(read)) == 2:
                lines.append(f"{place}\t{written}\t{read}\t{cost:.2f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--write", action="store_true", help="replace the table of lexicon/readings.py")
    arguments = parser.parse_args()
    rows = read_pairs(arguments.pairs)
    text = table_text(learn((row["surname"], row["ocr_surname"]) for row in rows) | learn_misspelt())
    if arguments.write:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
