"""Lines of tables: `python -m benchmarks.lines [--shared FOLDER] [--json]`.

Prints the F1 on generated lines with names that training never saw (clean, 4 % and 10 % of characters
spoilt), lines per second, and the share of real cells labelled rightly. The real cells are those of
`text/tables_decennales_cells.tsv`, joined to lines; benchmarks/data/real_lines.tsv holds their labels by
row number only, checked by hand.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ner.model import Pipeline, split_lines

LABELS = Path(__file__).parent / "data" / "real_lines.tsv"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class RealLine:
    """A line made of cells, and for each cell its place in the line and its label."""

    text: str
    cells: tuple[tuple[int, int, str], ...]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lines", description="Split lines of tables.")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of the shared data")
    parser.add_argument("--json", action="store_true", help="print the shares as JSON")
    options = parser.parse_args(arguments)
    shares = generated()
    cells = options.shared / "text" / "tables_decennales_cells.tsv"
    if cells.is_file():
        shares["real_cells"] = share_of_real_cells(real_lines(cells))
    if options.json:
        print(json.dumps(shares))
        return
    for name, share in shares.items():
        print(f"{name:20} {share:.4f}" if share <= 1 else f"{name:20} {share:,.0f}")


def generated(count: int = 3_000) -> dict[str, float]:
    """F1 by noise on fresh lines, and how many clean lines a second one core splits."""
    from ner.model import load_pipeline
    from ner.training.recipes import RECIPES

    recipe = RECIPES[Pipeline.TABLE_LINES]
    measured = recipe.measure(load_pipeline(Pipeline.TABLE_LINES), count=count)
    shares = {f"f1_{name}": float(values["f1"]) for name, values in measured.items()}
    texts = [example.text for example in recipe.generate(count, seed=1, held_out=True)]
    began = time.process_time()
    split_lines(texts)
    shares["lines_per_second"] = count / (time.process_time() - began)
    return shares


def real_lines(cells: Path) -> list[RealLine]:
    """The hand-checked lines; `cells` is the shared table of cells."""
    with cells.open(encoding="utf-8", newline="") as handle:
        texts = [row["text"] for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)]
    with LABELS.open(encoding="utf-8", newline="") as handle:
        labels = list(csv.DictReader(handle, delimiter="\t"))
    return [
        _joined([(texts[int(row["row"]) - 1], row["label"]) for row in group])
        for _, group in groupby(labels, key=lambda row: row["line"])
    ]


def share_of_real_cells(lines: Sequence[RealLine]) -> float:
    """The share of cells of which every character has the cell's label."""
    right = total = 0
    for line, found in zip(lines, split_lines([line.text for line in lines]), strict=True):
        marks = [""] * len(line.text)
        for span in found.spans:
            marks[span.start : span.end] = [span.label.value] * (span.end - span.start)
        for start, end, label in line.cells:
            total += 1
            right += all(
                mark == label
                for mark, char in zip(marks[start:end], line.text[start:end], strict=True)
                if char.isalnum()
            )
    return right / total


def _joined(cells: Sequence[tuple[str, str]]) -> RealLine:
    text, places = "", []
    for cell, label in cells:
        text += " " if text else ""
        places.append((len(text), len(text) + len(cell), label))
        text += cell
    return RealLine(text, tuple(places))


if __name__ == "__main__":
    main()
