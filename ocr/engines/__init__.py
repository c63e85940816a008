"""Readers behind one protocol, loaded only when asked for."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path

from ocr.engines.base import Engine
from registers.errors import ConfigurationError

ENGINES = ("tesseract", "handwriting", "replay")
_CLI_VARIABLE = "FEUILLET_TESSERACT"
_HANDS = 4  # models of registers' own hands that a process keeps at once

__all__ = ["ENGINES", "Engine", "engine_version", "forget_engines", "load_engine"]


def load_engine(name: str, model: Path | None = None) -> Engine:
    """The engine of that name, one object per process.

    `model` is the folder of a handwriting model of a register's own, instead of the shipped one. Raises
    MissingProgramError when its program, language or model is not installed and ConfigurationError when
    there is no such engine.
    """
    return _named(name) if model is None or name != "handwriting" else _of_hand(model)


@cache
def _named(name: str) -> Engine:
    if name == "tesseract":
        return _tesseract()
    if name == "handwriting":
        from ocr.engines.handwriting import HandwritingEngine

        return HandwritingEngine()
    if name == "replay":
        from ocr.engines.replay import ReplayEngine

        return ReplayEngine.from_environment()
    raise ConfigurationError(f"there is no engine called {name!r}", advice=f"choose: {', '.join(ENGINES)}")


@lru_cache(maxsize=_HANDS)
def _of_hand(model: Path) -> Engine:
    from ocr.engines.handwriting import HandwritingEngine

    return HandwritingEngine(model)


def forget_engines() -> None:
    """Load engines anew from here on, because the environment that they were chosen by has changed."""
    _named.cache_clear()
    _of_hand.cache_clear()


def engine_version(name: str, model: Path | None = None) -> str:
    """Program and model of an engine; changes whenever the same pixels could be read differently.

    A model of handwriting is not loaded for it. Raises as `load_engine` does.
    """
    if name == "handwriting":
        from ocr.engines.handwriting import handwriting_version

        return handwriting_version(model)
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
