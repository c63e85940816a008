"""The table of misreadings."""

from __future__ import annotations

import numpy as np

from lexicon.misreadings import CODES, LETTERS, double_costs, single_costs, table


def test_costs_are_between_nearly_nothing_and_more_than_a_letter() -> None:
    assert len(table()) > 500
    assert all(0 < cost < 2 for cost in table().values())
    assert all(len(written) <= 2 and len(read) <= 2 and written != read for written, read in table())
    known = set(LETTERS)
    assert all(set(written + read) <= known for written, read in table())


def test_what_is_often_confused_costs_less() -> None:
    costs = single_costs()
    for written, read in (("u", "n"), ("c", "e"), ("i", "l"), ("h", "b")):
        assert costs[CODES[written], CODES[read]] < 0.6 < costs[CODES["m"], CODES["q"]]
    doubles = double_costs()
    assert doubles["rn", "m"] < 0.6
    assert doubles["m", "in"] < 0.7


def test_no_letter_costs_nothing_to_read_right() -> None:
    assert np.all(np.diag(single_costs()) == 0)
    assert np.all(single_costs() >= 0)
