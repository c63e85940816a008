from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from registers.dates import Period
from registers.entry import Kind
from registers.register import Description, Section, Series

FULL = Description("Romilly", (Kind.BIRTH,), Series.DECENNIAL, None, Period.of_years(1883, 1892), "4E 504")
DESCRIPTIONS = st.builds(
    Description,
    commune=st.none() | st.sampled_from(["Romilly", "Lyon"]),
    kinds=st.sampled_from([(), (Kind.BIRTH,), (Kind.DEATH,)]),
    cote=st.none() | st.just("4E 504"),
    series=st.none() | st.sampled_from(Series),
)


def test_the_stronger_description_wins_field_by_field() -> None:
    merged = Description(commune="Lyon").over(FULL)
    assert merged == replace(FULL, commune="Lyon")


@given(DESCRIPTIONS, DESCRIPTIONS, DESCRIPTIONS)
def test_merging_fills_gaps_and_is_associative(a: Description, b: Description, c: Description) -> None:
    assert a.over(b).over(c) == a.over(b.over(c))
    assert a.over(Description()) == a == Description().over(a)
    for field in fields(Description):
        if getattr(a, field.name):
            assert getattr(a.over(b), field.name) == getattr(a, field.name)


def test_a_section_has_a_kind_only_when_it_has_one() -> None:
    assert Section("s", "r", FULL).kind is Kind.BIRTH
    both = Description(kinds=(Kind.BIRTH, Kind.DEATH))
    assert Section("s", "r", both).kind is Kind.UNKNOWN
    assert Section("s", "r", Description()).kind is Kind.UNKNOWN
    assert Section("s", "r", FULL).period == FULL.period
