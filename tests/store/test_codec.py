from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.dates import (
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    Calendar,
    Period,
    RegisterDate,
    RepublicanDay,
)
from registers.document import Cell, Column, Page, PageReading, Row, Scan, ScanReading, Table
from registers.entry import Ditto, Entry, PersonName, Source
from registers.errors import StoreError
from registers.geometry import Point, Quad
from registers.register import Description, RegisterSettings, Section, SectionSettings
from store import codec

hundredths = st.integers(-1_000_000, 1_000_000).map(lambda value: value / 100)
texts = st.text(max_size=20)
days = st.dates(date(1790, 1, 1), date(1990, 1, 1))
quads = st.builds(Quad, *([st.builds(Point, hundredths, hundredths)] * 4))
republican_days = st.dates(REPUBLICAN_FIRST_DAY, REPUBLICAN_LAST_DAY).map(RepublicanDay.from_gregorian)
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))
dates = st.builds(
    RegisterDate,
    texts,
    st.sampled_from(Calendar),
    earliest=st.none() | days,
    latest=st.none() | days,
    year=st.none() | st.integers(1790, 1990),
    republican=st.none() | republican_days,
)
names = st.builds(
    PersonName,
    texts,
    texts,
    cross_surnames=st.lists(texts, max_size=3).map(tuple),
    given_names_also=st.just(()),
)
sources = st.builds(Source, quad=quads)
entries = st.builds(Entry, person=names, spouse=st.none() | names, date=dates, source=sources)
descriptions = st.builds(Description, period=st.none() | periods)
tables = st.builds(
    Table,
    st.lists(st.builds(Column, quad=quads), max_size=3).map(tuple),
    st.lists(st.builds(Row, quad=quads), max_size=3).map(tuple),
    st.lists(st.builds(Cell, quad=quads), max_size=3).map(tuple),
)
pages = st.builds(PageReading, st.builds(Page, quad=quads), st.lists(tables, max_size=2).map(tuple))
readings = st.builds(ScanReading, st.builds(Scan), st.lists(pages, max_size=2).map(tuple))
settings = st.builds(
    RegisterSettings,
    descriptions,
    st.lists(st.builds(SectionSettings, descriptions), max_size=2).map(tuple),
)
stored = st.one_of(
    entries,
    readings,
    settings,
    st.builds(Section, description=descriptions),
    st.builds(Ditto),
    dates,
    periods,
)


@given(stored)
def test_what_is_written_is_read_again(value: object) -> None:
    text = codec.dumps(value)
    text.encode()
    again = codec.loads(type(value), text)
    assert again == value
    assert codec.dumps(again) == text
    assert codec.unpack(codec.pack(codec.encode(value))) == json.loads(text)


def test_only_what_is_empty_is_left_out() -> None:
    assert codec.encode(RegisterDate()) == {"calendar": "gregorian"}
    assert codec.encode(PersonName("Lefebvre")) == {"surname": "Lefebvre"}
    assert codec.encode(Point(0, 0)) == {"x": 0, "y": 0}


@pytest.mark.parametrize(
    "text", ['{"surname":"x","unknown_field":1}', "[1]", '{"gender":"x"}'], ids=["field", "shape", "value"]
)
def test_data_that_cannot_be_understood_is_said(text: str) -> None:
    with pytest.raises(StoreError, match="PersonName"):
        codec.loads(PersonName, text)
