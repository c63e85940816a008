"""The probability that a row is right."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ner.extract import understand
from registers.entry import Flag
from tests.ner.builders import make_reading, make_register, make_table

ROWS = [["Adam", "Jean", "4 mai 1884"], ["Bauer", "Luc", "5 mai 1885"], ["Carré", "Anne", "6 mai 1886"]]


def confidences(confidence: float | None, rows: list[list[str]] = ROWS) -> list[float | None]:
    table = make_table(rows, headers=["NOMS", "PRÉNOMS", "DATES"], confidence=confidence)
    return [entry.confidence for entry in understand(make_register(), [make_reading([table])]).entries]


def test_a_reader_without_confidences_gives_none() -> None:
    assert confidences(None) == [None] * 3


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_it_grows_with_the_readers(two: list[float]) -> None:
    low, high = (confidences(value)[0] for value in sorted(two))
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1


def test_a_flag_costs() -> None:
    rows = [ROWS[0], ["Bauer", "Luc", "5 mai"], ROWS[2]]
    table = make_table(rows, headers=["NOMS", "PRÉNOMS", "DATES"])
    sure, doubtful, _ = understand(make_register(), [make_reading([table])]).entries
    assert {Flag.DATE_MISSING, Flag.DATE_AMBIGUOUS} & set(doubtful.flags)
    assert (doubtful.confidence or 0) < (sure.confidence or 0)


def test_a_sure_row_on_a_bad_page_is_worth_less() -> None:
    texts = [
        [f"{name}{'e' * n}", "Jean", "4 mai 1884"] for n, name in enumerate(["Adam", "Bauer", "Carel"] * 4)
    ]
    good = make_table(texts, headers=["NOMS", "PRÉNOMS", "DATES"], confidence=0.97)
    cells = tuple(replace(cell, confidence=0.6) if cell.row else cell for cell in good.cells)
    bad = replace(good, cells=cells)
    (sure, *_), (doubted, *_) = (
        understand(make_register(), [make_reading([table])]).entries for table in (good, bad)
    )
    assert (doubted.confidence or 0) < (sure.confidence or 0)
