"""Typed tables with a column filled in by hand: by a drawn pen, and by a real hand where its lines are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from ocr.handwriting.lines import prepare
from ocr.read import read_pixels
from ocr.training.data import read_lines
from ocr.training.digits import DigitHand
from registers.document import PageOutcome, PageReading, Scan
from registers.settings import ReadSettings
from tests.ocr.drawing import COLUMNS, ROWS, Pixels, draw_table

NAMES = [(surname, given, "") for surname, given, _ in ROWS]


def _page(pixels: Pixels, engine: str = "auto") -> PageReading:
    height, width = pixels.shape
    settings = ReadSettings(settle_seconds=0, engine=engine)
    (page,) = read_pixels(Scan("drawn.png", "0" * 64, 0, 1, width, height), pixels, settings).pages
    return page


def _column(page: PageReading, column: int) -> list[str]:
    (table,) = page.tables
    return [
        next((cell.text for cell in table.cells_of(row.index) if cell.column == column), "")
        for row in table.rows
    ]


def _paste(pixels: Pixels, line: Pixels, left: int, top: int) -> None:
    height, width = line.shape
    place = pixels[top : top + height, left : left + width]
    np.minimum(place, line, out=place)


def _likeness(read: Sequence[str], written: Sequence[str]) -> float:
    return float(np.mean([SequenceMatcher(None, a, b).ratio() for a, b in zip(read, written, strict=True)]))


def _with_penned_dates(seed: int) -> tuple[Pixels, list[str]]:
    drawn, chance = draw_table(NAMES), random.Random(seed)
    pixels, hand, dates = drawn.pixels.copy(), DigitHand.drawn(chance), []
    for top in drawn.tops:
        left, words = (
            COLUMNS[2] + 20,
            [chance.randint(1, 28), chance.randint(1, 12), chance.randint(1883, 1892)],
        )
        dates.append(" ".join(map(str, words)))
        for word in dates[-1].split():
            number = hand.write(word, 30.0, chance)
            inked = np.flatnonzero((number < 200).any(axis=0))
            number = number[:, inked[0] : inked[-1] + 1]
            _paste(pixels, number, left, top - 14)
            left += number.shape[1] + 22
    return pixels, dates


def test_a_pens_numbers_beside_typed_names_are_read_as_handwriting() -> None:
    pixels, dates = _with_penned_dates(1)
    page = _page(pixels)
    assert page.page.outcome is PageOutcome.READ
    assert "tesseract" in page.page.engine and "handwriting" in page.page.engine
    assert _likeness(_column(page, 0), [row[0] for row in ROWS]) > 0.9
    assert _likeness(_column(page, 2), dates) > 0.6
    assert page.tables[0].columns[2].header == "DATES DES ACTES"


def test_asked_for_tesseract_nothing_else_reads() -> None:
    pixels, _ = _with_penned_dates(1)
    assert "handwriting" not in _page(pixels, "tesseract").page.engine


def test_a_typed_page_is_left_to_the_engine_for_print() -> None:
    page = _page(draw_table().pixels)
    assert "handwriting" not in page.page.engine
    assert _column(page, 2) == [row[2] for row in ROWS]


def test_a_hands_words_beside_typed_names_are_read_as_handwriting(shared_data: Path) -> None:
    wide, written = [], []
    for pixels, text, _ in read_lines(shared_data / "handwriting" / "lines-lectaurep.tar"):
        line = prepare(pixels)
        if 180 < line.shape[1] < 340 and text.replace(" ", "").isalpha():
            wide.append(line)
            written.append(text)
        if len(wide) == len(ROWS):
            break
    drawn = draw_table(NAMES)
    pixels = drawn.pixels.copy()
    for line, top in zip(wide, drawn.tops, strict=True):
        _paste(pixels, line, COLUMNS[2] + 15, top + 8)
    page = _page(pixels)
    assert "tesseract" in page.page.engine and "handwriting" in page.page.engine
    assert _likeness(_column(page, 0), [row[0] for row in ROWS]) > 0.9
    # The form's own print and "de" or "des" do not say how a hand is read.
    words = [pair for pair in zip(_column(page, 2), written, strict=True) if len(pair[1]) > 4]
    read, meant = zip(*(pair for pair in words if not pair[1].isupper()), strict=True)
    assert len(meant) >= 4
    assert _likeness(read, meant) > 0.8
