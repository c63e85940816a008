"""Reading and understanding of generated registers, end to end: accuracy and speed.

    python -m benchmarks.pages [--pages N] [--seed N] [--degraded] [--jobs N] [--worst N] [--json]
    python -m benchmarks.pages --workers      two workers over one: the ratio of their times

Pages are generated on the spot, so that a seed that nobody has seen can be asked for at any time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.scoring import read_rows, score
from registers.settings import Settings
from samples.generator import Condition, generate
from services.bench import Bench
from services.digitize import digitize
from services.read import read_chunk
from services.understand import understand_register
from store.catalogue import Catalogue
from store.export.write import export_to_file


def without_prefect(bench: Bench) -> None:
    """The steps of the flow, one after another: what the flow would add is measured elsewhere."""
    for plan in bench.plans:
        for chunk in range(len(plan.chunks)):
            read_chunk(bench, plan.register.id, chunk, last_try=True)
        understand_register(bench.catalogue, plan.register.id)


def digitized(scans: Path, workspace: Path, jobs: int) -> float:
    """Digitize into a new workspace; returns seconds."""
    settings = _settings(workspace, jobs)
    started = time.perf_counter()
    digitize([scans], settings, lambda: without_prefect)
    return time.perf_counter() - started


def _settings(workspace: Path, jobs: int) -> Settings:
    base = Settings()
    return replace(
        base,
        read=replace(base.read, settle_seconds=0.0),
        batch=replace(base.batch, jobs=jobs),
        store=replace(base.store, workspace=str(workspace)),
    )


def accuracy(pages: int, seed: int, degraded: bool, jobs: int, worst: int) -> dict[str, object]:
    """The figures of one generated batch."""
    with tempfile.TemporaryDirectory() as folder:
        scans, workspace, out = Path(folder) / "scans", Path(folder) / "workspace", Path(folder) / "e.csv"
        condition = Condition.DEGRADED if degraded else Condition.CLEAN
        generate(scans, seed=seed, pages=pages, condition=condition)
        seconds = digitized(scans, workspace, jobs)
        with Catalogue.open(_settings(workspace, jobs).store) as catalogue:
            export_to_file(catalogue, "csv", out)
        found = score(read_rows(scans / "gold.csv"), read_rows(out))
    for wanted, entry in found.wrong[:worst]:
        print(_shown(wanted), "->", entry and _shown(entry), file=sys.stderr)
    return {
        "pages": pages,
        "seed": seed,
        "degraded": degraded,
        **found.as_dict(),
        "s_per_page": seconds / pages,
    }


def _shown(row: object) -> list[str]:
    assert isinstance(row, dict)
    return [row[key] for key in ("image", "surname", "given_names", "date_text", "date_iso", "act_number")]


def workers(pages: int, seed: int) -> dict[str, object]:
    """How much faster two workers are than one, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        scans = Path(folder) / "scans"
        generate(scans, seed=seed, pages=pages, condition=Condition.CLEAN)
        one = digitized(scans, Path(folder) / "one", 1)
        two = digitized(scans, Path(folder) / "two", 2)
    return {"pages": pages, "one_s": one, "two_s": two, "speedup": one / two}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--degraded", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N wrong rows")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = (
        workers(options.pages, options.seed)
        if options.workers
        else accuracy(options.pages, options.seed, options.degraded, options.jobs, options.worst)
    )
    if options.json:
        print(json.dumps(figures))
    else:
        for key, value in figures.items():
            print(f"{key:18} {value:.4f}" if isinstance(value, float) else f"{key:18} {value}")


if __name__ == "__main__":
    main()
