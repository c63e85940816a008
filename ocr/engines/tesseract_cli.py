"""Tesseract as a program, through pytesseract: for machines where tesserocr cannot be installed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from ocr.engines.linereader import ReadWord, read_cells
from ocr.engines.tessdata import model_mark, tessdata_folder
from registers.document import CellText
from registers.errors import EngineError, EngineTimeoutError, MissingProgramError
from registers.geometry import Quad
from registers.knowledge import Acceptor
from registers.register import Script

_SECONDS = 120
_ADVICE = "install it: apt install tesseract-ocr tesseract-ocr-fra, or brew install tesseract"


class TesseractCommand:
    """The `tesseract` engine without tesserocr: one call of the program for the strips of a page."""

    name = "tesseract"

    @property
    def version(self) -> str:
        try:
            program = str(pytesseract.get_tesseract_version())
        except pytesseract.TesseractNotFoundError:
            raise MissingProgramError("Tesseract is not installed", advice=_ADVICE) from None
        return f"tesseract {program} (command) {model_mark('fra')}"

    def read(
        self,
        pixels: NDArray[np.uint8],
        cells: Sequence[Quad],
        *,
        language: str,
        script: Script,
        knowledge: Sequence[Acceptor | None] = (),
    ) -> tuple[CellText, ...]:
        """See `ocr.engines.base.Engine`; script and knowledge change nothing here."""
        folder = tessdata_folder(language)

        def read_lines(strips: Sequence[NDArray[np.uint8]]) -> list[list[ReadWord]]:
            return _read_lines(strips, language, folder)

        return read_cells(pixels, cells, read_lines)


def _read_lines(strips: Sequence[NDArray[np.uint8]], language: str, tessdata: Path) -> list[list[ReadWord]]:
    """All strips in one call: the program takes a list of images and numbers their pages."""
    if not strips:
        return []
    with tempfile.TemporaryDirectory(prefix="feuillet-") as folder:
        listing = _written(strips, Path(folder))
        options = f'--psm 7 --oem 1 --dpi 300 --tessdata-dir "{tessdata}" -c tessedit_do_invert=0'
        try:
            table: dict[str, list[Any]] = pytesseract.image_to_data(
                str(listing),
                lang=language,
                config=options,
                timeout=_SECONDS,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractNotFoundError:
            raise MissingProgramError("Tesseract is not installed", advice=_ADVICE) from None
        except pytesseract.TesseractError as error:
            raise EngineError(f"Tesseract failed: {str(error).splitlines()[0][:200]}") from None
        except RuntimeError:
            raise EngineTimeoutError(f"Tesseract took longer than {_SECONDS} s for a page") from None
    return _words(table, len(strips))


def _written(strips: Sequence[NDArray[np.uint8]], folder: Path) -> Path:
    """The strips as files, and the list that names them."""
    names = []
    for number, strip in enumerate(strips):
        name = folder / f"{number:05d}.pgm"
        cv2.imwrite(str(name), strip)
        names.append(str(name))
    listing = folder / "strips.txt"
    listing.write_text("\n".join(names) + "\n", encoding="utf-8")
    return listing


def _words(table: dict[str, list[Any]], count: int) -> list[list[ReadWord]]:
    lines: list[list[ReadWord]] = [[] for _ in range(count)]
    for page, level, left, width, confidence, text in zip(
        *(table[key] for key in ("page_num", "level", "left", "width", "conf", "text")), strict=True
    ):
        if int(level) == 5 and str(text).strip() and 1 <= int(page) <= count:
            word = ReadWord(str(text).strip(), int(left), int(left) + int(width), float(confidence) / 100)
            lines[int(page) - 1].append(word)
    return lines
