"""The probability that a row is right."""

from __future__ import annotations

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
