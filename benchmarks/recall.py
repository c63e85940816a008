"""How often the right person is among the first results: python -m benchmarks.recall [PAIRS.tsv].

The index holds the 100,000 most frequent surnames and those of the file, one entry each. Real misreadings
are asked both ways: the misread name, seeking the right one; the right name, seeking the misread entry.
The asked name's own entry is not counted among the results. Then come variants made by the project with
one and two errors, and every hundredth right spelling.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.engines import ENGINES, engine_of
from benchmarks.misreadings import PAIRS, read_pairs
from benchmarks.readings import learn, using
from benchmarks.variants import variants
from indexer import SearchEngine
from indexer.keys import joined
from lexicon.surnames import most_common
from registers.entry import Kind, State
from registers.query import IndexedEntry, Paging, SearchQuery

SURNAMES = 100_000
VARIANTS = 1_000
_DEPTH = 60
_FOLDS = 5


@dataclass(slots=True)
class Ranks:
    """Where what was sought stood, from 1; 0 where it was not among the results."""

    ranks: list[int] = field(default_factory=list)

    def at(self, most: int) -> float:
        """The share found among the first `most`."""
        return round(sum(0 < rank <= most for rank in self.ranks) / max(len(self.ranks), 1), 4)


class Index:
    """Surnames, one entry each; entries of equal folded names stand for one another."""

    def __init__(self, engine: SearchEngine, surnames: Iterable[str]) -> None:
        self._engine = engine
        self._folded: dict[str, str] = {}
        distinct: dict[str, str] = {}
        for surname in surnames:
            distinct.setdefault(joined(surname), surname)
        distinct.pop("", None)
        entries = []
        for number, (folded, surname) in enumerate(distinct.items()):
            self._folded[f"e{number:07d}"] = folded
            entries.append(_entry(f"e{number:07d}", surname))
        engine.switch(engine.build(entries))

    def rank(self, asked: str, sought: str, own: str = "") -> tuple[int, list[str]]:
        """The rank of what is sought when `asked` is typed, and the names of the first ten results.

        The entry of the folded name `own` is passed over.
        """
        if not joined(asked):
            return 0, []
        answer = self._engine.search(SearchQuery(surname=asked), Paging(size=_DEPTH))
        found = [self._folded[hit.entry_id] for hit in answer.hits]
        found = [name for name in found if name != own or name == joined(sought)]
        return (found.index(joined(sought)) + 1 if joined(sought) in found else 0), found[:10]


def _entry(entry_id: str, surname: str) -> IndexedEntry:
    return IndexedEntry(
        id=entry_id,
        kind=Kind.BIRTH,
        surnames=(surname,),
        given_names="",
        register="r",
        place="",
        state=State.MACHINE,
    )


def measure(engine: SearchEngine, pairs: list[dict[str, str]], *, held_out: bool) -> dict[str, float]:
    """The shares of the module's docstring, as fractions.

    With `held_out`, the table of misreadings is learnt anew for each fifth of the books from the others.
    """
    bearers = dict(most_common(SURNAMES))
    common = list(bearers)
    named = [pair[column] for pair in pairs for column in ("surname", "ocr_surname")]
    index = Index(engine, [*common, *named])
    known = {joined(name) for name in common}
    forward, reverse = Ranks(), Ranks()
    confusable = shown = 0
    for pair in _folds(pairs) if held_out else pairs:
        right, read = pair["surname"], pair["ocr_surname"]
        rank, first = index.rank(read, right, own=joined(read))
        forward.ranks.append(rank)
        reverse.ranks.append(index.rank(right, read, own=joined(right))[0])
        confusable += sum(name in known and name != joined(right) for name in first)
        shown += len(first)
    figures = {
        "pairs": len(pairs),
        "recall_at_1": forward.at(1),
        "recall_at_10": forward.at(10),
        "recall_at_50": forward.at(50),
        "reverse_recall_at_1": reverse.at(1),
        "reverse_recall_at_10": reverse.at(10),
        "reverse_recall_at_50": reverse.at(50),
        "confusable_share": round(confusable / max(shown, 1), 4),
    }
    return figures | _made(index, {joined(name): count for name, count in bearers.items()})


def _folds(pairs: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The pairs fold by fold; while a fold is asked, the table is one learnt from the other folds."""
    books = sorted({pair["book"] for pair in pairs})
    for fold in range(_FOLDS):
        held = set(books[fold::_FOLDS])
        others = [(pair["surname"], pair["ocr_surname"]) for pair in pairs if pair["book"] not in held]
        with using(learn(others)):
            yield from (pair for pair in pairs if pair["book"] in held)


def _made(index: Index, surnames: dict[str, int]) -> dict[str, float]:
    ranks = {1: Ranks(), 2: Ranks()}
    for variant in variants(surnames, VARIANTS, seed=1):
        ranks[variant.errors].ranks.append(index.rank(variant.wrong, variant.right)[0])
    exact = Ranks([index.rank(name, name)[0] for name in list(surnames)[:: SURNAMES // 1000]])
    return {
        "one_error_recall_at_10": ranks[1].at(10),
        "two_errors_recall_at_10": ranks[2].at(10),
        "exact_first": exact.at(1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--held-out", action="store_true", help="learn misreadings from other books")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pairs.exists():
        sys.exit(f"{arguments.pairs} is not here: give a table with the columns surname and ocr_surname")
    pairs = read_pairs(arguments.pairs)
    if arguments.held_out and not all(pair.get("book") for pair in pairs):
        sys.exit(f"{arguments.pairs} has no column book: what is held out is held out by books")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engine = stack.enter_context(engine_of(arguments.engine, folder))
        figures = {"engine": arguments.engine} | measure(engine, pairs, held_out=arguments.held_out)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value}")


if __name__ == "__main__":
    main()
