"""Letters as the rules alone read them."""

from __future__ import annotations

from ner.letters import Sought
from ner.letters.by_rules import read_by_rules
from ner.letters.names import letter_names


def by_rules(text: str) -> tuple[Sought, ...]:
    return read_by_rules(text, letter_names(text))
