"""Reading the tables of lexicon/data."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table, comments left out; `name` may end in .gz."""
    data = files("lexicon").joinpath("data", name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
