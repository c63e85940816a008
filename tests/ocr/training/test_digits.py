import random

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.training.digits import FORMS, DigitHand

HEIGHT = 30.0


def test_every_digit_has_forms_that_stand_on_the_line() -> None:
    assert sorted(FORMS) == list("0123456789")
    for digit, forms in FORMS.items():
        for form in forms:
            heights = [y for stroke in form for _, y in stroke]
            assert all(len(stroke) >= 2 for stroke in form), digit
            assert -0.5 <= min(heights) <= 0.1 and 0.6 <= max(heights) <= 1.1, digit


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789", min_size=1, max_size=6), st.integers(0, 2**32))
def test_any_hand_writes_any_number_within_its_canvas(number: str, seed: int) -> None:
    chance = random.Random(seed)
    pixels = DigitHand.drawn(chance).write(number, HEIGHT, chance)
    ink = pixels < 128
    assert pixels.dtype == np.uint8 and ink.any()
    assert not ink[0].any() and not ink[-1].any()


def test_longer_numbers_are_wider_and_have_a_piece_of_ink_or_more_for_each_digit() -> None:
    chance = random.Random(4)
    hand = DigitHand.drawn(chance)
    short, long = (hand.write(number, HEIGHT, chance) for number in ("12", "121212"))
    assert long.shape[1] > short.shape[1]


def test_one_hand_writes_a_digit_alike_and_another_hand_does_not() -> None:
    def written(hand: DigitHand, seed: int) -> np.ndarray:
        pixels = hand.write("4", HEIGHT, random.Random(seed))
        return cv2.blur(cv2.resize(pixels, (60, 90)), (7, 7)).astype(float)

    hands = [DigitHand.drawn(random.Random(seed)) for seed in range(6)]
    within = [np.abs(written(hand, 1) - written(hand, 2)).mean() for hand in hands]
    between = [np.abs(written(a, 1) - written(b, 2)).mean() for a in hands for b in hands if a is not b]
    assert np.mean(within) < 0.5 * np.mean(between)


def test_the_same_chance_writes_the_same_pixels() -> None:
    first, second = (
        DigitHand.drawn(random.Random(9)).write("1903", HEIGHT, random.Random(3)) for _ in range(2)
    )
    assert np.array_equal(first, second)
