"""The real Tesseract, in process and as a program, behind one contract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ocr.engines import engine_version, forget_engines, load_engine
from ocr.engines.replay import ReplayEngine
from ocr.engines.tessdata import tessdata_folder
from ocr.engines.tesseract import Tesseract
from ocr.engines.tesseract_cli import TesseractCommand
from registers.errors import ConfigurationError, MissingProgramError
from registers.geometry import Box, Quad
from registers.register import Script
from tests.ocr.drawing import COLUMNS, ROWS, Drawn, draw_table

ENGINES = [Tesseract(), TesseractCommand()]


def _quads(drawn: Drawn) -> list[Quad]:
    return [
        Box(
            COLUMNS[column] + 8, top + 3, COLUMNS[column + 1] - COLUMNS[column] - 16, drawn.pitch - 6
        ).to_quad()
        for top in drawn.tops
        for column in range(3)
    ]


@pytest.mark.parametrize("engine", ENGINES, ids=["tesserocr", "command"])
def test_cells_are_read_in_the_order_given(engine: Tesseract | TesseractCommand) -> None:
    drawn = draw_table()
    texts = engine.read(drawn.pixels, _quads(drawn), language="fra", script=Script.PRINT)
    expected = [text for row in ROWS for text in row]
    assert sum(text.text == wanted for text, wanted in zip(texts, expected, strict=True)) >= 29
    assert all(text.confidence is not None and 0 <= text.confidence <= 1 for text in texts)


@pytest.mark.parametrize("engine", ENGINES, ids=["tesserocr", "command"])
def test_empty_cells_stay_empty(engine: Tesseract | TesseractCommand) -> None:
    blank = np.full((300, 600), 238, np.uint8)
    quads = [Box(10, 10, 200, 50).to_quad(), Box(300, 10, 200, 50).to_quad()]
    texts = engine.read(blank, quads, language="fra", script=Script.PRINT)
    assert [text.text for text in texts] == ["", ""]


@pytest.mark.parametrize("mark", ['"', "-", "d°", "id."])
def test_ditto_marks_are_content(mark: str) -> None:
    rows = [("DUBOIS", "Jeanne", "12 mars 1884"), (mark, "Louis", "4 mai 1885")] * 3
    drawn = draw_table(rows)
    texts = load_engine("tesseract").read(drawn.pixels, _quads(drawn), language="fra", script=Script.PRINT)
    assert [texts[3].text, texts[9].text, texts[15].text] == [mark] * 3


def test_a_language_that_is_not_there_names_its_package() -> None:
    with pytest.raises(MissingProgramError, match="tesseract-ocr-xyz"):
        tessdata_folder("xyz")


def test_the_command_stands_in_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEUILLET_TESSERACT", "cli")
    forget_engines()
    try:
        assert isinstance(load_engine("tesseract"), TesseractCommand)
    finally:
        forget_engines()


def test_versions_tell_program_and_model() -> None:
    assert engine_version("tesseract").startswith("tesseract 5")
    assert "fra:" in engine_version("tesseract")


def test_an_unknown_engine_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="telepathy"):
        load_engine("telepathy")


def test_replay_gives_back_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text(
        '{"cells": [{"x": 10, "y": 10, "w": 50, "h": 20, "text": "LEROY", "confidence": 0.8,'
        ' "alternatives": [["LEROI", -2.5]]}]}',
        encoding="utf-8",
    )
    engine = ReplayEngine.from_file(path)
    quads = [Box(0, 0, 100, 40).to_quad(), Box(0, 50, 100, 40).to_quad()]
    first, second = engine.read(np.zeros((100, 100), np.uint8), quads, language="fra", script=Script.AUTO)
    assert (first.text, first.confidence, first.alternatives[0].text) == ("LEROY", 0.8, "LEROI")
    assert second.text == ""


def test_a_replay_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="nothing to replay"):
        ReplayEngine.from_file(path)
