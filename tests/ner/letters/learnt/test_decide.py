"""The shipped reader of letters."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ner.letters.learnt.decide import FOLDER, load_reader
from ner.letters.learnt.tags import TAGS, mentions_of
from ner.training.reader.evaluate import shares_right
from ner.training.reader.letters import FOLDER as LETTERS
from ner.training.reader.letters import read_letters
from registers.errors import MissingProgramError


def test_its_metrics_are_those_that_stand_beside_it() -> None:
    metrics = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    name, known = next(iter(metrics.items()))
    assert shares_right(load_reader(), list(read_letters(LETTERS / name))) == pytest.approx(known, abs=0.02)


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 4_000_000


def test_a_missing_reader_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(MissingProgramError) as raised:
        load_reader(tmp_path)
    assert "ner.training.reader" in str(raised.value.advice)


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_no_text_raises(text: str) -> None:
    load_reader().read(text, (), ())


def test_a_name_goes_on_only_where_it_has_begun() -> None:
    scores = np.zeros((3, TAGS), dtype=np.float32)
    scores[:, 2] = 5
    scores[1, 1] = 4
    assert [(mention.first, mention.end, mention.part) for mention in mentions_of(scores)] == [(0, 3, "G")]
