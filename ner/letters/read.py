"""A request in prose understood: which acts of which people a letter, mail or form asks for.

The pipeline of `ner/model.py` finds the names and places, rules make a first reading of them
(`by_rules.py`), and a small network trained on letters with their truth (`learnt/`) weighs it and decides.
What a letter does not say is None.
"""

from __future__ import annotations

from ner.letters.by_rules import read_by_rules
from ner.letters.learnt.decide import load_reader
from ner.letters.learnt.features import names_of
from ner.letters.names import letter_names
from ner.letters.sought import Sought
from ner.letters.table_requests import of_row
from ner.letters.tables import table_in


def read_letter(text: str) -> tuple[Sought, ...]:
    """What a letter asks for, in its order; empty when it names nobody.

    Raises MissingProgramError without the shipped pipeline or the shipped reader.
    """
    text = text.encode("utf-8", "replace").decode()  # halves of characters, which badly decoded mail has
    table = table_in(text)
    if table is not None:
        return tuple(of_row(row) for row in table.rows)
    spans = letter_names(text)
    return load_reader().decide(text, names_of(spans), read_by_rules(text, spans))
