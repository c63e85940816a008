"""Scans read end to end: the committed samples against their gold, and what must stay unread."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from ocr.intake import load_pixels, open_scans
from ocr.read import read_pixels, reading_version
from registers.document import PageClass, PageOutcome, Scan, ScanReading, Side
from registers.errors import EngineTimeoutError
from registers.register import Script
from registers.settings import ReadSettings
from tests.ocr.drawing import ROWS, Pixels, draw_table, turned

SETTINGS = ReadSettings(settle_seconds=0, engine="tesseract")


def _read(pixels: Pixels, settings: ReadSettings = SETTINGS, script: Script = Script.AUTO) -> ScanReading:
    height, width = pixels.shape[:2]
    return read_pixels(Scan("drawn.png", "0" * 64, 0, 1, width, height), pixels, settings, script=script)


def _read_file(path: Path) -> ScanReading:
    scan = open_scans(path, SETTINGS)[0]
    return read_pixels(scan, load_pixels(scan, SETTINGS), SETTINGS)


def _texts(reading: ScanReading) -> list[list[str]]:
    return [
        [cell.text for cell in table.cells_of(row.index)]
        for page in reading.pages
        for table in page.tables
        for row in table.rows
    ]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("degrees", [0.0, 1.6])
def test_a_drawn_table_is_read_to_the_letter(ruled: bool, degrees: float) -> None:
    pixels = turned(draw_table(vertical=ruled, horizontal=ruled).pixels, degrees)
    reading = _read(pixels)
    (page,) = reading.pages
    assert page.page.outcome is PageOutcome.READ
    assert page.page.titles[0] == "TABLE DES NAISSANCES"
    assert [column.header for column in page.tables[0].columns] == ["NOMS", "PRENOMS", "DATES DES ACTES"]
    assert _texts(reading) == [list(row) for row in ROWS]


def test_rows_lie_on_the_original_where_they_were_drawn() -> None:
    drawn = draw_table()
    surround = np.full((1700, 1900), 6, np.uint8)
    surround[200:1500, 300:1700] = drawn.pixels
    (page,) = _read(surround).pages
    for row, top in zip(page.tables[0].rows, drawn.tops, strict=True):
        bounds = row.quad.bounds
        assert abs(bounds.y - (200 + top)) < 10
        assert abs(bounds.bottom - (200 + top + drawn.pitch)) < 10
        assert abs(bounds.x - 420) < 10


def test_a_page_upside_down_is_turned_and_its_places_are_the_scans() -> None:
    drawn = draw_table()
    (page,) = _read(np.ascontiguousarray(drawn.pixels[::-1, ::-1])).pages
    assert page.page.rotation == 180
    assert len(page.tables[0].rows) == len(ROWS)
    middle = page.tables[0].rows[0].quad.bounds
    assert abs(middle.y - (1300 - drawn.tops[0] - drawn.pitch)) < 10


def test_headings_between_rows_begin_tables_of_their_own() -> None:
    rows = [*ROWS[:5], ("", "     MARIAGES", ""), *ROWS[5:]]
    (page,) = _read(draw_table(rows, vertical=False, horizontal=False).pixels).pages
    assert [len(table.rows) for table in page.tables] == [5, 5]
    assert page.tables[1].title == "MARIAGES"
    assert page.tables[1].row_offset == 5


def test_nothing_comes_of_nothing_and_of_noise() -> None:
    blank = _read(np.full((1200, 900), 245, np.uint8)).pages[0]
    noise = _read(np.random.default_rng(2).integers(0, 256, (1200, 900), dtype=np.uint8)).pages[0]
    assert (blank.page.outcome, blank.page.page_class) == (PageOutcome.BLANK, PageClass.BLANK)
    assert noise.page.outcome is PageOutcome.NO_TABLE
    assert not blank.tables
    assert not noise.tables


def test_a_register_of_handwriting_is_not_read_as_type() -> None:
    (page,) = _read(draw_table().pixels, script=Script.HANDWRITING).pages
    assert page.page.outcome is PageOutcome.HANDWRITING
    assert not page.tables


def test_a_page_that_takes_too_long_fails() -> None:
    with pytest.raises(EngineTimeoutError):
        _read(draw_table().pixels, ReadSettings(page_seconds=-1, engine="tesseract"))


def test_the_version_changes_with_what_decides_a_reading() -> None:
    usual = reading_version(SETTINGS)
    assert usual == reading_version(ReadSettings(engine="tesseract", page_seconds=5))
    assert usual != reading_version(ReadSettings(engine="tesseract", pdf_dpi=200))


@pytest.mark.parametrize(
    ("register", "scans"), [("naissances-1923-1932", 2), ("mariages-1962", 1), ("naissances-1903-1912", 1)]
)
def test_samples_are_read_as_their_gold_says(samples_folder: Path, register: str, scans: int) -> None:
    folder = samples_folder / "registers" / register
    gold: dict[tuple[str, str], list[dict[str, str]]] = {}
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            gold.setdefault((row["image"], row["side"]), []).append(row)
    files = sorted(path for path in folder.iterdir() if path.suffix in {".jpg", ".png"})[:scans]
    found = wanted = names = 0
    for file in files:
        for page in _read_file(file).pages:
            rows = _texts(ScanReading(Scan("", "", 0, 1, 1, 1), (page,)))
            expected = gold.get((file.name, page.page.side.value), [])
            wanted += len(expected)
            found += len(rows)
            for texts, row in zip(rows, expected, strict=False):
                names += row["given_names"] in " ".join(texts)
    assert wanted
    assert found == wanted
    assert names >= 0.9 * wanted


def test_real_handwriting_is_kept_with_its_sides_and_banner(shared_data: Path) -> None:
    file = shared_data / "handwriting" / "lyon" / "page48_G.png"
    reading = _read_file(file)
    assert [page.page.side for page in reading.pages] == [Side.LEFT, Side.RIGHT]
    assert all(page.page.outcome is PageOutcome.HANDWRITING for page in reading.pages)
    assert all(page.page.page_class is PageClass.TABLE for page in reading.pages)
    assert not any(page.tables for page in reading.pages)
    assert any("2E2617" in line.replace(" ", "") and "Vue" in line for line in reading.banner)


def test_real_typed_sheets_give_rows_and_the_legend_none(shared_data: Path) -> None:
    folder = shared_data / "printed" / "typed"
    sheet = _read_file(folder / "FRAN_0011_11084_L-medium.jpg")
    legend = _read_file(folder / "FRAN_0011_11082_L-medium.jpg")
    rows = _texts(sheet)
    assert len(rows) == 16
    assert rows[0][-1].replace(" ", "").startswith("DOUCET,")
    assert legend.pages[0].page.outcome is PageOutcome.NO_TABLE
