"""Twenty kinds of bad input, each one what it claims to be."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from registers.document import PageOutcome
from registers.errors import ScanError
from samples.generator.bad_input import FOLDER, growing_file, write_bad_inputs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bad")


@pytest.fixture(scope="module")
def expected(folder: Path) -> Mapping[str, str]:
    return write_bad_inputs(folder)


def test_every_file_is_there_and_none_is_unnamed(folder: Path, expected: Mapping[str, str]) -> None:
    assert {path.name for path in folder.iterdir()} == set(expected)


def test_there_are_twenty_bad_ones_and_some_that_must_be_read(expected: Mapping[str, str]) -> None:
    codes = {error.code for error in ScanError.__subclasses__()}
    outcomes = {outcome.value for outcome in PageOutcome}
    assert set(expected.values()) <= codes | outcomes | {FOLDER}
    assert sum(outcome != PageOutcome.READ for outcome in expected.values()) >= 20
    assert sum(outcome == PageOutcome.READ for outcome in expected.values()) >= 5
    assert codes - set(expected.values()) <= {"scan_growing"}


def test_the_files_to_be_read_open(folder: Path, expected: Mapping[str, str]) -> None:
    for name, outcome in expected.items():
        if outcome == PageOutcome.READ:
            with Image.open(folder / name) as scan:
                scan.load()
                assert min(scan.size) > 1000


def test_the_bomb_is_small_on_disk_and_huge_unpacked(folder: Path, expected: Mapping[str, str]) -> None:
    assert "bombe.png" in expected
    assert (folder / "bombe.png").stat().st_size < 500_000
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(folder / "bombe.png") as scan:
            assert scan.size[0] * scan.size[1] == 900_000_000
    finally:
        Image.MAX_IMAGE_PIXELS = limit


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_the_locked_pdf_opens_with_its_password_only(folder: Path, expected: Mapping[str, str]) -> None:
    assert "chiffre.pdf" in expected
    locked = ["pdfinfo", str(folder / "chiffre.pdf")]
    refused = subprocess.run(locked, capture_output=True, text=True, check=False)
    assert refused.returncode != 0 and "password" in refused.stderr.lower()
    opened = subprocess.run([*locked, "-upw", "secret"], capture_output=True, text=True, check=True)
    assert "Pages:           1" in opened.stdout


def test_a_growing_file_grows_until_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "en-cours.jpg"
    with growing_file(path, seconds_between=0.005):
        first = path.stat().st_size
        while path.stat().st_size == first:
            pass
    settled = path.stat().st_size
    assert settled > first
    assert path.stat().st_size == settled
