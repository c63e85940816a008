"""The cost of misreading one name as another."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.similarity import misreading_costs

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=10)


def cost(asked: str, name: str) -> float:
    return float(misreading_costs(asked, [name])[0])


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


@given(st.lists(WORD, max_size=6), WORD)
def test_the_cost_of_many_is_the_cost_of_each(names: list[str], asked: str) -> None:
    together = misreading_costs(asked, names)
    assert together.shape == (len(names),)
    assert [round(float(value), 4) for value in together] == [round(cost(asked, name), 4) for name in names]


@given(WORD, WORD)
def test_bounds(asked: str, name: str) -> None:
    found = cost(asked, name)
    assert found >= 0
    assert (found == 0) == (asked == name)
    assert found <= 1.6 * OSA.distance(asked, name) + 1e-4
