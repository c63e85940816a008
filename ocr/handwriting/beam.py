"""The likeliest texts of a line, with or without a model of letters.

Prefix beam search (Hannun et al., "First-pass large vocabulary continuous speech recognition using
bi-directional recurrent DNNs", 2014). Two beams are the same text where their hashes are; texts are read
back along the steps at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.handwriting.ctc import Labels, Scores, condensed
from ocr.handwriting.language import LanguageModel

_TRIED = 10  # classes a step
_WORTH_TRYING = 1e-3


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the model of letters weighs beside the scores, and what each letter adds."""

    language: float = 0.6
    letter: float = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """A text with its log path probability by the line alone, and with all that weighs."""

    labels: Labels
    line: float
    total: float


def search(
    lines: Sequence[Scores],
    *,
    width: int = 10,
    model: LanguageModel | None = None,
    weighing: Weighing | None = None,
) -> list[list[Found]]:
    """For each line (steps x classes, log probabilities) up to `width` texts, best first."""
    return [_texts(line, width, model, weighing or Weighing()) for line in lines]


def _texts(line: Scores, width: int, model: LanguageModel | None, weighing: Weighing) -> list[Found]:
    from ocr.handwriting import beam_loops  # loads Numba: pages of print do without

    weighed = beam_loops.Weighed(weighing.language, weighing.letter)
    chances = np.exp(condensed(line).astype(np.float64)) if len(line) else np.zeros((0, 1))
    tables, start = (model.tables, model.start) if model else (None, 0)
    letters, lengths, alone, totals = beam_loops.beams(
        chances, width, _TRIED, _WORTH_TRYING, tables, start, weighed
    )
    return [
        Found(tuple(row[:length]), value, total)
        for row, length, value, total in zip(
            letters.tolist(), lengths.tolist(), alone.tolist(), totals.tolist(), strict=True
        )
    ]
