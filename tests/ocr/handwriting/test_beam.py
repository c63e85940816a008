import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.beam import Weighing, search
from ocr.handwriting.ctc import Trie
from ocr.handwriting.language import LanguageModel
from ocr.training.language import build, count
from tests.ocr.handwriting.made_scores import all_texts, random_scores

CLASSES = 11


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_wide_beam_finds_the_likeliest_text(seed: int, steps: int) -> None:
    scores = random_scores(seed, steps, CLASSES)
    truth = all_texts(scores)
    best = search([scores], width=300)[0][0]
    assert np.exp(best.line) == pytest.approx(truth[best.labels], rel=0.02)
    assert truth[best.labels] >= 0.98 * max(truth.values())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 30)), min_size=1, max_size=5))
def test_lines_read_together_are_read_as_alone(shapes: list[tuple[int, int]]) -> None:
    lines = [random_scores(seed, steps, CLASSES) for seed, steps in shapes]
    together = search(lines, width=8)
    for line, found in zip(lines, together, strict=True):
        alone = search([line], width=8)[0]
        assert [text.labels for text in found] == [text.labels for text in alone]
        assert [text.total for text in found] == sorted((text.total for text in found), reverse=True)
        assert len({text.labels for text in found}) == len(found)


def test_the_value_of_a_text_is_its_path_probability() -> None:
    scores = random_scores(5, 12, CLASSES)
    for found in search([scores], width=40)[0][:5]:
        exact = float(Trie.of([found.labels]).score(scores, beam=0.0)[0])
        assert found.line <= exact + 1e-4
        assert found.line == pytest.approx(exact, abs=0.7)


def test_a_model_of_letters_decides_what_the_line_leaves_open() -> None:
    scores = np.full((3, CLASSES), -12.0, np.float32)
    scores[0, 1] = scores[2, 3] = -0.01
    scores[1, 2], scores[1, 4] = np.log(0.45), np.log(0.55)
    model = build(count([((1, 2, 3), 20), ((1, 4, 5), 1)]))
    assert search([scores])[0][0].labels == (1, 4, 3)
    best = search([scores], model=model)[0][0]
    assert best.labels == (1, 2, 3)
    weighing = Weighing()
    prior = weighing.language * float(model.texts([best.labels])[0]) + weighing.letter * 3
    assert best.total == pytest.approx(best.line + prior, abs=1e-4)


def test_nothing_written_gives_the_empty_text() -> None:
    blank = np.full((6, CLASSES), -20.0, np.float32)
    blank[:, 0] = 0.0
    found = search([blank, np.zeros((0, CLASSES), np.float32)], model=LanguageModel.uniform(CLASSES))
    assert [texts[0].labels for texts in found] == [(), ()]
