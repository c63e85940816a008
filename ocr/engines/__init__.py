"""Readers behind one protocol, loaded only when asked for."""

from __future__ import annotations

import os
from functools import cache

from ocr.engines.base import Engine
from registers.errors import ConfigurationError

ENGINES = ("tesseract", "handwriting", "replay")
_CLI_VARIABLE = "FEUILLET_TESSERACT"

__all__ = ["ENGINES", "Engine", "engine_version", "load_engine"]


@cache
def load_engine(name: str) -> Engine:
    """The engine of that name, one object per process.

    Raises MissingProgramError when its program, language or model is not installed and
    ConfigurationError when there is no such engine.
    """
    if name == "tesseract":
        return _tesseract()
    if name == "handwriting":
        from ocr.engines.handwriting import HandwritingEngine

        return HandwritingEngine()
    if name == "replay":
        from ocr.engines.replay import ReplayEngine

        return ReplayEngine.from_environment()
    raise ConfigurationError(f"there is no engine called {name!r}", advice=f"choose: {', '.join(ENGINES)}")


def engine_version(name: str) -> str:
    """Program and model of an engine; changes whenever the same pixels could be read differently."""
    return load_engine(name).version


def _tesseract() -> Engine:
    from ocr.engines.tesseract_cli import TesseractCommand

    if os.environ.get(_CLI_VARIABLE, "").lower() == "cli":
        return TesseractCommand()
    try:
        from ocr.engines.tesseract import Tesseract
    except ImportError:
        return TesseractCommand()
    return Tesseract()
