"""Scores exported entries against gold rows: which rows were found, which fields are right.

Rows of one image and side are aligned in reading order at the least cost (Needleman and Wunsch, 1970), so
that a missing or an invented row costs what it should. Names are compared after NFC, case folding and
collapsing of spaces, hyphens and apostrophes; accents count.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

FIELDS = ("surname", "given_names", "date_iso", "act_number")
_GAP = 0.55

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all images; the shares are fractions of the gold rows."""

    gold: int
    matched: int
    extra: int
    exact: Mapping[str, int]
    records: int
    wrong: tuple[tuple[Row, Row | None], ...] = ()

    @property
    def row_recall(self) -> float:
        return self.matched / self.gold if self.gold else 0.0

    @property
    def row_precision(self) -> float:
        found = self.matched + self.extra
        return self.matched / found if found else 0.0

    @property
    def record_exact(self) -> float:
        return self.records / self.gold if self.gold else 0.0

    def share(self, field: str) -> float:
        return self.exact[field] / self.gold if self.gold else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """The figures as benchmarks print them."""
        return {
            "gold_rows": self.gold,
            "matched_rows": self.matched,
            "extra_rows": self.extra,
            "row_recall": round(self.row_recall, 4),
            "row_precision": round(self.row_precision, 4),
            "record_exact": round(self.record_exact, 4),
            **{f"{field}_exact": round(self.share(field), 4) for field in FIELDS},
        }


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(gold: Iterable[Row], found: Iterable[Row]) -> Score:
    """Compare register by register and image by image."""
    gold_by, found_by = _by_image(gold), _by_image(found)
    pairs = [pair for key, rows in gold_by.items() for pair in _aligned(rows, found_by.get(key, []))]
    matched = [(wanted, entry) for wanted, entry in pairs if wanted is not None and entry is not None]
    right = [{field: _norm(w[field]) == _norm(e[field]) for field in FIELDS} for w, e in matched]
    return Score(
        gold=sum(len(rows) for rows in gold_by.values()),
        matched=len(matched),
        extra=sum(1 for wanted, _ in pairs if wanted is None),
        exact={field: sum(fields[field] for fields in right) for field in FIELDS},
        records=sum(all(fields.values()) for fields in right),
        wrong=tuple(
            [pair for pair, fields in zip(matched, right, strict=True) if not all(fields.values())]
            + [(wanted, None) for wanted, entry in pairs if wanted is not None and entry is None]
        ),
    )


def _by_image(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get("register", ""), row["image"]].append(row)
    return found


def _aligned(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    costs = [[0.0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in range(len(gold) + 1):
        for j in range(len(found) + 1):
            if i or j:
                costs[i][j] = min(cost for cost, _, _ in _steps(costs, gold, found, i, j))
    pairs: list[tuple[Row | None, Row | None]] = []
    i, j = len(gold), len(found)
    while i or j:
        _, back_i, back_j = min(_steps(costs, gold, found, i, j))
        pairs.append((gold[i - 1] if back_i < i else None, found[j - 1] if back_j < j else None))
        i, j = back_i, back_j
    return pairs[::-1]


def _steps(
    costs: list[list[float]], gold: Sequence[Row], found: Sequence[Row], i: int, j: int
) -> list[tuple[float, int, int]]:
    steps = []
    if i and j:
        steps.append((costs[i - 1][j - 1] + _unlike(gold[i - 1], found[j - 1]), i - 1, j - 1))
    if i:
        steps.append((costs[i - 1][j] + _GAP, i - 1, j))
    if j:
        steps.append((costs[i][j - 1] + _GAP, i, j - 1))
    return steps


def _unlike(gold: Row, found: Row) -> float:
    first, second = (" | ".join(_norm(row[field]) for field in FIELDS) for row in (gold, found))
    return Levenshtein.normalized_distance(first, second)


def _norm(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\s\-'’.,()]+", " ", folded).strip()
