"""Learns what readers make of letters, by their place in a name: python -m benchmarks.readings [PAIRS.tsv].

Pairs of printed and read names are aligned at the least cost (benchmarks.misreadings), now in one
direction and by place: the capital at the head, the letters within, and those of names in small capitals.
Each table leans on a broader one where little was seen: directed on undirected, the head on what stands
within, small capitals on a prior of which small letter they resemble. With `--write` the table of
lexicon/readings.py is made anew; held-out figures are those of benchmarks.recall with `--held-out`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from unittest import mock

from benchmarks.misreadings import ARBITRARY, PAIRS, Costs, aligned, prior, read_pairs
from indexer import similarity
from indexer.keys import joined
from lexicon import readings
from lexicon.readings import CAPITALS, INITIAL, WITHIN

TABLE = Path(__file__).resolve().parent.parent / "lexicon" / "data" / "readings.tsv"
Pair = tuple[str, str, bool]
_UNDIRECTED, _DIRECTED, _HEAD, _CAPITALS = 15, 20, 8, 12
"""How many observations the broader table counts for."""
_ROUNDS = 3
_TOO_FAR, _TOO_FAR_IN_CAPITALS = 0.45, 0.6
_CHEAPEST, _DEAREST = 0.1, 1.6
_NEVER = 9.0
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


@dataclass(slots=True)
class _Counts:
    """Changes from written to read letters, and how often the written ones were seen."""

    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def share(self, change: tuple[str, str], broader: float, weight: int) -> float:
        """How probable a change is, where a broader table says `broader`."""
        return (self.changes[change] + weight * broader) / (self.seen[change[0]] + weight)

    def see(self, letters: str) -> None:
        """Takes in letters that stood written, and their pairs."""
        self.seen.update(letters)
        self.seen.update(letters[at : at + 2] for at in range(len(letters) - 1))
        self.seen[""] += len(letters)


@dataclass(slots=True)
class _Counted:
    """What was counted in one round."""

    either: _Counts = field(default_factory=_Counts)
    within: _Counts = field(default_factory=_Counts)
    head: _Counts = field(default_factory=_Counts)
    capitals: _Counts = field(default_factory=_Counts)

    def take(self, written: str, read: str, steps: list[tuple[str, str]], *, capitals: bool) -> None:
        """Counts an aligned pair."""
        if capitals:
            self.capitals.changes.update(steps[1:])
            self.capitals.see(written[1:])
            return
        self.head.changes[steps[0]] += 1
        self.head.seen.update((written[0], written[:2], ""))
        self.within.changes.update(steps[1:])
        self.within.see(written[1:])
        self.either.changes.update(steps[1:])
        self.either.changes.update((after, before) for before, after in steps[1:])
        self.either.see(written[1:])
        self.either.see(read[1:])


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, Costs]:
    """Place -> costs, learnt from (printed, read) surnames; pairs that share too little are passed over."""
    usable = [pair for printed, read in pairs if (pair := _usable(printed, read))]
    before = prior()
    small = {(written, read): cost for written, read, cost in _SMALL_CAPITALS}
    costs = {WITHIN: before, INITIAL: before, CAPITALS: before | small}
    for _ in range(_ROUNDS):
        counted = _counted(usable, costs)
        costs = _costs(counted, before, small)
    return costs


def _usable(printed: str, read: str) -> Pair | None:
    written, found = joined(printed), joined(read)
    if not written or not found or written == found:
        return None
    return written, found, printed.isupper() and len(written) > 1


def _counted(pairs: list[Pair], costs: Mapping[str, Costs]) -> _Counted:
    counted = _Counted()
    for written, read, capitals in pairs:
        place = CAPITALS if capitals else WITHIN
        cost, steps = aligned(written, read, costs[place], costs[INITIAL])
        if cost <= (_TOO_FAR_IN_CAPITALS if capitals else _TOO_FAR) * max(len(written), 2):
            counted.take(written, read, steps, capitals=capitals)
    return counted


def _costs(counted: _Counted, before: Costs, small: Costs) -> dict[str, Costs]:
    changes = before.keys() | small.keys() | counted.either.changes.keys()
    changes |= counted.head.changes.keys() | counted.capitals.changes.keys()
    costs: dict[str, Costs] = {place: {} for place in readings.PLACES}
    for change in changes:
        if change[0] == change[1]:
            continue
        undirected = counted.either.share(change, _probability(change, before), _UNDIRECTED)
        within = counted.within.share(change, undirected, _DIRECTED)
        likeness = max(within, ARBITRARY ** small.get(change, _NEVER))
        costs[WITHIN][change] = _cost(within)
        costs[INITIAL][change] = _cost(counted.head.share(change, within, _HEAD))
        costs[CAPITALS][change] = _cost(counted.capitals.share(change, likeness, _CAPITALS))
    return costs


def _probability(change: tuple[str, str], before: Costs) -> float:
    unforeseen = 1.0 if max(map(len, change)) < 2 else 1.5
    return float(ARBITRARY ** before.get(change, unforeseen if all(change) else max(unforeseen, 1.0)))


def _cost(share: float) -> float:
    return min(max(log(share) / log(ARBITRARY), _CHEAPEST), _DEAREST)


@contextmanager
def using(costs: Mapping[str, Costs]) -> Iterator[None]:
    """Replaces the product's table for a while: to measure what was learnt on what it was not learnt from."""
    similarity.steps.cache_clear()
    with mock.patch.object(readings, "tables", lambda: costs):
        yield
    similarity.steps.cache_clear()


def table_text(costs: Mapping[str, Costs]) -> str:
    """The costs as the table of lexicon/readings.py.

    Single letters that cost 1 are left out; the head and small capitals have only what differs from within.
    """
    lines = [
        "# place, written, read, cost (1: an arbitrary wrong letter); made by python -m benchmarks.readings",
        "# learnt from 997 pairs of soduco/paper-ner-bench-das22 @ 65d31d0 (CC BY 4.0) over our own prior",
    ]
    for place in (WITHIN, INITIAL, CAPITALS):
        for change, cost in sorted(costs[place].items()):
            usual = f"{costs[WITHIN][change]:.2f}" if place != WITHIN else "1.00"
            if f"{cost:.2f}" != usual or (place == WITHIN and max(map(len, change)) == 2):
                lines.append(f"{place}\t{change[0]}\t{change[1]}\t{cost:.2f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--write", action="store_true", help="replace the table of lexicon/readings.py")
    arguments = parser.parse_args()
    text = table_text(learn((row["surname"], row["ocr_surname"]) for row in read_pairs(arguments.pairs)))
    if arguments.write:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
