"""Tab-separated tables in and out, where a lone quote sign is a ditto and no quotation."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
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
