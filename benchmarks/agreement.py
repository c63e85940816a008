"""Whether both engines give the same first ten: python -m benchmarks.agreement [--queries 2000].

The same entries are built into the embedded engine and into the Elasticsearch of the tests, and the mixed
queries of benchmarks.search are asked of both. An answer is the same when ids, order, scores, reasons, the
total and all facets are.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.engines import engine_of
from benchmarks.search import People, queries
from indexer import SearchEngine
from registers.query import Paging


def measure(one: SearchEngine, other: SearchEngine, entries: int, count: int) -> dict[str, float]:
    """The shares of the answers that are the same, as fractions."""
    people = People(entries)
    for engine in (one, other):
        engine.switch(engine.build(people))
    asked = queries(people, count)
    same_ten = same_wholly = 0
    for _, query in asked:
        first, second = (engine.search(query, Paging(size=10)) for engine in (one, other))
        same_ten += [hit.entry_id for hit in first.hits] == [hit.entry_id for hit in second.hits]
        same_wholly += first == second
    return {
        "entries": entries,
        "queries": len(asked),
        "same_top_ten": round(same_ten / len(asked), 4),
        "same_answer": round(same_wholly / len(asked), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one, other = (stack.enter_context(engine_of(name, folder / name)) for name in ("embedded", "elastic"))
        figures = measure(one, other, arguments.entries, arguments.queries)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value}")


if __name__ == "__main__":
    main()
