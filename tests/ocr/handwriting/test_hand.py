import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, greedy
from ocr.handwriting.hand import Hand, of_one_hand

CLASSES = 6


def line(labels: list[int], second: dict[int, int] | None = None) -> Scores:
    """A line that reads `labels`; where `second` says so, another letter is the reader's next guess."""
    scores = np.full((2 * len(labels) + 1, CLASSES), -9.0, np.float32)
    scores[::2, 0] = -0.01
    for place, label in enumerate(labels):
        scores[2 * place + 1, label] = -0.2
        scores[2 * place + 1, (second or {}).get(label, 0)] = -2.0
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


def test_a_letter_that_is_always_taken_for_another_is_read_again() -> None:
    known = [(line([1, 3, 2], {3: 4}), [1, 4, 2], 0.9)] * 12
    hand = Hand.of(known, CLASSES)
    assert greedy(line([2, 3, 1], {3: 4})) == (2, 3, 1)
    assert greedy(hand.read(line([2, 3, 1], {3: 4}))) == (2, 4, 1)


def test_a_hand_that_is_read_rightly_is_read_as_before() -> None:
    lines = [line([1, 2, 3, 4]), line([4, 3]), line([2, 5])]
    hand = Hand.of([(scores, list(greedy(scores)), 1.0) for scores in lines * 4], CLASSES)
    for scores in lines:
        assert greedy(hand.read(scores)) == greedy(scores)


def test_one_sighting_changes_nothing_that_is_clear() -> None:
    hand = Hand.of([(line([3]), [4], 1.0)], CLASSES)
    assert greedy(hand.read(line([3]))) == (3,)


def test_texts_that_are_longer_than_their_line_are_passed_over() -> None:
    hand = Hand.of([(line([1]), [1, 1, 1, 1, 1], 1.0)], CLASSES)
    assert np.allclose(hand.taken, np.eye(CLASSES))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5000), st.integers(1, 12))
def test_scores_stay_probabilities_and_blanks_what_they_were(seed: int, steps: int) -> None:
    random = np.random.default_rng(seed)
    values = random.normal(0, 3, (steps, CLASSES))
    scores: Scores = (values - np.logaddexp.reduce(values, axis=1, keepdims=True)).astype(np.float32)
    hand = Hand.of([(scores, list(greedy(scores)), 0.7)], CLASSES)
    found = hand.read(scores)
    assert np.exp(found).sum(axis=1) == pytest.approx(np.ones(steps), abs=1e-4)
    assert found[:, 0] == pytest.approx(np.maximum(scores[:, 0], np.log(1e-9)), abs=1e-4)


def test_a_column_is_weighed_again_by_who_knows_its_hand() -> None:
    alphabet = Alphabet()
    one, six, nought = (alphabet.encode(digit)[0] for digit in "160")

    def shown(labels: list[int], second: int = 0) -> Scores:
        scores = np.full((2 * len(labels) + 1, alphabet.size), -9.0, np.float32)
        scores[::2, 0] = -0.01
        for place, label in enumerate(labels):
            scores[2 * place + 1, label] = -0.2
            scores[2 * place + 1, second] = max(scores[2 * place + 1, second], -2.0)
        return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)

    # Nine rows show that this pen's 6 looks like a 0, where nothing but 16 may stand.
    lines = [shown([one, nought], six) for _ in range(10)]
    ranked = [[("16", 0.0)]] * 9 + [[("10", 0.0), ("16", -1.5)]]
    found = of_one_hand(lines, ranked, alphabet, 0.5)
    assert [texts[0][0] for texts in found] == ["16"] * 10
    assert of_one_hand(lines[3:], ranked[3:], alphabet, 0.5) == ranked[3:]
