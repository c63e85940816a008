"""One misread digit is mended only where a single reading is left."""

from __future__ import annotations

import pytest

from ner.dates.mending import mend_digits
from ner.dates.parse import parse_date
from registers.dates import Period
from registers.entry import Flag

YEAR = Period.of_years(1913, 1913)
DECADE = Period.of_years(1883, 1892)


def _mended(text: str, period: Period, context: str = "") -> tuple[str, tuple[Flag, ...]]:
    regular = [f"{day} mai {period.first.year}" for day in range(1, 10)]
    dates = [parse_date(written, period=period) for written in (*regular, text)]
    found = mend_digits(dates, [*[""] * len(regular), context], period)[-1]
    assert found.date.text == text
    return found.date.iso, found.flags


@pytest.mark.parametrize(
    ("text", "period", "iso"),
    [
        ("6 mars 1915", YEAR, "1913-03-06"),
        ("81 xbre 83", DECADE, "1883-12-31"),
        ("98 février 91", DECADE, "1891-02-28"),
        ("80 avril 86", DECADE, "1886-04-30"),
    ],
)
def test_the_only_way_to_read_it_is_taken(text: str, period: Period, iso: str) -> None:
    assert _mended(text, period) == (iso, (Flag.REPAIRED,))


@pytest.mark.parametrize("text", ["38 février 90", "31 juin 84", "6 mars 1920"])
def test_two_ways_or_none_leave_it_as_it_is(text: str) -> None:
    before = parse_date(text, period=DECADE)
    iso, flags = _mended(text, DECADE)
    assert (iso, flags) == (before.date.iso, before.flags)


def test_an_act_from_elsewhere_keeps_its_date() -> None:
    assert _mended("6 mars 1915", YEAR, "transcription")[0] == "1915-03-06"


def test_an_irregular_table_is_left_alone() -> None:
    dates = [parse_date("6 mars 1915", period=YEAR)] * 4
    assert mend_digits(dates, [""] * 4, YEAR) == tuple(dates)
