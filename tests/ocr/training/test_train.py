"""Which lines a training works with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.lines import HEIGHT
from ocr.handwriting.recogniser import SHIPPED
from ocr.training import train
from ocr.training.data import LineSet, collect
from tests.ocr.training.test_data import stored_tar


def made(count: int, text: str) -> LineSet:
    """Lines as typefaces or a hand's digits would give them."""
    return collect((np.full((HEIGHT, 60), 255, np.uint8), text, "made/page") for _ in range(count))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three real lines; others are made at once."""
    folder = tmp_path / "data" / "handwriting"
    folder.mkdir(parents=True)
    stored_tar(folder, {f"p{number}/0.webp": f"Ligne {number}" for number in range(3)})
    monkeypatch.setattr(train, "load_names", lambda _: None)
    monkeypatch.setattr(train, "synthesise", lambda _names, fonts, count, seed: made(count, f"s {seed}"))
    monkeypatch.setattr(train, "penned", lambda _names, fonts, count, seed: made(count, f"p {seed}"))
    monkeypatch.setattr(train, "dates_of_pages", lambda _lines, _score, count, *_: made(count, "d"))
    return folder.parent


def texts(data: Path, *arguments: object) -> tuple[str, ...]:
    options = train._options().parse_args(["--data", str(data), *map(str, arguments)])
    return train.training_lines(options, data / "cache").texts


def test_other_options_give_other_lines(data: Path) -> None:
    real = ("Ligne 0", "Ligne 1", "Ligne 2")
    fonts = ("--fonts", data, "--synthetic", 1, "--penned", 1)
    assert texts(data) == real
    assert texts(data, *fonts) == (*real, "s 1", "p 1")
    assert texts(data, *fonts, "--seed", 2) == (*real, "s 2", "p 2")
    assert texts(data, *fonts, "--synthetic", 2) == (*real, "s 1", "s 1", "p 1")
    assert texts(data, *fonts, "--penned", 0) == (*real, "s 1")
    assert texts(data, "--weights", SHIPPED, "--dated", 2) == (*real, "d", "d")
    assert texts(data) == real


def test_lines_are_prepared_once_for_the_same_options(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = texts(data, "--minutes", 1)
    monkeypatch.setattr(train, "load_all", None)
    assert texts(data, "--minutes", 2, "--resume") == found
