"""A scan read: banner, sides, and on each side its class, its titles and its tables."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from registers.document import Scan, ScanReading
from registers.errors import FeuilletError
from registers.knowledge import Knowledge
from registers.register import Script
from registers.settings import ReadSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Raised whenever the same pixels could come out otherwise: pages read before are then outdated.
READER_VERSION = 3


def read_pixels(
    scan: Scan,
    pixels: NDArray[np.uint8],
    settings: ReadSettings,
    *,
    script: Script = Script.AUTO,
    knowledge: Knowledge | None = None,
    model: Path | None = None,
) -> ScanReading:
    """Read a scan whose pixels (HxW grey or HxWx3, upright) are at hand.

    All quads of the answer are in pixels of the scan. `script` says what is known of the register's
    writing; with AUTO it is told from each page. `model` is the folder of a handwriting model adapted to
    the register's hand. Raises EngineError, EngineTimeoutError when a page
    takes longer than `settings.page_seconds`, and MissingProgramError.
    """
    from ocr.pages import read_pages
    from ocr.reader import Reader

    return read_pages(scan, pixels, Reader(settings, script, knowledge, time.monotonic(), model))


def check_model(model: Path) -> None:
    """Load the handwriting model of a register's own; raises MissingProgramError where that fails."""
    from ocr.engines import load_engine

    load_engine("handwriting", model)


def shipped_model() -> str:
    """The version of the handwriting model that ships; raises MissingProgramError where it is missing."""
    from ocr.handwriting.recogniser import SHIPPED, model_version

    return model_version(SHIPPED)


def reading_version(settings: ReadSettings, model: Path | None = None) -> str:
    """A mark of everything that decides a reading: reader, engines, models, language.

    `model` as for `read_pixels`. Raises MissingProgramError when an engine that the settings ask for is not
    installed.
    """
    from ocr.engines import engine_version

    parts = [f"reader {READER_VERSION}", f"language {settings.language}", f"dpi {settings.pdf_dpi}"]
    names = ("tesseract", "handwriting") if settings.engine == "auto" else (settings.engine,)
    for name in names:
        try:
            parts.append(engine_version(name, model))
        except (FeuilletError, ImportError):
            if settings.engine != "auto" or name != "handwriting":
                raise
            parts.append("no handwriting")
    return "; ".join(parts)
