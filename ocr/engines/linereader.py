"""What the two Tesseract engines share: rows to strips, words back to cells, marks told by shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ocr.engines.marks import Writing, ditto_of, mark_in, writing_of
from ocr.engines.rowstrips import CellInk, Strip, compose, cut_cells, strips_of
from registers.document import CellText
from registers.geometry import Quad

_DOUBTFUL = 0.55  # a short reading below this is tried again by itself
_SHORT = 3  # characters
_SECOND_SCALE = 2.0
_LONG = 5.0  # of the height of the ink
_MARK_CONFIDENCE = 0.9
# "1er" in every typeface whose 1 looks like an l; no French word begins so.
_DITTO = re.compile(r"^([dD])[’'\"”“º*](?=[\s(]|$)")
_FIRST = re.compile(r"(?<!\S)[lI|]\s?er(?=\s|$)")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word on a strip: where along x, and how sure the reader is, 0 to 1."""

    text: str
    left: float
    right: float
    confidence: float


LineReader = Callable[[Sequence[NDArray[np.uint8]]], list[list[ReadWord]]]


def read_cells(
    pixels: NDArray[np.uint8], quads: Sequence[Quad], read_lines: LineReader
) -> tuple[CellText, ...]:
    """Reads cells row by row with a reader of lines; doubtful short cells once more by themselves."""
    cut = cut_cells(pixels, quads)
    strips = strips_of(quads, cut)
    texts = [CellText("") for _ in quads]
    alone: list[tuple[CellInk, Writing]] = []
    for strip, words in zip(strips, read_lines([strip.pixels for strip in strips]), strict=True):
        writing = _writing(strip)
        whole = [word for word in words if not _runs_together(strip, word)]
        for cell, text in zip(strip.cells, _by_cell(strip, whole), strict=True):
            texts[cell.index] = _judged(cell, text, writing)
            if _again(texts[cell.index]):
                alone.append((cell, writing))
    second = read_lines([_by_itself(cell) for cell, _ in alone]) if alone else []
    for (cell, writing), words in zip(alone, second, strict=True):
        found = _judged(cell, _joined(words), writing)
        if _better(found, texts[cell.index]):
            texts[cell.index] = found
    return tuple(_repaired(text) for text in texts)


def _writing(strip: Strip) -> Writing:
    return writing_of([cell.ink for cell in strip.cells if cell.ink is not None], strip.pixels.shape[0])


def _by_itself(cell: CellInk) -> NDArray[np.uint8]:
    """A cell on a strip of its own; a short one larger, a long one reads best as it is."""
    tall = max(1, cell.bottom - cell.top)
    return compose([cell], _SECOND_SCALE if cell.width < _LONG * tall else 1.0).pixels


def _runs_together(strip: Strip, word: ReadWord) -> bool:
    """Whether a word was made of several cells, as from the numbers 1, 2, 3 beside each other."""
    quarter = (word.right - word.left) / 4
    left, right = word.left + quarter, word.right - quarter
    return strip.cell_at(left, left) != strip.cell_at(right, right)


def _by_cell(strip: Strip, words: Sequence[ReadWord]) -> list[CellText]:
    groups: list[list[ReadWord]] = [[] for _ in strip.cells]
    for word in words:
        groups[strip.cell_at(word.left, word.right)].append(word)
    return [_joined(group) for group in groups]


def _joined(words: Sequence[ReadWord]) -> CellText:
    text = " ".join(word.text for word in words)
    if not text:
        return CellText("")
    weights = [len(word.text) for word in words]
    confidence = sum(w.confidence * n for w, n in zip(words, weights, strict=True)) / sum(weights)
    return CellText(text, round(confidence, 4))


def _judged(cell: CellInk, text: CellText, writing: Writing) -> CellText:
    """The reading, or the mark that the ink's shape shows to be all that the cell holds."""
    if cell.ink is None or len(text.text) > _SHORT + 1:
        return text
    mark = mark_in(cell.ink, writing)
    if mark is not None and text.text != mark:
        return CellText(mark, _MARK_CONFIDENCE, raw_text=text.text, changed_by="shape of the mark")
    ditto = ditto_of(text.text, cell.ink, writing)
    if ditto is not None and ditto != text.text:
        return CellText(ditto, _MARK_CONFIDENCE, raw_text=text.text, changed_by="shape of the mark")
    return text


def _again(text: CellText) -> bool:
    if text.changed_by:
        return False
    return not text.text or (len(text.text) <= _SHORT and (text.confidence or 0) < _DOUBTFUL)


def _better(second: CellText, first: CellText) -> bool:
    return bool(second.text) and (second.confidence or 0) > (first.confidence or 0)


def _repaired(text: CellText) -> CellText:
    """ "ler" made "1er", a leading "d'" made "d°"; the reader's own text is kept beside it."""
    better = _DITTO.sub(r"\1°", _FIRST.sub("1er", text.text))
    if better == text.text:
        return text
    return replace(text, text=better, raw_text=text.raw_text or text.text, changed_by="sign")
