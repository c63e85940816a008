"""Handwriting: our own recogniser on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.capitals import Capitals
from ocr.handwriting.crops import crop_line
from ocr.handwriting.ctc import Scores, greedy
from ocr.handwriting.decode import Decoder
from ocr.handwriting.recogniser import SHIPPED, Recogniser, model_version
from registers.document import CellText
from registers.errors import EngineError
from registers.geometry import Quad
from registers.knowledge import Acceptor
from registers.register import Script

# Raised whenever the same scores could be read otherwise.
DECODER_VERSION = 6
_BLANK = CellText("", 1.0)


def handwriting_version(model: Path | None = None) -> str:
    """What `HandwritingEngine(model).version` will be, without loading the model; raises as that does where
    this can be seen at once."""
    return _version(model_version(model or SHIPPED))


def _version(model: str) -> str:
    return f"handwriting-{model}-{DECODER_VERSION}"


class HandwritingEngine:
    """Reads cells that hold one written line each; one thread, no state."""

    name = "handwriting"

    def __init__(self, model: Path = SHIPPED) -> None:
        """`model`: the shipped folder or one adapted to a register's hand.

        Raises MissingProgramError when the model or ONNX Runtime is absent.
        """
        self._recogniser = Recogniser(model)

    @property
    def version(self) -> str:
        return _version(self._recogniser.version)

    def read(
        self,
        pixels: NDArray[np.uint8],
        cells: Sequence[Quad],
        *,
        language: str = "fra",
        script: Script = Script.HANDWRITING,
        knowledge: Sequence[Acceptor | None] = (),
    ) -> tuple[CellText, ...]:
        """See ocr.engines.base.Engine; an empty cell gives an empty text."""
        if knowledge and len(knowledge) != len(cells):
            raise EngineError(f"knowledge for {len(knowledge)} of {len(cells)} cells")
        return self.decode(self.recognise(pixels, cells), knowledge)

    def recognise(self, pixels: NDArray[np.uint8], cells: Sequence[Quad]) -> list[Scores | None]:
        """The scores of each cell, to be decoded once or twice; None for an empty cell."""
        lines = [crop_line(pixels, quad) for quad in cells]
        scores = iter(self.score([line for line in lines if line is not None]))
        return [None if line is None else next(scores) for line in lines]

    def score(self, lines: Sequence[NDArray[np.uint8]]) -> list[Scores]:
        """The scores of lines that were cut out before."""
        return self._recogniser.score(lines)

    def greedy(self, scores: Scores | None) -> str:
        """The likeliest path's text: quick, and good enough to learn a page's habits from."""
        return "" if scores is None else self._recogniser.alphabet.decode(greedy(scores)).strip()

    def decode(
        self,
        scores: Sequence[Scores | None],
        knowledge: Sequence[Acceptor | None] = (),
        capitals: Capitals | None = None,
    ) -> tuple[CellText, ...]:
        """The readings of cells that were recognised; `knowledge` is empty or one for each cell, `capitals`
        are what other pages of the hand have shown, and learn from these cells."""
        recogniser = self._recogniser
        decoder = Decoder(
            recogniser.alphabet, recogniser.calibration, recogniser.language, capitals or Capitals()
        )
        written = [index for index, line in enumerate(scores) if line is not None]
        lines = [line for line in scores if line is not None]
        chosen = [knowledge[index] for index in written] if knowledge else []
        texts = dict(zip(written, decoder.decode_all(lines, chosen), strict=True))
        return tuple(texts.get(index, _BLANK) for index in range(len(scores)))
