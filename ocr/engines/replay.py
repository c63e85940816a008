"""Reads from a file instead of from pixels: for tests, and to repeat a reading made elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registers.document import Alternative, CellText
from registers.errors import ConfigurationError
from registers.geometry import Box, Quad
from registers.knowledge import Acceptor
from registers.register import Script

_VARIABLE = "FEUILLET_REPLAY"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A text and the box that it stands in."""

    box: Box
    text: CellText


class ReplayEngine:
    """Gives each cell the texts whose boxes have their middle in it, left to right.

    The file is JSON: `{"cells": [{"x", "y", "w", "h", "text", "confidence"?, "alternatives"?}]}` in
    pixels of the page; alternatives are pairs of text and score.
    """

    name = "replay"

    def __init__(self, texts: Sequence[Replayed], version: str = "replay") -> None:
        self._texts = tuple(texts)
        self.version = version

    @classmethod
    def from_file(cls, path: Path) -> ReplayEngine:
        """Raises ConfigurationError when the file is missing or not of that shape."""
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            return cls([_replayed(cell) for cell in cells])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{path.name} holds nothing to replay: {error}") from None

    @classmethod
    def from_environment(cls) -> ReplayEngine:
        """The file that FEUILLET_REPLAY names. Raises ConfigurationError."""
        name = os.environ.get(_VARIABLE, "")
        if not name:
            raise ConfigurationError("the replay engine has no file", advice=f"set {_VARIABLE} to one")
        return cls.from_file(Path(name))

    def read(
        self,
        pixels: NDArray[np.uint8],
        cells: Sequence[Quad],
        *,
        language: str,
        script: Script,
        knowledge: Sequence[Acceptor | None] = (),
    ) -> tuple[CellText, ...]:
        """See `ocr.engines.base.Engine`."""
        return tuple(self._in(quad.bounds) for quad in cells)

    def _in(self, box: Box) -> CellText:
        inside = [item for item in self._texts if _holds(box, item.box)]
        inside.sort(key=lambda item: (item.box.x, item.box.y))
        if len(inside) == 1:
            return inside[0].text
        known = [item.text.confidence for item in inside if item.text.confidence is not None]
        return CellText(" ".join(item.text.text for item in inside), min(known, default=None))


def _holds(box: Box, inner: Box) -> bool:
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return box.x <= x < box.right and box.y <= y < box.bottom


def _replayed(cell: dict[str, object]) -> Replayed:
    x, y, width, height = (int(float(str(cell[key]))) for key in ("x", "y", "w", "h"))
    confidence = cell.get("confidence")
    pairs = cell.get("alternatives") or []
    if not isinstance(pairs, list):
        raise TypeError("alternatives must be a list")
    return Replayed(
        Box(x, y, width, height),
        CellText(
            str(cell["text"]),
            None if confidence is None else float(str(confidence)),
            tuple(Alternative(str(text), float(score)) for text, score in pairs),
        ),
    )
