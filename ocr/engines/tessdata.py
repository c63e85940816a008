"""Where Tesseract's language models lie, and how to get those that are missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from hashlib import sha256
from pathlib import Path

from registers.errors import MissingProgramError

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    "/home/linuxbrew/.linuxbrew/share/tessdata",
)


def tessdata_folder(language: str) -> Path:
    """The folder that holds the models of `language` ("fra", or "fra+lat").

    TESSDATA_PREFIX first, then the usual places, then what the program itself says. Raises
    MissingProgramError.
    """
    wanted = [f"{part}.traineddata" for part in language.split("+")]
    for folder in _folders():
        if all((folder / name).is_file() for name in wanted):
            return folder
    raise MissingProgramError(
        f"Tesseract's language {language!r} is not installed", advice=language_advice(language)
    )


def language_advice(language: str) -> str:
    """What to install for a language."""
    packages = " ".join(f"tesseract-ocr-{part}" for part in language.split("+"))
    return f"install it: apt install {packages}, or brew install tesseract-lang"


@cache
def model_mark(language: str) -> str:
    """A short mark of the models of a language: another model reads other texts."""
    folder = tessdata_folder(language)
    digest = sha256()
    for part in language.split("+"):
        digest.update((folder / f"{part}.traineddata").read_bytes())
    return f"{language}:{digest.hexdigest()[:8]}"


def _folders() -> list[Path]:
    folders = []
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        folders += [Path(prefix), Path(prefix) / "tessdata"]
    folders += [Path(place) for place in _PLACES]
    said = _said_by_program()
    return folders + ([said] if said else [])


@cache
def _said_by_program() -> Path | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    answer = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    found = re.search(r'languages in "?([^"\n]+?)/?"? \(', answer.stdout + answer.stderr)
    return Path(found.group(1)) if found else None
