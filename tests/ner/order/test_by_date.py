"""Dates weighed together where a list is in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ner.order.by_date import OtherDate, with_dates_in_order
from ner.order.regime import Regime
from registers.dates import RegisterDate
from registers.entry import Entry, Flag, Kind
from tests.ner.order.test_audit import entry


def dated(*rows: tuple[str, date]) -> list[Entry]:
    found = [entry(rank, surname, day=day) for rank, (surname, day) in enumerate(rows)]
    return [replace(one, date=replace(one.date, text=f"cell {rank}")) for rank, one in enumerate(found)]


def other(day: date, loss: float) -> OtherDate:
    return OtherDate(RegisterDate.of_day(day), loss)


def years(found: Sequence[Entry]) -> list[int | None]:
    return [one.date.year for one in found]


ROWS = dated(
    ("Carel", date(1904, 5, 2)),
    ("Carel", date(1908, 1, 9)),
    ("Carel", date(1906, 3, 7)),
    ("Carle", date(1903, 3, 7)),
)
CLOSE = {"e0001": [other(date(1905, 1, 9), -0.5), other(date(1903, 1, 9), -0.4)]}


def test_within_a_surname_the_year_between_its_neighbours_is_taken() -> None:
    found = with_dates_in_order(ROWS, Regime.STRICT_DATE, CLOSE)
    assert years(found) == [1904, 1905, 1906, 1903]
    assert found[1].date.exact == date(1905, 1, 9)
    assert found[1].date.text == "cell 1"
    assert found[1].flags == (Flag.REPAIRED,)
    assert found[0] is ROWS[0]


@pytest.mark.parametrize("regime", [Regime.STRICT, Regime.FIRST_LETTER, Regime.BY_YEAR, Regime.NONE])
def test_a_list_in_no_order_of_dates_stays_as_it_is(regime: Regime) -> None:
    assert with_dates_in_order(ROWS, regime, CLOSE) == tuple(ROWS)


def test_what_a_cell_says_clearly_stays_though_it_goes_back() -> None:
    unlikely = {"e0001": [other(date(1905, 1, 9), -9.0)]}
    assert with_dates_in_order(ROWS, Regime.STRICT_DATE, unlikely) == tuple(ROWS)


def test_within_a_letter_dates_go_on_whatever_the_surname() -> None:
    rows = dated(
        ("Cordier", date(1884, 2, 1)),
        ("Carel", date(1889, 7, 1)),
        ("Colin", date(1885, 1, 1)),
        ("Dupont", date(1883, 1, 1)),
    )
    offered = {"e0001": [other(date(1884, 7, 1), -1.5)]}
    assert years(with_dates_in_order(rows, Regime.FIRST_LETTER_DATE, offered)) == [1884, 1884, 1885, 1883]


def test_transcriptions_have_their_own_dates() -> None:
    rows = [replace(ROWS[1], kind=Kind.TRANSCRIPTION) if one is ROWS[1] else one for one in ROWS]
    assert with_dates_in_order(rows, Regime.STRICT_DATE, CLOSE) == tuple(rows)


def test_what_is_apart_says_nothing_of_the_order() -> None:
    rows = [ROWS[0], ROWS[1], replace(ROWS[1], id="ditto"), ROWS[2]]
    assert years(with_dates_in_order(rows, Regime.STRICT_DATE, CLOSE)) == [1904, 1908, 1908, 1906]
    found = with_dates_in_order(rows, Regime.STRICT_DATE, CLOSE, {"ditto"})
    assert years(found) == [1904, 1905, 1908, 1906]


def test_a_date_chosen_by_its_neighbours_is_in_doubt_no_more() -> None:
    rows = [replace(one, flags=(Flag.DATE_OUTSIDE_PERIOD, Flag.OTHER_HAND)) for one in ROWS]
    found = with_dates_in_order(rows, Regime.STRICT_DATE, CLOSE)
    assert found[1].flags == (Flag.OTHER_HAND, Flag.REPAIRED)


def test_rows_without_a_day_are_passed_over() -> None:
    rows = [ROWS[0], ROWS[1], replace(ROWS[0], id="e9", date=RegisterDate("?")), ROWS[2]]
    found = with_dates_in_order(rows, Regime.STRICT_DATE, CLOSE)
    assert years(found) == [1904, 1905, None, 1906]


@given(
    st.lists(
        st.tuples(st.sampled_from(("Carel", "Carle")), st.integers(0, 4000), st.integers(0, 4000)),
        max_size=12,
    ),
    st.sampled_from(Regime),
)
def test_only_offered_days_are_taken(rows: list[tuple[str, int, int]], regime: Regime) -> None:
    first = date(1883, 1, 1)
    entries = dated(*((name, first + timedelta(days)) for name, days, _ in rows))
    offered = {
        one.id: [other(first + timedelta(days), -1.0)]
        for one, (_, _, days) in zip(entries, rows, strict=True)
    }
    found = with_dates_in_order(entries, regime, offered)
    for before, after in zip(entries, found, strict=True):
        assert after.date.exact in {before.date.exact, offered[before.id][0].date.exact}
        assert after.date.text == before.date.text
