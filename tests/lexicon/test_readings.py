"""The tables of what readers make of letters, by place."""

from __future__ import annotations

from lexicon.misreadings import LETTERS
from lexicon.readings import CAPITALS, INITIAL, PLACES, WITHIN, tables


def test_costs_are_between_nearly_nothing_and_more_than_a_letter() -> None:
    known = set(LETTERS)
    for place in PLACES:
        assert len(tables()[place]) > 500
        for (written, read), cost in tables()[place].items():
            assert 0 < cost < 2
            assert written != read
            assert len(written) <= 2 >= len(read)
            assert set(written + read) <= known


def test_a_place_has_its_own_confusions() -> None:
    assert tables()[INITIAL]["p", "l"] < 0.5 < tables()[WITHIN].get(("p", "l"), 1.0)
    assert tables()[CAPITALS]["n", "x"] < 0.5 < tables()[WITHIN].get(("n", "x"), 1.0)


def test_what_is_said_of_letters_within_holds_elsewhere_too() -> None:
    assert tables()[WITHIN].keys() <= tables()[INITIAL].keys()
