"""What a model that is learning a hand gives itself to learn from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.lines import HEIGHT
from ocr.training.adapt import Transcribed
from registers.document import CellText
from registers.knowledge import Holds
from services import guess
from tests.services.test_vouched import cell


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Carel - Louise", ["Carel"]),
        ("Carel, Louise", ["Carel,"]),
        ("Carel (Louise)", ["Carel"]),
        ("Carel(Louise)", []),
    ],
)
def test_a_surname_is_labelled_with_what_is_left_of_its_line(
    monkeypatch: pytest.MonkeyPatch, text: str, labels: list[str]
) -> None:
    monkeypatch.setattr(guess, "beginning", lambda pixels, *_: pixels)
    pixels, scores = np.full((HEIGHT, 90), 255, np.uint8), np.zeros((9, 9), np.float32)
    found = guess._surnames([(cell(Holds.FULL_NAME), pixels)], [scores], [CellText(text, 0.9)])
    assert [line.text for line in found] == labels


def test_pages_are_read_while_there_is_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[str] = []

    def page(_self: guess.Guesser, lines: list[guess.Line], _engine: object) -> list[Transcribed]:
        read.append(lines[0][0].page_id)
        return [Transcribed(lines[0][1], "Carel", lines[0][0].page_id)]

    monkeypatch.setattr(guess, "HandwritingEngine", lambda folder: None)
    monkeypatch.setattr(guess.Guesser, "_page", page)
    pixels = np.full((HEIGHT, 90), 255, np.uint8)
    pages = [f"page {number}" for number in range(9)]
    cells = [replace(cell(Holds.DATE), page_id=name, entry_id=name) for name in pages]
    guesser = guess.Guesser([(one, pixels) for one in cells], alphabetical=False)
    times = iter([True, True, True, False])
    assert [line.page for line in guesser(tmp_path, lambda: next(times))] == read
    assert len(read) == 3 and read != pages[:3]
    assert guesser(tmp_path, lambda: False) == []
    read.clear()
    assert len(guesser(tmp_path, lambda: True)) == 9 and sorted(read) == pages
