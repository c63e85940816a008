"""Tables of the shared text, rebuilt from the boxes of their cells."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

from ner.dates.parse import looks_like_date
from registers.document import ScanReading
from tests.ner.builders import make_reading, make_table

_APART = 400
_BESIDE_DATE = 100


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: left edge, middle height, text."""

    left: int
    middle: float
    text: str


@dataclass(frozen=True, slots=True)
class RealRow:
    surname: str
    given_names: str
    date: str


@cache
def real_registers(tsv: Path) -> dict[str, list[tuple[str, list[list[RealRow]]]]]:
    """Registers -> their scans, each with the rows of its sides."""
    scans: dict[tuple[str, str], list[Box]] = defaultdict(list)
    with tsv.open(encoding="utf-8", newline="") as lines:
        for cell in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            middle = int(cell["vpos"]) + int(cell["height"]) / 2
            text = cell["text"].replace("^", "")
            scans[cell["subcorpus"], cell["file"]].append(Box(int(cell["hpos"]), middle, text))
    registers: dict[str, list[tuple[str, list[list[RealRow]]]]] = defaultdict(list)
    for (corpus, file), boxes in scans.items():
        volume = re.sub(r"_05_\d+\.xml$", "", file)
        name = f"{corpus}/{volume}" if corpus == "sermaises" else corpus
        registers[name].append((file, [*_sides(boxes, several=corpus == "sermaises")]))
    return dict(registers)


def readings_of(scans: Sequence[tuple[str, list[list[RealRow]]]]) -> list[ScanReading]:
    return [
        make_reading(
            *(
                [make_table([[r.surname, r.given_names, r.date] for r in side], widths=[300, 600, 300])]
                for side in sides
            ),
            name=file.replace(".xml", ".jpg"),
        )
        for file, sides in scans
    ]


def _sides(boxes: Sequence[Box], *, several: bool) -> Iterator[list[RealRow]]:
    """Sides from left to right: a column of dates ends each, and its rows are those of the dates."""
    dates = sorted((box for box in boxes if looks_like_date(box.text) > 0.5), key=lambda box: box.left)
    groups: list[list[Box]] = []
    for box in dates:
        if groups and box.left - groups[-1][-1].left < _APART:
            groups[-1].append(box)
        else:
            groups.append([box])
    start = 0
    for group in (found for found in groups if len(found) >= 3):
        edge = min(box.left for box in group)
        names = [box for box in boxes if start <= box.left < edge and box not in group]
        start = edge + _BESIDE_DATE
        yield _rows(sorted(group, key=lambda box: box.middle), names, several=several)


def _rows(dates: Sequence[Box], names: Sequence[Box], *, several: bool) -> list[RealRow]:
    if not names:
        return [RealRow("", "", box.text) for box in dates]
    limit = _widest_gap(names) if several else _before_given_names(dates, names)
    surnames = _by_row(dates, [box for box in names if box.left < limit])
    given = _by_row(dates, [box for box in names if box.left >= limit])
    return [RealRow(surnames[row], given[row], box.text) for row, box in enumerate(dates)]


def _widest_gap(names: Sequence[Box]) -> float:
    edges = sorted(box.left for box in names)
    gaps = [(after - before, (before + after) / 2) for before, after in pairwise(edges)]
    return max(gaps)[1] if gaps else edges[0] + 1


def _before_given_names(dates: Sequence[Box], names: Sequence[Box]) -> float:
    """The edge that best parts each row's last cell, its given names, from those before it."""
    rows: dict[int, list[int]] = defaultdict(list)
    for box in names:
        rows[min(range(len(dates)), key=lambda row: abs(dates[row].middle - box.middle))].append(box.left)
    last = [max(edges) for edges in rows.values()]
    first = [edge for edges in rows.values() for edge in sorted(edges)[:-1]]
    best = max(
        sorted(set(last)), key=lambda at: (sum(x >= at for x in last) + sum(x < at for x in first), at)
    )
    return best - 5


def _by_row(dates: Sequence[Box], boxes: Sequence[Box]) -> list[str]:
    """The texts beside each date; a column may stand a little higher or lower as a whole."""
    shift = 0.0
    rows: list[int] = []
    for _ in range(6):
        rows = [
            min(range(len(dates)), key=lambda row: abs(dates[row].middle + shift - b.middle)) for b in boxes
        ]
        if boxes:
            shift = median(box.middle - dates[row].middle for box, row in zip(boxes, rows, strict=True))
    texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for box, row in zip(boxes, rows, strict=True):
        texts[row].append((box.left, box.text))
    return [" ".join(text for _, text in sorted(texts[row])) for row in range(len(dates))]
