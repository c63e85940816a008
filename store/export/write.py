"""Writes an export in the format asked for, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from registers.errors import UsageError
from store.catalogue import Catalogue
from store.export.csv import to_csv
from store.export.jsonl import to_jsonl
from store.export.listing import Listed, listed
from store.workspace import atomic_file

FORMATS: Mapping[str, Callable[[Iterable[Listed]], Iterator[str]]] = {"csv": to_csv, "jsonl": to_jsonl}


def export_lines(catalogue: Catalogue, name: str) -> Iterator[bytes]:
    """The lines of an export, UTF-8; raises UsageError for a format that there is not."""
    if name not in FORMATS:
        raise UsageError(f"there is no export format {name!r}", advice=f"one of: {', '.join(FORMATS)}")
    return (line.encode("utf-8", "backslashreplace") for line in FORMATS[name](listed(catalogue)))


def export_to_file(catalogue: Catalogue, name: str, path: Path) -> int:
    """Write an export to a file, which appears when it is complete; returns the number of lines."""
    lines = export_lines(catalogue, name)
    with atomic_file(path) as file:
        return _written(lines, file)


def export_to_stream(catalogue: Catalogue, name: str, stream: BinaryIO) -> int:
    """Write an export to an open stream; returns the number of lines."""
    return _written(export_lines(catalogue, name), stream)


def _written(lines: Iterable[bytes], stream: BinaryIO) -> int:
    count = 0
    for line in lines:
        stream.write(line)
        count += 1
    return count
