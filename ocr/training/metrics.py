"""How well lines are read: CER, WER and exact lines, micro-averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a set of lines; the shares follow from them."""

    lines: int
    exact_lines: int
    characters: int
    character_errors: int
    words: int
    word_errors: int

    @property
    def cer(self) -> float:
        return self.character_errors / max(1, self.characters)

    @property
    def wer(self) -> float:
        return self.word_errors / max(1, self.words)

    @property
    def exact(self) -> float:
        return self.exact_lines / max(1, self.lines)

    def as_dict(self) -> dict[str, float]:
        return {
            "lines": self.lines,
            "cer": round(self.cer, 4),
            "wer": round(self.wer, 4),
            "exact": round(self.exact, 4),
        }


def score(truth: Sequence[str], read: Sequence[str]) -> Score:
    """Compares texts as they are; normalise them before."""
    exact = characters = errors = words = word_errors = 0
    for wanted, got in zip(truth, read, strict=True):
        exact += wanted == got
        characters += len(wanted)
        errors += Levenshtein.distance(wanted, got)
        words += len(wanted.split())
        word_errors += Levenshtein.distance(wanted.split(), got.split())
    return Score(len(truth), exact, characters, errors, words, word_errors)
