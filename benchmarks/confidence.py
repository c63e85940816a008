"""How far the confidence of a row can be believed: `python -m benchmarks.confidence [--pages N] [--seed N]`.

Generates registers (half of the pages clean, half degraded), digitizes them, and compares the confidence of
each row with the gold: Brier score, the share of rows that the surest 99.9 % right rows are of all, and a
table of what was said and what was right. `--fit` prints the weights of ner/confidence.py fitted to them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

import ner.extract
from benchmarks.pages import _settings, digitized
from benchmarks.scoring import FIELDS, _aligned, _by_image, _norm, read_rows
from ner import confidence
from ner.rows import RowText
from registers.entry import Flag
from samples.generator import Condition, generate
from store.catalogue import Catalogue
from store.export.write import export_to_file

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.001)
_PRECISION = 0.999
_HARD = frozenset(flag for flag, weight in confidence._FLAGS.items() if weight < -5)
_PENALTY = 0.1


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: what was said of it, whether all its fields are right, and what the fit goes by."""

    said: float
    right: bool
    features: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confidence", description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--seed", type=int, default=6101)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--fit", action="store_true", help="print the weights that fit these rows")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for number, condition in enumerate((Condition.CLEAN, Condition.DEGRADED)):
        rows += generated(options.pages // 2, options.seed + number, condition, options.jobs)
    said, right = np.array([row.said for row in rows]), np.array([row.right for row in rows], float)
    figures = {
        "rows": len(rows),
        "right": round(float(right.mean()), 4),
        "brier": round(float(np.mean((said - right) ** 2)), 4),
        "coverage_at_precision_0.999": round(coverage(said, right), 4),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:30} {value}")
        for line in _table(said, right):
            print(line)
    if options.fit:
        names = ("base", "read", "page", "hard flag", "repaired", "low confidence")
        weights = fit(np.array([row.features for row in rows]), right)
        print(*(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)), sep="; ")


def generated(pages: int, seed: int, condition: Condition, jobs: int) -> list[Row]:
    """The entries of registers made on the spot, with their gold."""
    with tempfile.TemporaryDirectory() as folder:
        scans, workspace, out = Path(folder) / "scans", Path(folder) / "workspace", Path(folder) / "e.csv"
        generate(scans, seed=seed, pages=pages, condition=condition)
        digitized(scans, workspace, jobs)
        with Catalogue.open(_settings(workspace, jobs).store) as catalogue:
            export_to_file(catalogue, "csv", out)
            features = dict(_features(catalogue))
        gold, found = _by_image(read_rows(scans / "gold.csv")), _by_image(read_rows(out))
    return [
        Row(
            float(entry["confidence"]),
            wanted is not None and all(_norm(wanted[field]) == _norm(entry[field]) for field in FIELDS),
            features[entry["entry_id"]],
        )
        for key, entries in found.items()
        for wanted, entry in _aligned(gold.get(key, []), entries)
        if entry is not None and entry["confidence"]
    ]


def _features(catalogue: Catalogue) -> Iterator[tuple[str, tuple[float, ...]]]:
    """What the fit goes by, for each entry: the registers are understood once more to see their rows."""
    seen: list[tuple[RowText, frozenset[Flag], float]] = []
    weigh = confidence.row_confidence

    def note(row: RowText, flags: Sequence[Flag], page: float | None) -> float | None:
        seen.append((row, frozenset(flags), page or 0.0))
        return weigh(row, flags, page)

    with patch.object(ner.extract, "row_confidence", note):
        for summary in catalogue.registers.list():
            register = catalogue.registers.get(summary.register.id)
            seen.clear()
            ner.extract.understand(register, list(catalogue.pages.readings(register.id)))
            for row, flags, page in seen:
                yield ner.extract._id_of(register, row), _of_row(row, flags, page)


def _of_row(row: RowText, flags: frozenset[Flag], page: float) -> tuple[float, ...]:
    read = np.prod([confidence._reliability(given) for given in confidence._confidences(row)])
    doubt = np.log(max(confidence._LEAST_DOUBT, 1 - page))
    kinds = (bool(flags & _HARD), Flag.REPAIRED in flags, Flag.LOW_CONFIDENCE in flags)
    return (1.0, confidence._log_odds(float(read)), float(doubt), *map(float, kinds))


def coverage(said: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The largest share of rows, the surest first, of which 99.9 % are right."""
    ordered = right[np.argsort(-said, kind="stable")]
    precise = np.flatnonzero(np.cumsum(ordered) / np.arange(1, len(right) + 1) >= _PRECISION)
    return float((precise[-1] + 1) / len(right)) if len(precise) else 0.0


def fit(features: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, the weights but the first held back a little."""
    weights = np.zeros(features.shape[1])
    penalty = np.diag([0.0, *[_PENALTY] * (len(weights) - 1)])
    for _ in range(60):
        share = 1 / (1 + np.exp(-features @ weights))
        curvature = features.T @ (features * (share * (1 - share) + 1e-9)[:, None]) + penalty
        weights = weights + np.linalg.solve(curvature, features.T @ (right - share) - penalty @ weights)
    return weights


def _table(said: NDArray[np.float64], right: NDArray[np.float64]) -> Iterator[str]:
    yield "said          rows   mean said  right"
    for low, high in pairwise(_EDGES):
        inside = (said >= low) & (said < high)
        if inside.any():
            yield (
                f"{low:.3f}-{min(high, 1):.3f} {inside.sum():6d} {said[inside].mean():11.3f}"
                f" {right[inside].mean():6.3f}"
            )


if __name__ == "__main__":
    main()
