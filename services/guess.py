"""Cells of pages that nobody has checked yet, read anew by a model that is learning their hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ner.knowledge import SectionKnowledge
from ocr.engines.handwriting import HandwritingEngine
from ocr.handwriting.recogniser import Recogniser
from ocr.training.adapt import Transcribed
from registers.document import CellText
from registers.knowledge import Holds
from services.vouched import HandCell

_CLOSED = frozenset({Holds.DATE})
"""What a model may be taken at its word for: of dates that it is sure of, 97 of 100 are right, while surnames
that it makes up from a lexicon teach it nothing."""

Line = tuple[HandCell, NDArray[np.uint8]]


class Guesser:
    """Gives the lines that a model in a folder is sure of (ocr.training.adapt.Guess)."""

    def __init__(self, lines: Sequence[Line], sure: float) -> None:
        self._pages: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            self._pages[line[0].page_id].append(line)
        self._sure = sure

    def __call__(self, folder: Path) -> list[Transcribed]:
        recogniser, engine = Recogniser(folder), HandwritingEngine(folder)
        return [found for lines in self._pages.values() for found in self._page(lines, recogniser, engine)]

    def _page(
        self, lines: Sequence[Line], recogniser: Recogniser, engine: HandwritingEngine
    ) -> Iterator[Transcribed]:
        scores = recogniser.score([pixels for _, pixels in lines])
        columns: dict[int, tuple[str, list[str]]] = {}
        for (hand, _), line in zip(lines, scores, strict=True):
            columns.setdefault(hand.cell.column, (hand.header, []))[1].append(engine.greedy(line))
        first = lines[0][0]
        shown = [columns.get(index, ("", [])) for index in range(max(columns) + 1)]
        knowledge = SectionKnowledge(first.period, columns=first.columns).after(shown)
        acceptors = [knowledge.of_column(hand.cell.column, hand.header) for hand, _ in lines]
        texts = engine.decode(scores, acceptors)
        for (hand, pixels), text in zip(lines, texts, strict=True):
            if hand.holds in _CLOSED and self._is_sure(text):
                yield Transcribed(pixels, text.text, hand.page_id)

    def _is_sure(self, text: CellText) -> bool:
        return bool(text.text) and text.confidence is not None and text.confidence >= self._sure
