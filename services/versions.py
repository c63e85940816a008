"""Which understanding and which index this is: a change of rules, tables or models is another version."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_PASSED_OVER = frozenset({"__pycache__", "training"})


def understanding_version() -> str:
    """A short hash of the code and data that turn tables into entries."""
    return _version("registers", "lexicon", "ner")


def index_version() -> str:
    """A short hash of the code and data that make the keys of the index."""
    return _version("lexicon", "indexer")


@cache
def _version(*packages: str) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for path, content in sorted(_contents(files(package), package)):
            digest.update(path.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def _contents(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        path = f"{name}/{item.name}"
        if item.name in _PASSED_OVER or item.name.startswith("."):
            continue
        if item.is_dir():
            found += _contents(item, path)
        else:
            found.append((path, item.read_bytes()))
    return found
