from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.recogniser import Recogniser
from ocr.training.adapt import Transcribed, adapt, split


def lines(pages: int, each: int) -> list[Transcribed]:
    random = np.random.default_rng(0)
    made = []
    for page in range(pages):
        for _ in range(each):
            pixels = np.full((50, 220), 255, np.uint8)
            pixels[15:35, 20:200:12] = random.integers(0, 90)
            made.append(Transcribed(pixels, "illi illi", f"page-{page}"))
    return made


def test_whole_pages_are_held_out_where_there_are_several() -> None:
    train, check = split(lines(4, 8))
    assert (len(train), len(check)) == (24, 8)
    assert not set(train.groups) & set(check.groups)


def test_single_rows_are_held_out_of_a_page_or_two() -> None:
    train, check = split(lines(1, 40))
    assert (len(train), len(check)) == (32, 8)


def test_too_few_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="needed"):
        split(lines(1, 5))


def test_a_model_is_kept_only_if_it_reads_better(tmp_path: Path) -> None:
    shares: list[float] = []
    models: list[str] = []

    def guess(folder: Path) -> list[Transcribed]:
        models.append(Recogniser(folder).version)
        return lines(1, 3)

    found = adapt(
        lines(1, 24),
        tmp_path / "adapted",
        minutes=0.2,
        guess=guess,
        watch=lambda share, _: shares.append(share),
    )
    assert (found.lines, found.held_out, found.guessed) == (20, 4, 3)
    assert len(models) == 2
    assert shares == sorted(shares)
    if found.kept:
        assert found.after.character_errors < found.before.character_errors
        assert Recogniser(tmp_path / "adapted").version == found.version != found.base
    else:
        assert not (tmp_path / "adapted").exists()
