"""The tables of what readers and writers make of letters, by place."""

from __future__ import annotations

from lexicon.misreadings import LETTERS
from lexicon.readings import CAPITALS, INITIAL, MISSPELT, PLACES, WITHIN, tables


def test_costs_are_between_nothing_and_twice_a_letter() -> None:
    known = set(LETTERS)
    for place in PLACES:
        assert len(tables()[place]) > 500
        for (written, read), cost in tables()[place].items():
            assert 0 <= cost <= 2
            assert len(written) <= 2 >= len(read)
            assert set(written + read) <= known


def test_a_letter_stays_itself_more_often_than_it_becomes_any_other() -> None:
    for place in PLACES:
        table = tables()[place]
        for letter in LETTERS:
            others = {read: cost for (written, read), cost in table.items() if written == letter != read}
            nearer = {read for read, cost in others.items() if cost <= table[letter, letter]}
            assert nearer <= ({"r"} if (place, letter) == (CAPITALS, "t") else set())


def test_a_place_has_its_own_confusions() -> None:
    assert tables()[INITIAL]["p", "l"] < 0.5 < tables()[WITHIN].get(("p", "l"), 1.0)
    assert tables()[CAPITALS]["n", "x"] < 0.5 < tables()[WITHIN].get(("n", "x"), 1.0)
    assert tables()[MISSPELT]["au", "o"] < 0.8 < tables()[WITHIN].get(("au", "o"), 1.0)


def test_a_pair_that_changes_at_the_head_may_change_within() -> None:
    assert all(change in tables()[WITHIN] for change in tables()[INITIAL] if len("".join(change)) > 2)
