"""What is installed, what is missing, and what to do about it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from registers.errors import FeuilletError
from registers.settings import Settings

LOW_SPACE = 2_000_000_000  # bytes: some 4,000 viewing copies with their catalogue and index


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; what is not `needed` may be absent."""

    name: str
    ok: bool
    detail: str
    advice: str = ""
    needed: bool = True


def examine(settings: Settings) -> tuple[Check, ...]:
    """All checks, the basic ones first. Never raises: what goes wrong is a check that failed."""
    looks: tuple[Callable[[Settings], Check], ...] = (
        _python,
        _tesseract,
        _poppler,
        _names_model,
        _handwriting,
        _space,
        _catalogue,
        _search,
    )
    return tuple(_looked(look, settings) for look in looks)


def _looked(look: Callable[[Settings], Check], settings: Settings) -> Check:
    try:
        return look(settings)
    except FeuilletError as error:
        return Check(look.__name__.strip("_").replace("_", " "), False, error.message, error.advice)


def _python(_settings: Settings) -> Check:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Check("python", fits, platform.python_version(), "feuillet needs Python 3.11, 3.12 or 3.13")


def _tesseract(settings: Settings) -> Check:
    from ocr.engines import load_engine

    return Check("tesseract", True, f"{load_engine('tesseract').version}, language {settings.read.language}")


def _poppler(_settings: Settings) -> Check:
    from ocr.poppler import poppler_version

    return Check("poppler (PDF)", True, poppler_version())


def _names_model(_settings: Settings) -> Check:
    from ner.model import model_version

    return Check("model of names and lines", True, model_version())


def _handwriting(_settings: Settings) -> Check:
    from ocr.engines import load_engine

    try:
        version = load_engine("handwriting").version
    except FeuilletError as error:
        return Check("model of handwriting", False, error.message, error.advice, needed=False)
    return Check("model of handwriting", True, version, needed=False)


def _space(settings: Settings) -> Check:
    folder = Path(settings.store.workspace).absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Check("disk space", free > LOW_SPACE, f"{free / 1e9:.0f} GB free in {folder}", "free some space")


def _catalogue(settings: Settings) -> Check:
    from services.desk import open_catalogue

    try:
        with open_catalogue(settings) as catalogue:
            registers = catalogue.registers.list()
    except FeuilletError as error:
        return Check("catalogue", False, error.message, error.advice, needed=False)
    entries = sum(summary.entries for summary in registers)
    return Check("catalogue", True, f"{len(registers)} registers, {entries:,} entries", needed=False)


def _search(settings: Settings) -> Check:
    from indexer import open_engine
    from store.workspace import Workspace

    engine = open_engine(settings.search, Workspace.of(settings.store).index)
    try:
        health = engine.health()
    finally:
        engine.close()
    advice = "" if health.available else "start the server, or unset FEUILLET_SEARCH_URL"
    return Check("search engine", health.available, f"{health.engine} {health.detail}".strip(), advice)
