"""Cells that nobody has checked yet, read anew by a model that is learning their hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from ocr.engines.handwriting import HandwritingEngine
from ocr.handwriting.alphabet import normalise
from ocr.handwriting.ctc import Scores
from ocr.handwriting.name_parts import split_name
from ocr.training.adapt import Transcribed
from ocr.training.collage import beginning
from ocr.training.tuning import Left
from registers.document import CellText
from registers.knowledge import Holds
from services.redecode import is_sure_date, redecode
from services.vouched import HandCell

_SURE_IN_ORDER = 0.7
"""From here on a surname in an alphabetical list, which its neighbours confirm, is taken at the model's word:
84 of 100 are then right. Of names that a model is sure of by the line alone only half are, and these teach it
nothing."""
_NAMES = (Holds.FULL_NAME, Holds.SURNAME)
_JOINING = ",-–—("

Line = tuple[HandCell, NDArray[np.uint8]]


class Guesser:
    """Gives the lines that a model in a folder is sure of (ocr.training.adapt.Guess).

    `alphabetical`: the register's names stand in the order of the alphabet. `learnt` are those of the lines
    that the model is adapted from or judged by: they help to decode their pages, and are not given.
    """

    def __init__(self, lines: Sequence[Line], *, alphabetical: bool, learnt: Sequence[Line] = ()) -> None:
        pages: dict[str, list[Line]] = defaultdict(list)
        for line in sorted(lines, key=lambda line: line[0].entry_id):  # a page is read from the top
            pages[line[0].page_id].append(line)
        self._pages = [*pages.values()]
        Random(1).shuffle(self._pages)  # as many as there is time for are from all over the register
        self._alphabetical = alphabetical
        self._learnt = frozenset(_place(hand) for hand, _ in learnt)

    def __call__(self, folder: Path, left: Left) -> list[Transcribed]:
        engine = HandwritingEngine(folder)
        found: list[Transcribed] = []
        for lines in self._pages:
            if not left():
                break
            found += self._page(lines, engine)
        return found

    def _page(self, lines: Sequence[Line], engine: HandwritingEngine) -> Iterator[Transcribed]:
        seen = engine.see([pixels for _, pixels in lines])
        texts = redecode([hand for hand, _ in lines], seen, engine)
        found = [
            (line, one.scores, text)
            for line, one, text in zip(lines, seen, texts, strict=True)
            if _place(line[0]) not in self._learnt
        ]
        for (hand, pixels), _, text in found:
            if is_sure_date(hand, text):
                yield Transcribed(pixels, text.text, hand.page_id, hand.entry_id)
        if self._alphabetical:
            yield from _surnames(found)


def _place(hand: HandCell) -> tuple[str, int]:
    return hand.entry_id, hand.cell.column


def _surnames(found: Sequence[tuple[Line, Scores, CellText]]) -> Iterator[Transcribed]:
    """The neighbours speak for surnames alone: what follows these on the line is cut off."""
    for (hand, pixels), line, text in found:
        if hand.holds not in _NAMES or not text.text or (text.confidence or 0.0) < _SURE_IN_ORDER:
            continue
        surname = split_name(text.text)[0] if hand.holds is Holds.FULL_NAME else text.text
        count = len(surname.split())
        kept = " ".join(normalise(text.text).split(" ")[:count])
        if kept.rstrip(_JOINING) != normalise(surname):  # "Martin(Jean)" is one word
            continue
        part = beginning(pixels, text.text, line, count)
        if part is not None:
            yield Transcribed(part, kept, hand.page_id, hand.entry_id)
