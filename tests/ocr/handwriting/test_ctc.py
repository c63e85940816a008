from itertools import groupby, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.ctc import Trie, condensed, greedy, spans
from tests.ocr.handwriting.made_scores import all_texts, random_scores

CLASSES = 4


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_tree_gives_every_texts_probability(seed: int, steps: int) -> None:
    scores = random_scores(seed, steps, CLASSES)
    truth = all_texts(scores)
    texts = list(truth)
    found = np.exp(Trie.of(texts).score(scores))
    assert found == pytest.approx([truth[text] for text in texts], abs=1e-6)


def test_large_trees_keep_what_is_likely() -> None:
    random = np.random.default_rng(0)
    texts = [tuple(int(v) for v in random.integers(1, 30, 6)) for _ in range(3000)]
    scores = np.full((40, 30), -8.0, np.float32)
    scores[:, 0] = -0.01
    for place, label in enumerate(texts[1234]):
        scores[4 + 5 * place] = -8.0
        scores[4 + 5 * place, label] = -0.01
    trie = Trie.of(texts)
    assert len(trie.parents) > 6000
    found = trie.score(scores)
    assert int(found.argmax()) == 1234
    assert found[1234] == pytest.approx(trie.score(scores, beam=0.0)[1234], abs=1e-6)


def test_repeated_letters_need_a_blank_between() -> None:
    scores = np.full((3, 3), -20.0, np.float32)
    scores[:, 1] = 0.0
    assert greedy(scores) == (1,)
    single, double = Trie.of([(1,), (1, 1)]).score(scores)
    assert single > double


def test_runs_of_sure_blanks_count_once() -> None:
    scores = random_scores(3, 12, CLASSES)
    scores[4:9] = [-1e-5, -12.0, -12.0, -12.0]
    assert len(condensed(scores)) == 8
    text = greedy(scores)
    whole = Trie.of([text]).score(scores, beam=0.0)
    assert whole == pytest.approx(Trie.of([text]).score(condensed(scores)), abs=1e-3)


@given(st.integers(0, 10_000), st.integers(2, 20))
def test_spans_follow_each_other(seed: int, steps: int) -> None:
    scores = random_scores(seed, steps, CLASSES)
    text = greedy(scores)
    places = spans(scores, text)
    assert len(places) == len(text)
    assert all(first < end for first, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


@given(st.integers(0, 10_000), st.integers(2, 6), st.lists(st.integers(1, 2), min_size=1, max_size=3))
def test_spans_lie_on_the_best_of_all_paths(seed: int, steps: int, text: list[int]) -> None:
    scores = random_scores(seed, steps, 3)
    paths = [
        path
        for path in product(range(3), repeat=steps)
        if [label for label, _ in groupby(path) if label] == text
    ]
    if not paths:
        with pytest.raises(ValueError, match="longer"):
            spans(scores, text)
        return
    places = spans(scores, text)
    taken = [0] * steps
    for label, (first, end) in zip(text, places, strict=True):
        taken[first:end] = [label] * (end - first)
    best = max(sum(float(scores[step, label]) for step, label in enumerate(path)) for path in paths)
    assert sum(float(scores[step, label]) for step, label in enumerate(taken)) == pytest.approx(
        best, abs=1e-4
    )


def test_a_text_longer_than_the_line_has_no_spans() -> None:
    with pytest.raises(ValueError, match="longer"):
        spans(random_scores(0, 2, CLASSES), (1, 2, 3))
