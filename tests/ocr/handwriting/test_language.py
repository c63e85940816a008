from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.language import END, LanguageModel, language_model
from ocr.handwriting.recogniser import LANGUAGE, SHIPPED
from ocr.training.language import build, count

LETTERS = st.lists(st.integers(1, 9), min_size=1, max_size=8)
SEEN = [((1, 2, 3, 4, 5), 3), ((1, 2, 3, 9), 1), ((5, 4, 3, 2, 1), 2), ((7,), 1)]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return build(count(SEEN))


def test_what_was_seen_is_likelier_than_what_was_not(model: LanguageModel) -> None:
    seen, stirred, strange = model.texts([(1, 2, 3, 4, 5), (2, 1, 5, 4, 3), (8, 8, 6)])
    assert seen > stirred > strange


def test_chances_of_all_that_may_follow_add_up_to_one(model: LanguageModel) -> None:
    for state in range(len(model.shorter)):
        chances, _ = model.after(np.full(134, state, np.int32), np.arange(134))
        assert np.exp(chances.astype(np.float64)).sum() == pytest.approx(1.0, abs=1e-3)


@settings(max_examples=50, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=6))
def test_lines_weigh_the_same_together_as_step_by_step(lines: list[list[int]]) -> None:
    model = build(count(SEEN))
    for line, total in zip(lines, model.texts(lines), strict=True):
        state, one_by_one = np.array([model.start], np.int32), 0.0
        for label in (*line, END):
            chance, state = model.after(state, np.array([label]))
            one_by_one += float(chance[0])
        assert total == pytest.approx(one_by_one, abs=1e-4)


def test_a_kept_model_is_the_same(model: LanguageModel, tmp_path: Path) -> None:
    model.save(tmp_path / LANGUAGE)
    kept = LanguageModel.load(tmp_path / LANGUAGE)
    assert kept.start == model.start
    assert np.array_equal(kept.entries, model.entries)
    assert kept.texts([(1, 2, 3)])[0] == pytest.approx(model.texts([(1, 2, 3)])[0], abs=0.02)


def test_there_may_be_no_model(tmp_path: Path) -> None:
    assert language_model(tmp_path / LANGUAGE) is None


def test_one_is_shipped() -> None:
    shipped = language_model(SHIPPED / LANGUAGE)
    assert shipped is not None
    assert len(shipped.entries) > 100_000
