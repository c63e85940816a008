"""Requests in prose: `python -m benchmarks.letters [FILE.jsonl] [--json]`.

With a file whose lines hold `text`, prints for each a line `{"sought": [...]}`. Without one, scores two sets:
benchmarks/data/letters_unseen.jsonl, by a writer of whom neither rules nor network has seen anything, and
(`known_...`) benchmarks/data/letters.jsonl, which both were made with. A letter is right when every person is
found with surname, given names, kind and years right, and no other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lexicon.fold import fold
from ner.letters import Sought, read_letter

KNOWN = Path(__file__).parent / "data" / "letters.jsonl"
UNSEEN = Path(__file__).parent / "data" / "letters_unseen.jsonl"
_YEARS = ("year_from", "year_to")
_FIELDS = ("surname", "given_names", "kind", *_YEARS)
_ALSO = ("place", "spouse_surname", "spouse_given_names")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.letters", description="Read requests in prose."
    )
    parser.add_argument("file", type=Path, nargs="?", help="JSON Lines with a key `text`")
    parser.add_argument("--json", action="store_true", help="print the shares as JSON")
    parser.add_argument("--misses", action="store_true", help="print the unseen letters that were misread")
    options = parser.parse_args(arguments)
    if options.file is not None:
        for letter in _letters(options.file):
            print(
                json.dumps(
                    {"sought": [asdict(found) for found in read_letter(letter["text"])]}, ensure_ascii=False
                )
            )
        return
    shares, missed = score(list(_letters(UNSEEN)))
    shares |= {f"known_{name}": share for name, share in score(list(_letters(KNOWN)))[0].items()}
    if options.misses:
        for letter, found in missed:
            print(
                letter["text"],
                *map(_brief, letter["sought"]),
                "read as:",
                *map(_brief, found),
                sep="\n  ",
                file=sys.stderr,
            )
    if options.json:
        print(json.dumps(shares))
        return
    for name, share in shares.items():
        print(f"{name:24} {share:.3f}")


def score(
    letters: Sequence[dict[str, Any]],
    read: Callable[[str], Sequence[Sought]] = read_letter,
) -> tuple[dict[str, float], list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
    """The shares of letters and people read right, and the letters that were not."""
    right, people, exact, also = 0, 0, 0, 0
    missed = []
    for letter in letters:
        found = [asdict(sought) for sought in read(letter["text"])]
        gold = letter["sought"]
        if sorted(_key(person, _FIELDS) for person in found) == sorted(
            _key(person, _FIELDS) for person in gold
        ):
            right += 1
        else:
            missed.append((letter, found))
        keys = [_key(person, _FIELDS) for person in found]
        full = [_key(person, (*_FIELDS, *_ALSO)) for person in found]
        people += len(gold)
        exact += sum(_key(person, _FIELDS) in keys for person in gold)
        also += sum(_key(person, (*_FIELDS, *_ALSO)) in full for person in gold)
    shares = {
        "letters": float(len(letters)),
        "letters_right": right / len(letters),
        "people_right": exact / people,
        "people_right_all_keys": also / people,
    }
    return shares, missed


def _key(person: dict[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(str(person[name])) if person[name] is not None else "" for name in names)


def _brief(person: Sought | dict[str, Any]) -> str:
    values = person if isinstance(person, dict) else asdict(person)
    return " | ".join(str(values[name] or "-") for name in (*_FIELDS, *_ALSO))


def _letters(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


if __name__ == "__main__":
    main()
