"""What a model that is learning a hand gives itself to learn from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.lines import HEIGHT
from ocr.training.adapt import Transcribed
from registers.document import CellText
from registers.knowledge import Holds
from services import guess
from services.vouched import HandCell
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
    found = guess._surnames([((cell(Holds.FULL_NAME), pixels), scores, CellText(text, 0.9))])
    assert [line.text for line in found] == labels


def test_pages_are_read_while_there_is_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[str] = []

    def page(_self: guess.Guesser, lines: list[guess.Line], _engine: object) -> list[Transcribed]:
        read.append(lines[0][0].page_id)
        return [Transcribed(lines[0][1], "Carel", lines[0][0].page_id, lines[0][0].entry_id)]

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


def _see(lines: list[object]) -> list[SimpleNamespace]:
    return [SimpleNamespace(scores=line) for line in lines]


@pytest.mark.parametrize("alphabetical", [True, False])
def test_what_is_learnt_from_already_is_decoded_and_not_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, alphabetical: bool
) -> None:
    decoded: list[str] = []

    def decode(cells: list[HandCell], *_: object) -> list[CellText]:
        decoded.extend(hand.entry_id for hand in cells)
        return [CellText("3 mai 1906" if hand.holds is Holds.DATE else "Carel", 0.9) for hand in cells]

    monkeypatch.setattr(guess, "HandwritingEngine", lambda folder: SimpleNamespace(see=_see))
    monkeypatch.setattr(guess, "redecode", decode)
    monkeypatch.setattr(guess, "beginning", lambda pixels, *_: pixels)
    pixels = np.full((HEIGHT, 90), 255, np.uint8)
    dates = [(replace(cell(Holds.DATE), entry_id=f"r:{row}"), pixels) for row in range(4)]
    names = [
        (replace(hand, holds=Holds.SURNAME, cell=replace(hand.cell, column=1)), pixels) for hand, _ in dates
    ]
    guesser = guess.Guesser([*dates, *names], alphabetical=alphabetical, learnt=[dates[1], names[2]])
    given = [(line.row, line.text) for line in guesser(tmp_path, lambda: True)]
    assert len(decoded) == 8
    assert [row for row, text in given if text != "Carel"] == ["r:0", "r:2", "r:3"]
    assert [row for row, text in given if text == "Carel"] == (["r:0", "r:1", "r:3"] if alphabetical else [])
