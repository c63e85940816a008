"""Handwriting: our own recogniser on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.crops import crop_line
from ocr.handwriting.decode import Decoder
from ocr.handwriting.recogniser import SHIPPED, Recogniser
from registers.document import CellText
from registers.errors import EngineError
from registers.geometry import Quad
from registers.knowledge import Acceptor
from registers.register import Script


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
        return f"handwriting-{self._recogniser.version}"

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
        lines = [crop_line(pixels, quad) for quad in cells]
        written = [index for index, line in enumerate(lines) if line is not None]
        scores = self._recogniser.score([line for line in lines if line is not None])
        decoder = Decoder(self._recogniser.alphabet, self._recogniser.calibration)
        found = [CellText("", 1.0)] * len(lines)
        for index, line in zip(written, scores, strict=True):
            found[index] = decoder.decode(line, knowledge[index] if knowledge else None)
        return tuple(found)
