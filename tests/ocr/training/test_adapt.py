from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.recogniser import SHIPPED, Recogniser
from ocr.training import adapt as adapting
from ocr.training import tuning
from ocr.training.adapt import Transcribed, adapt, halves, split
from ocr.training.data import LineSet
from ocr.training.export import load_weights
from ocr.training.metrics import Score
from ocr.training.network import LineNetwork, NetworkConfig
from ocr.training.trainer import evaluate
from ocr.training.tuning import Left, Tuning

SMALL = NetworkConfig(Alphabet().size, channels=(4, 8, 8, 8), features=16, context=1, hidden=12)


def lines(pages: int, each: int) -> list[Transcribed]:
    random = np.random.default_rng(0)
    made = []
    for page in range(pages):
        for row in range(each):
            pixels = np.full((50, 220), 255, np.uint8)
            pixels[15:35, 20:200:12] = random.integers(0, 90)
            made.append(Transcribed(pixels, "illi illi", f"page-{page}", f"page-{page}-{row:03d}"))
    return made


def table(pages: int, rows: int, columns: str) -> list[Transcribed]:
    """Rows with a cell in each of some columns: what is written there is the column's letter."""
    return [replace(line, text=column) for line in lines(pages, rows) for column in columns]


def test_whole_pages_are_held_out_where_there_are_several() -> None:
    train, check = split(lines(4, 8))
    assert (len(train), len(check)) == (24, 8)
    assert not set(train.groups) & set(check.groups)


def test_single_rows_are_held_out_of_a_page_or_two() -> None:
    train, check = split(lines(1, 40))
    assert (len(train), len(check)) == (32, 8)


@pytest.mark.parametrize("columns", ["n", "nd", "ndm", "nfsd", "nfsgd", "nfsgdm"])
def test_every_column_is_judged(columns: str) -> None:
    train, check = split(table(1, 25, columns))
    assert Counter(check.texts) == dict.fromkeys(columns, 5)
    assert Counter(train.texts) == dict.fromkeys(columns, 20)


def test_of_few_long_rows_one_is_held_out() -> None:
    train, check = split(table(1, 4, "nfsgd"))
    assert (len(train), check.texts) == (15, tuple("nfsgd"))


@pytest.mark.parametrize("pages", [1, 20])
def test_dates_that_come_behind_the_names_are_parted_with_them(pages: int) -> None:
    rows = table(pages, 240 // pages, "nd")
    behind = sorted(rows, key=lambda line: line.text == "d")  # as sure dates of other rows do
    check, judge = halves(split(behind)[1])
    assert len(check) + len(judge) == 96
    assert Counter(check.texts) == Counter(judge.texts) == {"n": 24, "d": 24}
    assert pages == 1 or not set(check.groups) & set(judge.groups)


def test_too_few_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="needed"):
        split(lines(1, 5))


def test_a_model_is_kept_only_if_it_reads_better(tmp_path: Path) -> None:
    shares: list[float] = []
    models: list[str] = []

    def guess(folder: Path, left: Left) -> list[Transcribed]:
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


@pytest.mark.parametrize("sizes", [(5, 3, 40, 2), (8, 8, 8, 8, 8), (1, 2, 60), (30, 30, 1, 1)])
def test_about_a_fifth_is_held_out_however_long_the_pages_are(sizes: tuple[int, ...]) -> None:
    made = [line for page, size in enumerate(sizes) for line in lines(page + 1, size)[-size:]]
    train, check = split(made)
    assert 0.1 <= len(check) / (len(train) + len(check)) <= 0.35


@pytest.mark.parametrize(
    ("errors", "mark", "chosen"),
    [
        ((103, 99, 95), 100, 99),
        ((103, 101, 95), 100, 95),
        ((50, 46, 45), 100, 46),
        ((104, 103, 101), 100, 101),
        ((60, 50, 49), 50, 49),
    ],
)
def test_the_nearest_weights_that_are_better_are_chosen(
    monkeypatch: pytest.MonkeyPatch, errors: tuple[int, ...], mark: int, chosen: int
) -> None:
    left = iter(errors)
    monkeypatch.setattr(adapting, "evaluate", lambda *_: (Score(20, 0, 400, next(left), 40, 0), [""] * 20))
    config, weights = load_weights(SHIPPED)
    made = [dict(weights) for _ in errors]
    ways = iter(made)
    monkeypatch.setattr(adapting, "between", lambda *_: next(ways))
    found = adapting._between(LineNetwork(config), (weights, weights), split(lines(1, 20))[1], mark)
    assert found is made[errors.index(chosen)]


def test_a_model_that_is_no_better_than_the_one_before_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    none = Score(4, 4, 36, 0, 8, 0)
    monkeypatch.setattr(adapting, "_read_by", lambda *_: none)
    found = adapt(lines(1, 20), tmp_path / "adapted", rival=Recogniser(), minutes=0.02)
    assert (found.kept, found.rival) == (False, none)


def test_what_chooses_and_what_judges_are_two_halves_by_page() -> None:
    check, judge = halves(split(lines(20, 12))[1])
    assert len(check) + len(judge) == 48 and not set(check.groups) & set(judge.groups)


@pytest.mark.parametrize("count", [40, 41])
def test_one_page_is_halved_by_its_rows(count: int) -> None:
    held = split(lines(1, 5 * count))[1]
    check, judge = halves(held)
    assert (len(check), len(judge)) == (20, count - 20)
    assert check.texts + judge.texts == held.texts
    assert np.array_equal(judge.line(0), held.line(20))


def test_few_lines_both_choose_and_judge() -> None:
    held = split(lines(1, 195))[1]
    assert len(held) == 39 and halves(held) == (held, held)


@pytest.mark.parametrize(("after", "kept"), [(9, True), (10, False)])
def test_the_half_that_did_not_choose_says_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, after: int, *, kept: bool
) -> None:
    check, judge = object(), [""] * 20
    errors = {id(check): iter([50, 40, 30, 20]), id(judge): iter([10, after])}

    def evaluated(_network: LineNetwork, part: object) -> tuple[Score, list[str]]:
        return Score(20, 0, 400, next(errors[id(part)]), 40, 0), []

    monkeypatch.setattr(adapting, "halves", lambda held: (check, judge))
    monkeypatch.setattr(adapting, "evaluate", evaluated)
    monkeypatch.setattr(Tuning, "run", lambda self, *_: self.best)
    found = adapt(lines(1, 20), tmp_path / "adapted", minutes=0.02)
    assert (found.before.character_errors, found.after.character_errors) == (10, after)
    assert (found.kept, found.held_out) == (kept, 20)


def test_a_kept_model_is_judged_as_the_network_is() -> None:
    check = split(lines(1, 20))[1]
    config, weights = load_weights(SHIPPED)
    network = LineNetwork(config)
    network.load_state_dict(weights)
    assert adapting._read_by(Recogniser(), check) == evaluate(network, check)[0]


def test_other_pages_are_read_for_half_of_a_stage_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, pages = [0.0], [0]
    train, check = split(lines(1, 20))
    before = Score(4, 4, 36, 0, 8, 0)  # nothing reads better than that

    def others(_network: LineNetwork, left: Left) -> LineSet:
        while left():
            seconds[0] += 1
            pages[0] += 1
        return check

    def step(*_: object) -> None:
        seconds[0] += 5

    monkeypatch.setattr(tuning, "_step", step)
    monkeypatch.setattr(tuning, "_scores_of", lambda *_: [])
    monkeypatch.setattr(tuning, "collages", lambda *_: iter(()))
    monkeypatch.setattr(tuning, "cut_up", lambda *_: ())
    monkeypatch.setattr(Tuning, "_dates", lambda *_: iter(()))
    tuned = Tuning(LineNetwork(SMALL), train, check, before, (100, 1), clock=lambda: seconds[0])
    tuned.run(others, None)
    assert tuned.guessed == len(check)
    assert (
        pages[0] == 15 + 18
    )  # seconds 35 to 50 of 65, 65 to 83 of 100: half of each, the last begun in time
    assert seconds[0] <= 105
