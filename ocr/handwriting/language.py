"""How likely a letter is after the letters before it: an n-gram model of what such
registers hold, for what no lexicon can say.

Interpolated absolute discounting with continuation counts below the longest
context (Kneser and Ney, "Improved backing-off for m-gram language modeling",
ICASSP 1995), in backing-off form: a table of what was seen, and for the rest a
weight and a shorter context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.ctc import as_rows

if TYPE_CHECKING:
    from ocr.handwriting import beam_loops

END = 0
"""The class of CTC's blank stands for the end of the line."""

States = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """State 0 is the empty context, state `start` the beginning of a line.

    Each entry (state * 256 + class) has a log probability and the state that follows;
    what is not listed costs `weight` of its state and is asked of `shorter` of it.
    """

    entries: NDArray[np.int64]
    chances: NDArray[np.float32]
    follows: States
    shorter: States
    weights: NDArray[np.float32]
    start: int
    _slots: States

    @classmethod
    def of(
        cls,
        entries: NDArray[np.int64],
        chances: NDArray[np.float32],
        follows: States,
        *,
        shorter: States,
        weights: NDArray[np.float32],
        start: int,
    ) -> LanguageModel:
        """From entries in ascending order with their values, and states with theirs."""
        from ocr.handwriting import beam_loops  # loads Numba: pages of print do without

        return cls(entries, chances, follows, shorter, weights, start, beam_loops.slots_of(entries))

    @classmethod
    def uniform(cls, classes: int) -> LanguageModel:
        """Knows nothing: every class is as likely as every other."""
        entries = np.arange(classes, dtype=np.int64)
        states = np.zeros(classes, np.int32)
        chances = np.full(classes, -np.log(classes), np.float32)
        return cls.of(
            entries,
            chances,
            states,
            shorter=np.zeros(1, np.int32),
            weights=np.zeros(1, np.float32),
            start=0,
        )

    @classmethod
    def load(cls, path: Path) -> LanguageModel:
        """From the file that `save` writes; raises OSError where there is none."""
        with np.load(path) as stored:
            return cls.of(
                np.cumsum(stored["steps"].astype(np.int64)),
                stored["chances"].astype(np.float32),
                stored["follows"],
                shorter=stored["shorter"],
                weights=stored["weights"].astype(np.float32),
                start=int(stored["start"]),
            )

    def save(self, path: Path) -> None:
        temporary = path.with_suffix(".part.npz")
        np.savez_compressed(
            temporary,
            steps=np.diff(self.entries, prepend=0).astype(np.uint32),
            chances=self.chances.astype(np.float16),
            follows=self.follows,
            shorter=self.shorter,
            weights=self.weights.astype(np.float16),
            start=np.int64(self.start),
        )
        temporary.replace(path)

    def after(self, states: States, classes: NDArray[np.int64]) -> tuple[NDArray[np.float32], States]:
        """Log probability of each class after its state, and the state that follows."""
        from ocr.handwriting import beam_loops

        found, following = beam_loops.after(self.tables, states, classes)
        return np.asarray(found), np.asarray(following)

    def texts(self, lines: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Log probability of whole lines (classes), their ends included."""
        from ocr.handwriting import beam_loops

        letters, lengths = as_rows(lines)
        return np.asarray(beam_loops.text_chances(self.tables, self.start, letters, lengths))

    @property
    def tables(self) -> beam_loops.Model:
        """The arrays as the loops take them."""
        from ocr.handwriting import beam_loops

        return beam_loops.Model(
            self.entries, self._slots, self.chances, self.follows, self.shorter, self.weights
        )


@cache
def language_model(path: Path) -> LanguageModel | None:
    """The model in a file, kept; None where there is no file."""
    return LanguageModel.load(path) if path.exists() else None
