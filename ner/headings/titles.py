"""Titles among the rows: lines inside a table that begin a section ("MARIAGES", "Année 1884")."""

from __future__ import annotations

import re

from ner.headings.parse import describe
from ner.headings.periods import find_period
from ner.headings.words import NO_PLACE, corrected, kinds_in
from registers.document import Row, Table
from registers.entry import Kind
from registers.register import Description

_NUMBER = re.compile(r"\d{1,4}|[ivx]+")
# In the singular these are remarks about the person above, not titles.
_REMARKS = {Kind.JUDGMENT, Kind.RECOGNITION, Kind.ADOPTION, Kind.TRANSCRIPTION}


def title_of_row(table: Table, row: Row) -> Description | None:
    """What a row says of the section that begins there, or None for an ordinary row."""
    texts = [text for cell in table.cells_of(row.index) if (text := cell.text.strip())]
    if not texts or len(texts) > 2:
        return None
    text = " ".join(texts)
    return describe([text]).description if is_title(text) else None


def is_title(text: str) -> bool:
    """Whether a text is nothing but words of headings, with a kind or a year among them."""
    words = corrected(text).split()
    if not words or len(words) > 14:
        return False
    kinds = kinds_in(text)
    named = {word for word in words if kinds_in(word)}
    if not all(
        word in NO_PLACE or word in named or _NUMBER.fullmatch(word) or len(word) == 1 for word in words
    ):
        return False
    if kinds and not (set(kinds) <= _REMARKS and not any(word.endswith("s") for word in named)):
        return True
    return (
        not kinds
        and find_period(text) is not None
        and not any(len(word) < 3 and word.isdigit() for word in words)
    )
