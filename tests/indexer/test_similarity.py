"""What it costs that one name was read or spelt as another."""

from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.similarity import LONGEST, Way, changing_costs, letters_of

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=6)


def cost(asked: str, name: str, way: Way = Way.ASKED_READ) -> float:
    """What it costs that the one became the other in this way."""
    return float(changing_costs(asked, letters_of([name]))[way, 0])


@pytest.mark.parametrize(
    ("written", "read", "other"),
    [
        ("marnier", "mamier", "maxier"),
        ("hubert", "hubcrt", "hubxrt"),
        ("mignard", "miguard", "mixnard"),
        ("bernard", "bemard", "bebard"),
    ],
)
def test_a_known_misreading_is_nearer_than_any_other_change(written: str, read: str, other: str) -> None:
    assert cost(written, read) < cost(written, other)


def test_the_capital_at_the_head_is_read_as_other_letters_than_those_within() -> None:
    assert cost("petit", "letit") < 0.6 < cost("lapetot", "laletot")
    assert cost("chauty", "uhauty") < 0.9


def test_readers_take_small_capitals_for_small_letters_not_the_other_way_round() -> None:
    assert cost("pinard", "pixanp", Way.ASKED_READ_CAPITALS) < 1.5
    assert cost("pixanp", "pinard", Way.ASKED_READ_CAPITALS) > 2.5


def test_who_spells_a_name_writes_what_is_heard() -> None:
    assert cost("morin", "maurin", Way.MISSPELT) < 1 < cost("morin", "maurin", Way.NAME_READ)


def test_both_directions_are_given() -> None:
    costs = changing_costs("pinard", letters_of(["pixanp"]))[:, 0]
    for there, back in (
        (Way.ASKED_READ, Way.NAME_READ),
        (Way.ASKED_READ_CAPITALS, Way.NAME_READ_CAPITALS),
    ):
        assert costs[there] == pytest.approx(cost("pixanp", "pinard", back), abs=1e-3)


def test_small_capitals_are_only_thought_of_where_they_are_marked() -> None:
    marked = np.array([True, False])
    costs = changing_costs("pinard", letters_of(["pixanp", "pinord"]), marked)
    assert np.isfinite(costs[:, 0]).all()
    assert np.isinf(costs[Way.ASKED_READ_CAPITALS :, 1]).all()


@given(st.lists(WORD, max_size=6), WORD)
def test_the_cost_of_many_is_the_cost_of_each(names: list[str], asked: str) -> None:
    together = changing_costs(asked, letters_of(names))
    assert together.shape == (len(Way), len(names))
    for at, name in enumerate(names):
        for way in Way:
            assert together[way, at] == pytest.approx(cost(asked, name, way), abs=1e-3)


@given(WORD, WORD)
def test_bounds(asked: str, name: str) -> None:
    found = changing_costs(asked, letters_of([name]))[:, 0]
    same = changing_costs(name, letters_of([name]))[:, 0]
    assert (found > 0).all()
    assert (found <= 2 * max(OSA.distance(asked, name), 1) * 2 + 0.6 * len(asked)).all()
    assert (same < 0.3 * len(name)).all()


def test_very_long_names_are_compared_by_their_beginnings() -> None:
    assert cost("a" * 40, "a" * LONGEST + "b") == cost("a" * LONGEST, "a" * LONGEST)
