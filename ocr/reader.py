"""Settings, engine and clock for one scan, and how surely a page is read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.engines import Engine, load_engine
from ocr.handwriting.capitals import Capitals
from ocr.page_side import PageSide
from ocr.table_text import line_quad, scaled
from registers.document import CellText
from registers.errors import EngineTimeoutError
from registers.geometry import Quad
from registers.knowledge import Knowledge
from registers.register import Script
from registers.settings import ReadSettings

_BATCH = 240  # cells sent to the engine between two looks at the clock
_SAMPLE_LINES = 6


@dataclass(slots=True)
class Reader:
    """Settings, engine and clock for one scan; `model` is the handwriting model of its register's own,
    `capitals` what its sides have shown of the hand so far."""

    settings: ReadSettings
    script: Script
    knowledge: Knowledge | None
    began: float
    model: Path | None = None
    capitals: Capitals = field(default_factory=Capitals)

    def engine(self) -> Engine:
        name = "replay" if self.settings.engine == "replay" else "tesseract"
        return load_engine(name)

    def read(self, pixels: NDArray[np.uint8], quads: Sequence[Quad]) -> list[CellText]:
        """The texts in the quads, the clock looked at now and then."""
        engine = self.engine()
        texts: list[CellText] = []
        for start in range(0, len(quads), _BATCH):
            self.check_clock()
            texts += engine.read(
                pixels,
                quads[start : start + _BATCH],
                language=self.settings.language,
                script=self.script,
            )
        return texts

    def check_clock(self) -> None:
        if time.monotonic() - self.began > self.settings.page_seconds:
            raise EngineTimeoutError(
                f"reading took longer than {self.settings.page_seconds} s",
                advice="raise FEUILLET_PAGE_SECONDS",
            )


def sample_confidence(side: PageSide, analysis: Analysis, reader: Reader) -> float:
    longest = sorted(analysis.lines, key=lambda line: line.left - line.right)[:_SAMPLE_LINES]
    quads = [scaled(line_quad(line, analysis.letter_height), 1 / analysis.scale) for line in longest]
    return mean_confidence(reader.read(side.pixels, quads))


def mean_confidence(texts: Sequence[CellText]) -> float:
    """Mean confidence by character; engines that give none are trusted."""
    known = [(len(text.text), text.confidence) for text in texts if text.confidence is not None]
    total = sum(length for length, _ in known)
    if not total:
        return 1.0 if any(text.text for text in texts) else 0.0
    return sum(length * confidence for length, confidence in known) / total
