"""What a model that is learning a hand gives itself to learn from."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.lines import HEIGHT
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
