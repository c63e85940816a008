"""The real cells of the shared text: which of them are dates, and the period of their section."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from registers.dates import Period

ROOT = Path(__file__).resolve().parent.parent
COLUMN_GAP = 400
"""Date columns of one double page stand farther apart than this (pixels)."""
COLUMN_HALF_WIDTH = 220
LINE_HEIGHT = 45

LEGAL_PERIODS = (
    Period(date(1792, 9, 22), date(1802, 9, 22)),
    Period(date(1802, 9, 23), date(1812, 12, 31)),
    *(Period.of_years(first, first + 9) for first in range(1813, 1943, 10)),
)
"""The ten-year tables as the law made them: an I to X, an XI to 1812, then by tens."""


@dataclass(frozen=True, slots=True)
class RealCell:
    """A cell of the shared text; box in pixels of its scan."""

    corpus: str
    file: str
    x: int
    y: int
    width: int
    height: int
    text: str


def shared_data() -> Path:
    """Where the shared data lie: FEUILLET_SHARED_DATA, or `../shared/data`; raises FileNotFoundError."""
    folder = Path(os.environ.get("FEUILLET_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        raise FileNotFoundError("the shared data are not here; set FEUILLET_SHARED_DATA or give a file")
    return folder


def real_cells() -> dict[tuple[str, str], list[RealCell]]:
    """The cells by corpus and scan."""
    scans: defaultdict[tuple[str, str], list[RealCell]] = defaultdict(list)
    with (shared_data() / "text" / "tables_decennales_cells.tsv").open(
        encoding="utf-8", newline=""
    ) as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            x, y, width, height = (int(float(row[key])) for key in ("hpos", "vpos", "width", "height"))
            cell = RealCell(row["subcorpus"], row["file"], x, y, width, height, row["text"])
            scans[cell.corpus, cell.file].append(cell)
    return dict(scans)


def date_columns(cells: Sequence[RealCell]) -> list[list[RealCell]]:
    """The cells of each date column of a scan, from the top: those in line with the cells of digits."""
    digits = sorted(cell.x for cell in cells if re.match(r"\d", cell.text))
    groups: list[list[int]] = []
    for x in digits:
        if groups and x - groups[-1][-1] < COLUMN_GAP:
            groups[-1].append(x)
        else:
            groups.append([x])
    columns = []
    for group in groups:
        middle = group[len(group) // 2]
        column = [c for c in cells if abs(c.x - middle) <= COLUMN_HALF_WIDTH]
        if len(group) * 2 >= len(column):
            columns.append(sorted(column, key=lambda c: c.y))
    return columns


def period_of(corpus: str, file_texts: Sequence[str]) -> Period:
    """The section's period: named by the corpus, else the legal one that holds most of the full years."""
    named = re.search(r"(\d{4})-(\d{4})", corpus)
    if named:
        return Period.of_years(int(named[1]), int(named[2]))
    votes: Counter[Period] = Counter()
    for text in file_texts:
        full = re.search(r"\b1[789]\d\d\b", text)
        republican = re.search(r"\b(?:an\s*)?(X?I{1,3}V?|X?I?V|1?\d)\s*$", text)
        for period in LEGAL_PERIODS:
            if full and period.first.year <= int(full[0]) <= period.last.year:
                votes[period] += 1
        if not full and republican:
            late = republican[1] in ("XI", "XII", "XIII", "XIV", "11", "12", "13", "14")
            votes[LEGAL_PERIODS[1 if late else 0]] += 1
    return votes.most_common(1)[0][0]


def volume_of(file: str) -> str:
    """The volume that a scan belongs to: its name without the number of the view."""
    return file.rpartition("_")[0]


def dated_columns() -> Iterator[tuple[RealCell, Period, bool]]:
    """Every date cell with its period, and whether it begins a column."""
    scans = real_cells()
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (corpus, file), cells in scans.items():
        texts[corpus, volume_of(file)] += [c.text for column in date_columns(cells) for c in column]
    for (corpus, file), cells in scans.items():
        period = period_of(corpus, texts[corpus, volume_of(file)])
        for column in date_columns(cells):
            for index, cell in enumerate(column):
                yield cell, period, index == 0
