"""Tesseract in process, through tesserocr: one reader object per process and language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tesserocr
from numpy.typing import NDArray

from ocr.engines.linereader import ReadWord, read_cells
from ocr.engines.tessdata import language_advice, model_mark, tessdata_folder
from registers.document import CellText
from registers.errors import EngineError, MissingProgramError
from registers.geometry import Quad
from registers.knowledge import Acceptor
from registers.register import Script


class Tesseract:
    """The `tesseract` engine; not safe for threads."""

    name = "tesseract"

    def __init__(self) -> None:
        self._readers: dict[str, Any] = {}

    @property
    def version(self) -> str:
        program = tesserocr.tesseract_version().split()[1]
        return f"tesseract {program} {model_mark('fra')}"

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
        reader = self._reader(language)

        def read_lines(strips: Sequence[NDArray[np.uint8]]) -> list[list[ReadWord]]:
            return [_read_line(reader, strip) for strip in strips]

        return read_cells(pixels, cells, read_lines)

    def _reader(self, language: str) -> Any:
        if language not in self._readers:
            folder = tessdata_folder(language)
            try:
                self._readers[language] = tesserocr.PyTessBaseAPI(
                    path=str(folder),
                    lang=language,
                    psm=tesserocr.PSM.SINGLE_LINE,
                    oem=tesserocr.OEM.LSTM_ONLY,
                    # Reading doubtful words once more as light on dark doubles their time for nothing.
                    variables={"invert_threshold": "0", "tessedit_do_invert": "0"},
                )
            except RuntimeError:
                raise MissingProgramError(
                    f"Tesseract cannot load its language {language!r}", advice=language_advice(language)
                ) from None
        return self._readers[language]


def _read_line(reader: Any, strip: NDArray[np.uint8]) -> list[ReadWord]:
    height, width = strip.shape
    try:
        reader.SetImageBytes(strip.tobytes(), width, height, 1, width)
        reader.SetSourceResolution(300)
        if not reader.Recognize():
            return []
    except RuntimeError as error:
        raise EngineError(f"Tesseract failed on a line: {error}") from None
    words = []
    iterator = reader.GetIterator()
    if iterator is None:
        return []
    level = tesserocr.RIL.WORD
    for word in tesserocr.iterate_level(iterator, level):
        if word.Empty(level):
            continue
        text = word.GetUTF8Text(level).strip()
        box = word.BoundingBox(level)
        if text and box is not None:
            words.append(ReadWord(text, box[0], box[2], word.Confidence(level) / 100.0))
    return words
