"""Learning how likely letters become others."""

from __future__ import annotations

import pytest

from benchmarks.rendered import read_name
from benchmarks.transducer import Leaning, arbitrary, learnt


def test_what_is_seen_becomes_likely_where_it_was_seen() -> None:
    seen = [("lapin", "lapiu"), ("renan", "reuan"), ("pinet", "linet"), ("papon", "lapon")] * 10
    tables = learnt(seen, arbitrary(0.9), Leaning(10, 10))
    assert tables.within["n", "u"] > 0.1 > tables.within["n", "a"]
    assert tables.head["p", "l"] > 0.3 > tables.within["p", "l"]


def test_two_letters_that_become_one_are_learnt_as_such() -> None:
    tables = learnt([("marnier", "mamier"), ("bernard", "bemard")] * 20, arbitrary(0.9), Leaning(5, 5))
    assert tables.within["rn", "m"] > 0.3


def test_where_nothing_was_seen_the_broader_table_speaks() -> None:
    broader = arbitrary(0.9)
    tables = learnt([], broader, Leaning(10, 10))
    assert tables.within == pytest.approx(broader)


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("Dufour", "Dufcur, rue du Bac, 12.", "dufcur"),
        ("Le Goff", "Le Golf (Jean), notaire", "legolf"),
        ("Pinard", "{ inard, rentier", "inard"),
        ("Moreau", "xx yy zz", ""),
    ],
)
def test_the_name_is_found_at_the_head_of_the_line(name: str, text: str, read: str) -> None:
    assert read_name(name, text) == read
