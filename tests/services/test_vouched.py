"""What may stand in a cell, by what a person says of its row."""

from __future__ import annotations

from datetime import date

import pytest

from registers.dates import Calendar, Period, RegisterDate
from registers.document import Cell, Scan, Side
from registers.entry import Ditto, Entry, Kind, PersonName, Source
from registers.geometry import Box
from registers.knowledge import Holds
from services.vouched import HandCell, forms_of

PLACE = Box(0, 0, 100, 40).to_quad()
SCAN = Scan("/scans/p1.png", "0" * 64, 0, 1, 1000, 1000)
PERIOD = Period(date(1903, 1, 1), date(1912, 12, 31))


def entry(
    surname: str = "Carel",
    given_names: str = "Jean Baptiste",
    day: RegisterDate | None = None,
    *,
    remarks: str = "",
    ditto: Ditto | None = None,
) -> Entry:
    return Entry(
        id="r:1",
        section_id="s",
        kind=Kind.BIRTH,
        person=PersonName(surname, given_names),
        date=day or RegisterDate.of_day(date(1906, 12, 4)),
        source=Source("r", SCAN.id, "p1.png", "p", Side.SINGLE, 1, PLACE),
        act_number="12",
        remarks=remarks,
        ditto=ditto,
    )


def cell(holds: Holds, text: str = "") -> HandCell:
    return HandCell("r:1", SCAN, "p", Cell(0, 0, PLACE, text), holds, "", PERIOD)


def texts(found: Entry, holds: Holds, text: str = "", said: dict[Holds, str] | None = None) -> list[str]:
    return [form for form, _ in forms_of(found, cell(holds, text), said or {})]


def test_a_name_may_be_joined_and_cut_short() -> None:
    found = texts(entry(), Holds.FULL_NAME)
    assert {"Carel - Jean Baptiste", "Carel Jean Baptiste", "CAREL - Jean Bte", "Carel (Jean Baptiste)"} <= {
        *found
    }
    assert found[0] == "Carel - Jean Baptiste"
    assert texts(entry(given_names=""), Holds.FULL_NAME)[0] == "Carel"


def test_a_date_may_be_written_in_many_ways() -> None:
    assert {"4 Décembre 1906", "4 décembre 906", "4 xbre 06", "4 déc. 1906"} <= {*texts(entry(), Holds.DATE)}


def test_a_republican_day_is_written_as_such() -> None:
    day = RegisterDate.of_day(date(1794, 4, 19), calendar=Calendar.REPUBLICAN)
    assert "30 germinal an 2" in texts(entry(day=day), Holds.DATE)


def test_an_uncertain_date_gives_nothing_to_learn_from() -> None:
    assert texts(entry(day=RegisterDate(year=1906)), Holds.DATE) == []


def test_what_was_read_counts_where_it_means_the_same() -> None:
    assert "Carel, Jn Bte" in texts(entry(), Holds.FULL_NAME, "Carel, Jn Bte")
    assert "Garel, Jn Bte" not in texts(entry(), Holds.FULL_NAME, "Garel, Jn Bte")
    assert "4 Dec 1906" not in texts(entry(), Holds.DATE, "14 Dec 1906")
    assert "4 tai 1906" not in texts(
        entry(day=RegisterDate.of_day(date(1906, 5, 4))), Holds.DATE, "4 tai 1906"
    )


def test_a_repeated_name_may_be_a_sign() -> None:
    ditto = Ditto("d°", ("r:0",))
    assert texts(entry(ditto=ditto), Holds.SURNAME)[0] == "d°"
    assert "d° Jean Baptiste" in texts(entry(ditto=ditto), Holds.FULL_NAME)


def test_a_remark_may_stand_behind_the_name() -> None:
    assert "Carel - Jean Baptiste légitimé Roux" in texts(entry(remarks="légitimé Roux"), Holds.FULL_NAME)


def test_a_transcription_is_the_only_form() -> None:
    assert texts(entry(), Holds.FULL_NAME, said={Holds.FULL_NAME: "Carel Jn-Bte"}) == ["Carel Jn-Bte"]
    assert texts(entry(), Holds.FULL_NAME, said={Holds.FULL_NAME: ""}) == []
    found = texts(entry(), Holds.FULL_NAME, said={Holds.GIVEN_NAMES: "Jn Bte"})
    assert found[0] == "Carel - Jn Bte" and not any("Jean" in text for text in found)


@pytest.mark.parametrize("holds", [Holds.REMARKS, Holds.OTHER, Holds.YEAR, Holds.SPOUSE_SURNAME])
def test_what_nobody_can_tell_gives_nothing(holds: Holds) -> None:
    assert [text for text in texts(entry(), holds) if text] == []


def test_numbers_are_as_they_are() -> None:
    assert texts(entry(), Holds.ACT_NUMBER) == ["12"]


@pytest.mark.parametrize(
    ("month", "habits"), [(3, {""}), (5, {""}), (6, {""}), (8, {""}), (12, {"bre", "full", "short"})]
)
def test_a_month_that_is_never_cut_shows_no_habit_of_cutting(month: int, habits: set[str]) -> None:
    day = RegisterDate.of_day(date(1883, month, 4))
    forms = forms_of(entry(day=day), cell(Holds.DATE), {})
    assert {habit.split(" ")[2] for _, habit in forms if habit} == habits
