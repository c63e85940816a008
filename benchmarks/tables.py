"""Tab-separated tables in and out, where a lone quote sign is a ditto and no quotation."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def read_rows(path: Path) -> list[dict[str, str]]:
    """The lines of a table with a header as dicts; fields quoted as CSV are unquoted one by one.

    A field that holds a single quote sign, or begins with one, is taken as it stands.
    """
    lines = path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    rows = []
    for line in lines[1:]:
        fields = [_unquoted(field) for field in line.rstrip("\r").split("\t")]
        rows.append(dict(zip(header, [*fields, *[""] * len(header)], strict=False)))
    return rows


def _unquoted(field: str) -> str:
    if len(field) > 2 and _QUOTED.fullmatch(field):
        return field[1:-1].replace('""', '"')
    return field


def print_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Print a table with a header; tabs and line breaks inside a field become spaces."""
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([re.sub(r"[\t\r\n]", " ", row[column]) for column in columns] for row in rows)


@dataclass(frozen=True, slots=True)
class Task:
    """A benchmark that answers a table line by line, or scores what is known without one.

    `described` gives the answer to a line, with `columns`; `score` gives shares, and is told whether to
    list what was not understood.
    """

    program: str
    description: str
    file: str
    columns: Sequence[str]
    described: Callable[[dict[str, str]], dict[str, str]]
    score: Callable[[bool], Mapping[str, float | int]]

    def run(self, arguments: Sequence[str] | None) -> int:
        """The command's exit status."""
        parser = argparse.ArgumentParser(prog=self.program, description=self.description)
        parser.add_argument("file", nargs="?", type=Path, help=self.file)
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument("--failures", action="store_true", help="list what was not understood")
        options = parser.parse_args(arguments)
        if options.file:
            self._answer(options.file, as_json=options.json)
            return 0
        report = self.score(options.failures)
        if options.json:
            print(json.dumps(report))
        else:
            print(*(f"{key:28} {value}" for key, value in report.items()), sep="\n")
        return 0

    def _answer(self, path: Path, *, as_json: bool) -> None:
        rows = [self.described(row) for row in read_rows(path)]
        if as_json:
            print(json.dumps(rows, ensure_ascii=False))
        else:
            print_rows(self.columns, rows)
