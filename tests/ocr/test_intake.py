"""Files in, one clear line for each that cannot be; the bad ones are the samples' twenty kinds."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.intake import is_scan, is_sidecar, load_pixels, open_scans
from registers.document import PageOutcome
from registers.errors import ForeignFileError, GrowingFileError, ScanError, UnreadableScanError
from registers.settings import ReadSettings
from samples.generator.bad_input import FOLDER, growing_file, write_bad_inputs

SETTINGS = ReadSettings(settle_seconds=0)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, str]]:
    folder = tmp_path_factory.mktemp("bad")
    return folder, write_bad_inputs(folder)


def test_every_bad_file_gives_its_own_error_and_an_advice(bad: tuple[Path, Mapping[str, str]]) -> None:
    folder, expected = bad
    codes = {error.code for error in ScanError.__subclasses__()}
    for name, outcome in expected.items():
        if outcome not in codes:
            continue
        with pytest.raises(ScanError) as caught:
            for scan in open_scans(folder / name, SETTINGS):
                load_pixels(scan, SETTINGS)
        assert caught.value.code == outcome, name
        assert caught.value.advice
        assert "\n" not in caught.value.message


def test_odd_but_whole_files_come_in_upright(bad: tuple[Path, Mapping[str, str]]) -> None:
    folder, expected = bad
    for name in (name for name, outcome in expected.items() if outcome == PageOutcome.READ):
        (scan,) = open_scans(folder / name, SETTINGS)
        pixels = load_pixels(scan, SETTINGS)
        assert pixels.dtype == np.uint8
        assert pixels.shape[:2] == (scan.height, scan.width), name
        assert scan.height > scan.width


def test_a_folder_is_no_scan(bad: tuple[Path, Mapping[str, str]]) -> None:
    folder, expected = bad
    for name in (name for name, outcome in expected.items() if outcome == FOLDER):
        with pytest.raises(ForeignFileError):
            open_scans(folder / name, SETTINGS)


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("one.png", "1"),
        ("palette.png", "P"),
        ("alpha.png", "RGBA"),
        ("grey.jpg", "L"),
        ("wave.jp2", "L"),
        ("web.webp", "RGB"),
    ],
)
def test_every_kind_of_pixels_becomes_eight_bits(tmp_path: Path, name: str, mode: str) -> None:
    page = Image.new("L", (120, 200), 255)
    page.paste(0, (20, 20, 100, 60))
    page.convert(mode).save(tmp_path / name)
    (scan,) = open_scans(tmp_path / name, SETTINGS)
    pixels = load_pixels(scan, SETTINGS)
    assert pixels.shape[:2] == (200, 120)
    assert pixels[40, 60].max() < 40
    assert pixels[150, 60].min() > 215


def test_pages_of_a_tiff_are_scans_of_one_file(tmp_path: Path) -> None:
    pages = [Image.new("L", (100 + 10 * n, 80), 255) for n in range(3)]
    pages[0].save(tmp_path / "volume.tif", save_all=True, append_images=pages[1:])
    scans = open_scans(tmp_path / "volume.tif", SETTINGS)
    assert [scan.width for scan in scans] == [100, 110, 120]
    assert len({scan.id for scan in scans}) == 3
    assert scans[2].image == "volume_p0003.tif"
    assert load_pixels(scans[1], SETTINGS).shape == (80, 110)


def test_a_pdf_of_scans_is_rendered_at_their_own_resolution(tmp_path: Path) -> None:
    Image.new("L", (850, 1100), 255).save(tmp_path / "volume.pdf", resolution=200.0)
    (scan,) = open_scans(tmp_path / "volume.pdf", SETTINGS)
    assert (scan.width, scan.height, scan.dpi) == (850, 1100, 200.0)
    assert load_pixels(scan, SETTINGS).shape[:2] == (1100, 850)


def test_a_file_that_grows_is_left_for_later(tmp_path: Path) -> None:
    with growing_file(tmp_path / "copying.jpg"), pytest.raises(GrowingFileError):
        open_scans(tmp_path / "copying.jpg", ReadSettings(settle_seconds=0.3))


def test_a_fresh_file_that_rests_is_taken(tmp_path: Path) -> None:
    Image.new("L", (100, 80), 255).save(tmp_path / "fresh.png")
    os.utime(tmp_path / "fresh.png", (time.time(), time.time()))
    assert len(open_scans(tmp_path / "fresh.png", ReadSettings(settle_seconds=0.2))) == 1


def test_a_vanished_file_says_so(tmp_path: Path) -> None:
    Image.new("L", (100, 80), 255).save(tmp_path / "here.png")
    (scan,) = open_scans(tmp_path / "here.png", SETTINGS)
    (tmp_path / "here.png").unlink()
    with pytest.raises(UnreadableScanError, match="no longer there"):
        load_pixels(scan, SETTINGS)


def test_what_is_meant_as_a_scan() -> None:
    assert is_scan(Path("Vue 12.JPG"))
    assert is_scan(Path("volume.pdf"))
    assert not is_scan(Path(".cache.jpg"))
    assert not is_scan(Path("page.xml"))
    assert is_sidecar(Path("page.xml"))
    assert is_sidecar(Path("register.toml"))
    assert is_sidecar(Path(".DS_Store"))
    assert not is_sidecar(Path("film.mov"))
