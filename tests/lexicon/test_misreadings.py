"""The table of misreadings."""

from __future__ import annotations

from lexicon.misreadings import LETTERS, table


def test_costs_are_between_nearly_nothing_and_more_than_a_letter() -> None:
    assert len(table()) > 500
    assert all(0 < cost < 2 for cost in table().values())
    assert all(len(written) <= 2 and len(read) <= 2 and written != read for written, read in table())
    known = set(LETTERS)
    assert all(set(written + read) <= known for written, read in table())


def test_what_is_often_confused_costs_less() -> None:
    costs = table()
    for written, read in (("u", "n"), ("c", "e"), ("i", "l"), ("h", "b")):
        assert costs[written, read] < 0.6 < costs.get(("m", "q"), 1.0)
    assert costs["rn", "m"] < 0.6
    assert costs["m", "in"] < 0.7


def test_no_letter_is_listed_as_read_right() -> None:
    assert all(written != read for written, read in table())
