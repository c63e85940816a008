"""Learns what readers take for what from pairs of printed and read names: python -m benchmarks.misreadings.

Each pair is aligned at the least cost, the changes are counted both ways round, and counts become costs:
the logarithm of how often a letter (or two) is read as another, smoothed by a prior of confusions of old
hands and prints, in units of an arbitrary wrong letter. Three rounds. With `--write` the table of
lexicon/misreadings.py is made anew. What readers make of letters by their place, and in one direction, is
learnt by benchmarks.readings.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable
from math import log
from pathlib import Path

from indexer.keys import joined

PAIRS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "names" / "ocr_name_pairs.tsv"
TABLE = Path(__file__).resolve().parent.parent / "lexicon" / "data" / "misreadings.tsv"
Costs = dict[tuple[str, str], float]

ARBITRARY = 0.003
"""How probable a wrong letter is that no prior speaks for; costs 1."""
_SMOOTHING = 15
_ROUNDS = 3
_TOO_FAR = 0.4
_CHEAPEST, _DEAREST = 0.1, 1.6
_LIKE = (
    *(("uvn", 0.35), ("ceo", 0.4), ("ao", 0.45), ("il", 0.4), ("lt", 0.45), ("it", 0.6), ("ij", 0.4)),
    *(("iy", 0.5), ("hb", 0.5), ("hk", 0.6), ("fs", 0.5), ("fl", 0.5), ("ft", 0.5), ("rs", 0.6)),
    *(("rv", 0.5), ("rn", 0.5), ("nm", 0.5), ("gq", 0.4), ("gy", 0.5), ("pq", 0.6), ("zr", 0.6)),
    *(("sx", 0.6), ("ls", 0.6), ("ae", 0.6), ("cr", 0.6), ("bl", 0.6), ("dl", 0.7), ("ep", 0.9)),
    *(("kl", 0.6), ("hl", 0.7), ("1l", 0.2), ("1i", 0.2), ("0o", 0.1), ("5s", 0.3), ("6b", 0.4)),
    *(("vw", 0.4), ("jt", 0.7), ("jl", 0.6)),
)
_LIKE_PAIRS = (
    *(("m", "rn", 0.3), ("m", "in", 0.35), ("m", "ni", 0.35), ("m", "iu", 0.4), ("m", "ui", 0.4)),
    *(("m", "nn", 0.6), ("m", "nu", 0.6), ("n", "ii", 0.35), ("u", "ii", 0.35), ("n", "ri", 0.5)),
    *(("d", "cl", 0.3), ("d", "ol", 0.5), ("w", "vv", 0.2), ("h", "li", 0.4), ("b", "li", 0.6)),
    *(("k", "lc", 0.5), ("u", "li", 0.6), ("y", "ij", 0.3), ("h", "ll", 0.7), ("a", "ci", 0.6)),
    *(("a", "cl", 0.7), ("in", "ni", 0.5), ("in", "ui", 0.35), ("nn", "mi", 0.4), ("nn", "un", 0.4)),
    *(("ss", "fs", 0.3), ("ss", "ff", 0.6), ("u", "ll", 0.6), ("un", "im", 0.4), ("nu", "im", 0.4)),
)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def prior() -> Costs:
    """Costs before anything is learnt: confusions named in manuals of palaeography, exchanged letters."""
    costs: Costs = {}
    for group, cost in _LIKE:
        costs |= {(a, b): cost for a in group for b in group if a != b}
    for a, b, cost in _LIKE_PAIRS:
        costs |= {(a, b): cost, (b, a): cost}
    for a in _ALPHABET:
        costs |= {(a + b, b + a): 0.9 for b in _ALPHABET if a != b} | {(a + a, a): 0.5, (a, a + a): 0.5}
    return costs


def learn(pairs: Iterable[tuple[str, str]]) -> Costs:
    """The costs learnt from (printed, read) surnames; pairs that share too little are passed over."""
    letters = [(joined(printed), joined(read)) for printed, read in pairs]
    usable = [(a, b) for a, b in letters if a and b and a != b]
    before = prior()
    costs = before
    for _ in range(_ROUNDS):
        changes, seen = _counted(usable, costs)
        costs = {
            change: _cost(changes[change], seen[change[0]], before.get(change, _unforeseen(change)))
            for change in before.keys() | {(a, b) for a, b in changes if a != b}
        }
    return costs


def _unforeseen(change: tuple[str, str]) -> float:
    return 1.0 if max(map(len, change)) < 2 else 1.5


def _cost(count: int, seen: int, before: float) -> float:
    share = (count + _SMOOTHING * ARBITRARY**before) / (seen + _SMOOTHING)
    return min(max(log(share) / log(ARBITRARY), _CHEAPEST), _DEAREST)


def _counted(pairs: list[tuple[str, str]], costs: Costs) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    changes: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for printed, read in pairs:
        for a, b in ((printed, read), (read, printed)):
            cost, steps = aligned(a, b, costs)
            if cost > _TOO_FAR * len(a):
                continue
            changes.update(steps)
            seen.update(a)
            seen.update(a[at : at + 2] for at in range(len(a) - 1))
            seen[""] += len(a) + 1
    return changes, seen


def aligned(
    a: str, b: str, costs: Costs, at_head: Costs | None = None
) -> tuple[float, list[tuple[str, str]]]:
    """The cheapest way from a to b: its cost and its steps in order, each of at most two letters a side.

    The first step costs what `at_head` says, where it is given.
    """
    head = costs if at_head is None else at_head
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            options = [
                (
                    best[i - di, j - dj][0]
                    + _step(a[i - di : i], b[j - dj : j], head if i == di and j == dj else costs),
                    (di, dj),
                )
                for di, dj in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2))
                if i >= di and j >= dj
            ]
            if options:
                best[i, j] = min(options)
    steps = []
    i, j = len(a), len(b)
    while i or j:
        di, dj = best[i, j][1]
        steps.append((a[i - di : i], b[j - dj : j]))
        i, j = i - di, j - dj
    return best[len(a), len(b)][0], steps[::-1]


def _step(written: str, read: str, costs: Costs) -> float:
    if written == read:
        return 0.0 if len(written) == 1 else 9.0
    return costs.get((written, read), 1.0 if max(len(written), len(read)) < 2 else 9.0)


def read_pairs(path: Path) -> list[dict[str, str]]:
    """The rows of a table of pairs with the columns `surname`, `ocr_surname` and, where known, `book`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        lacking = {"surname", "ocr_surname"} - set(rows.fieldnames or ())
        if lacking:
            sys.exit(f"{path} lacks the columns {', '.join(sorted(lacking))}: a table with tabs is read")
        return [{column: value or "" for column, value in row.items() if column} for row in rows]


def table_text(costs: Costs) -> str:
    """The costs as the table of lexicon/misreadings.py; single letters that cost 1 are left out."""
    head = (
        "# written, read, cost (1: an arbitrary wrong letter); made by python -m benchmarks.misreadings\n"
        "# learnt from 997 pairs of soduco/paper-ner-bench-das22 @ 65d31d0 (CC BY 4.0) over our own prior\n"
    )
    lines = [
        f"{written}\t{read}\t{cost:.2f}\n"
        for (written, read), cost in sorted(costs.items())
        if max(len(written), len(read)) == 2 or f"{cost:.2f}" != "1.00"
    ]
    return head + "".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--write", action="store_true", help="replace the table of lexicon/misreadings.py")
    arguments = parser.parse_args()
    text = table_text(learn((row["surname"], row["ocr_surname"]) for row in read_pairs(arguments.pairs)))
    if arguments.write:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
