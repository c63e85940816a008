from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from registers.document import Table
from registers.geometry import Box
from store.rows import KnownRow, row_overlap, with_ordinals
from tests.store import builders as b

tops = st.lists(st.integers(0, 30), unique=True, max_size=12).map(
    lambda ranks: [40.0 * r for r in sorted(ranks)]
)


def ordinals(tables: tuple[Table, ...]) -> list[int]:
    return [row.ordinal for table in tables for row in table.rows]


@given(st.lists(tops, min_size=1, max_size=5))
def test_a_place_has_one_ordinal_for_ever(readings: list[list[float]]) -> None:
    known: tuple[KnownRow, ...] = ()
    by_place: dict[float, int] = {}
    for places in readings:
        tables, known = with_ordinals([b.table(places)], known)
        for place, ordinal in zip(places, ordinals(tables), strict=True):
            assert by_place.setdefault(place, ordinal) == ordinal
        assert [row.ordinal for row in known if row.live] == sorted(ordinals(tables))
    assert sorted(by_place.values()) == list(range(1, len(by_place) + 1))


@given(tops, st.integers(-8, 8), st.integers(-60, 60))
def test_ordinals_survive_a_shift_and_a_drift(places: list[float], shift: int, drift: int) -> None:
    _, known = with_ordinals([b.table(places)], ())
    again, _ = with_ordinals([b.table([place + shift for place in places], drift=drift / 10)], known)
    assert ordinals(again) == list(range(1, len(places) + 1))


def test_rows_that_drift_past_their_neighbours_are_told_apart() -> None:
    places = [100.0, 140.0, 180.0]
    _, known = with_ordinals([b.table(places, drift=60)], ())
    again, _ = with_ordinals([b.table([103.0, 143.0, 183.0, 223.0], drift=60)], known)
    assert ordinals(again) == [1, 2, 3, 4]


def test_a_split_row_keeps_its_number_on_the_better_half() -> None:
    wide = b.table([100.0])
    tall = replace(wide, rows=(replace(wide.rows[0], quad=Box(50, 100, 900, 60).to_quad()),))
    _, known = with_ordinals([tall], ())
    again, _ = with_ordinals([b.table([100.0, 135.0])], known)
    assert sorted(ordinals(again)) == [1, 2]


def test_tables_side_by_side_do_not_mix() -> None:
    left, right = Box(0, 100, 400, 30).to_quad(), Box(500, 100, 400, 30).to_quad()
    assert row_overlap(left, right) == 0.0
    assert row_overlap(left, left) == 1.0
    assert row_overlap(left, Box(300, 100, 400, 30).to_quad()) == 0.0
