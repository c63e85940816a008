"""Letters with their truth, and what the rules make of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ner.letters.by_rules import read_by_rules
from ner.letters.learnt.features import RuleName, names_of
from ner.letters.names import letter_names
from ner.letters.sought import Sought
from registers.entry import Kind

FOLDER = Path(__file__).parents[1] / "data" / "letters"
"""Letters of independent writers, one file for each; all that they name is invented."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, what it asks for, and the names and acts that the rules find in it.

    `by_rules` is None where the rules were made with this very letter.
    """

    text: str
    sought: tuple[Sought, ...]
    names: tuple[RuleName, ...]
    by_rules: tuple[Sought, ...] | None


def read_letters(path: Path, *, rules_know: bool = False) -> Iterator[Letter]:
    """The letters of a file of JSON Lines, packed or not."""
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8").split("\n")
    for line in filter(None, lines):
        letter = with_rules(*_parsed(line))
        yield replace(letter, by_rules=None) if rules_know else letter


def with_rules(text: str, sought: tuple[Sought, ...]) -> Letter:
    spans = letter_names(text)
    return Letter(text, sought, tuple(names_of(spans)), read_by_rules(text, spans))


def _parsed(line: str) -> tuple[str, tuple[Sought, ...]]:
    letter: dict[str, Any] = json.loads(line)
    acts = [
        {**act, "confidence": 1.0, "kind": Kind(act["kind"]) if act["kind"] else None}
        for act in letter["sought"]
    ]
    return letter["text"], tuple(Sought(**act) for act in acts)
