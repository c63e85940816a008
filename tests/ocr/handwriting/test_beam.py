import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.beam import Weighing, search
from ocr.handwriting.ctc import Scores, Trie, condensed
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


def _searched(scores: Scores, width: int, model: LanguageModel | None) -> dict[tuple[int, ...], float]:
    """The same search as it is told: texts with how likely they end by a blank and by their last letter."""
    weighing = Weighing()
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}

    def prior(text: tuple[int, ...]) -> float:
        if model is None:
            return 0.0
        state, total = np.array([model.start], np.int32), 0.0
        for label in text:
            chance, state = model.after(state, np.array([label]))
            total += weighing.language * float(chance[0]) + weighing.letter
        return total

    for step in np.exp(condensed(scores).astype(np.float64)):
        grown: dict[tuple[int, ...], list[float]] = {}
        for text, (blank, label) in beams.items():
            stays = grown.setdefault(text, [0.0, 0.0])
            stays[0] += (blank + label) * step[0]
            stays[1] += label * step[text[-1]] if text else 0.0
            for letter in range(1, len(step)):
                if step[letter] >= 1e-3 or (*text, letter) in beams:
                    more = blank if text and text[-1] == letter else blank + label
                    grown.setdefault((*text, letter), [0.0, 0.0])[1] += more * step[letter]
        best = sorted(grown, key=lambda text: -(np.log(max(sum(grown[text]), 1e-300)) + prior(text)))
        beams = {text: (grown[text][0], grown[text][1]) for text in best[:width]}
    return {text: float(np.log(sum(ends) + 1e-300) + prior(text)) for text, ends in beams.items()}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.booleans())
def test_the_search_does_what_is_told_of_it(seed: int, steps: int, with_model: bool) -> None:
    scores = random_scores(seed, steps, CLASSES)
    model = build(count([((1, 2, 3), 20), ((1, 4, 5), 1), ((6, 6, 7), 4)])) if with_model else None
    found = search([scores], width=400, model=model)[0]
    told = _searched(scores, 400, model)
    assert [text.total for text in found] == sorted((text.total for text in found), reverse=True)
    assert len({text.labels for text in found}) == len(found)
    end = model.texts([found[0].labels])[0] - _without_end(model, found[0].labels) if model else 0.0
    assert found[0].total == pytest.approx(told[found[0].labels] + Weighing().language * end, abs=1e-4)
    if not with_model:
        assert found[0].labels == max(told, key=told.__getitem__)


def _without_end(model: LanguageModel, text: tuple[int, ...]) -> float:
    state, total = np.array([model.start], np.int32), 0.0
    for label in text:
        chance, state = model.after(state, np.array([label]))
        total += float(chance[0])
    return total


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
