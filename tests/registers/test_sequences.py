"""Runs in a list of keys."""

from hypothesis import given
from hypothesis import strategies as st

from registers.sequences import longest_rise


def test_the_longest_rise_leaves_out_what_stands_elsewhere() -> None:
    assert longest_rise("sssaasst") == [0, 1, 2, 5, 6, 7]
    assert longest_rise("") == []


@given(st.lists(st.sampled_from("abcd"), max_size=14))
def test_a_rise_never_falls_and_none_is_longer(keys: list[str]) -> None:
    found = longest_rise(keys)
    assert found == sorted(found)
    assert [keys[index] for index in found] == sorted(keys[index] for index in found)
    ends: dict[str, int] = {}
    for key in keys:
        ends[key] = 1 + max((length for end, length in ends.items() if end <= key), default=0)
    assert len(found) == max(ends.values(), default=0)
