"""Texts under construction: pieces with labels that become a text and its spans."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its labelled spans as (start, end, label), in order, never overlapping."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Draft:
    """Grows from left to right; a label of "" means that the piece is outside every span."""

    pieces: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, label: str = "") -> Draft:
        if text:
            self.pieces.append((text, label))
        return self

    def extend(self, other: Draft) -> Draft:
        self.pieces.extend(other.pieces)
        return self

    def example(self) -> Example:
        """The text and its spans, freed of the blanks at their edges."""
        text, spans = "", []
        for piece, label in self.pieces:
            inner = piece.strip()
            if label and inner:
                start = len(text) + piece.index(inner)
                spans.append((start, start + len(inner), label))
            text += piece
        return Example(text, tuple(spans))
