from collections.abc import Iterator
from itertools import islice

import numpy as np

from ocr.handwriting.lines import HEIGHT, WIDTH_STEP
from ocr.training.batches import COLUMNS, Batches, least_steps, pad
from ocr.training.data import collect


def lines(count: int) -> Iterator[tuple[np.ndarray, str, str]]:
    random = np.random.default_rng(1)
    for number in range(count):
        width = int(random.integers(60, 500))
        yield np.full((HEIGHT, width), 255, np.uint8), f"Ligne {number}", "made/page"


def test_batches_are_of_few_widths_and_fit_their_labels() -> None:
    batches = Batches(collect(lines(40)), seed=3, shares={"made": 1.0})
    for batch in islice(iter(batches), 12):
        count, height, width = batch.pixels.shape
        assert height == HEIGHT
        assert width % WIDTH_STEP == 0
        assert count * width <= COLUMNS
        assert len(batch.widths) == len(batch.lengths) == count
        assert batch.lengths.sum() == len(batch.labels)
        assert (batch.lengths <= width // 4).all()


def test_padding_is_paper() -> None:
    batch = pad([(np.zeros((HEIGHT, 30), np.uint8), [5, 5])], 64)
    assert (batch.pixels[0, :, 30:] == 255).all()
    assert batch.labels.tolist() == [5, 5]


def test_equal_letters_need_a_step_between() -> None:
    assert least_steps([1, 2, 3]) == 3
    assert least_steps([1, 1, 1]) == 5
