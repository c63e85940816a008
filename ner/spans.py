"""Labelled spans of a line or a letter: what the pipelines of `ner/model.py` answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a span of a line is; letters use SURNAME, GIVEN_NAMES and PLACE only."""

    SURNAME = "SURNAME"
    GIVEN_NAMES = "GIVEN_NAMES"
    SPOUSE_SURNAME = "SPOUSE_SURNAME"
    SPOUSE_GIVEN_NAMES = "SPOUSE_GIVEN_NAMES"
    DATE = "DATE"
    ACT_NUMBER = "ACT_NUMBER"
    REMARK = "REMARK"
    PLACE = "PLACE"


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """`text` is the line's own text from `start` to `end` (characters, end excluded)."""

    label: Label
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class LineSpans:
    """A line and its spans, from left to right, never overlapping.

    A sign of repetition that stands for the surname is a SURNAME span with the sign as its text.
    """

    text: str
    spans: tuple[LabelledSpan, ...]

    def first(self, label: Label) -> str:
        """The text of the first span with this label, or ""."""
        return next((span.text for span in self.spans if span.label is label), "")
