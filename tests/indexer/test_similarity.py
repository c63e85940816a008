"""What it costs that one name was read or spelt as another."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.similarity import LONGEST, letters_of, reading_costs

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=6)


def read_as(written: str, read: str, *, misread: bool = True, respelt: bool = True) -> float:
    """The cost that `written` was read as `read`."""
    return float(reading_costs(written, letters_of([read]), misread=misread, respelt=respelt)[0, 0])


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
    assert read_as(written, read) < read_as(written, other)


def test_the_capital_at_the_head_is_read_as_other_letters_than_those_within() -> None:
    assert read_as("petit", "letit") < 0.5 < read_as("lapetot", "lalepot")
    assert read_as("chauty", "uhauty") < 0.5


def test_readers_take_small_capitals_for_small_letters_not_the_other_way_round() -> None:
    assert read_as("pinard", "pixanp") < 1.5 < read_as("pixanp", "pinard")


def test_another_spelling_of_a_sound_costs_less_where_that_is_asked() -> None:
    assert read_as("maurin", "morin") < 1 <= read_as("maurin", "morin", misread=False, respelt=False)


def test_both_directions_are_given() -> None:
    there, back = reading_costs("pinard", letters_of(["pixanp"]))[:, 0].tolist()
    assert (there, back) == (read_as("pinard", "pixanp"), read_as("pixanp", "pinard"))


@given(st.lists(WORD, max_size=6), WORD)
def test_the_cost_of_many_is_the_cost_of_each(names: list[str], asked: str) -> None:
    together = reading_costs(asked, letters_of(names))
    assert together.shape == (2, len(names))
    for at, name in enumerate(names):
        assert together[0, at] == pytest.approx(read_as(asked, name), abs=1e-4)
        assert together[1, at] == pytest.approx(read_as(name, asked), abs=1e-4)


@given(WORD, WORD)
def test_bounds(asked: str, name: str) -> None:
    found = read_as(asked, name)
    assert found >= -1e-5
    assert (found < 1e-3) == (asked == name)
    assert found <= 1.6 * OSA.distance(asked, name) + 1e-3


@given(WORD, WORD)
def test_where_nothing_is_known_every_change_costs_one(asked: str, name: str) -> None:
    plain = read_as(asked, name, misread=False, respelt=False)
    assert OSA.distance(asked, name) <= plain + 1e-3


def test_very_long_names_are_compared_by_their_beginnings() -> None:
    assert read_as("a" * 40, "a" * LONGEST + "b") < 1e-3
