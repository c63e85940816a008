"""The number auditor: runs, what is missing or double, what may be repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ner.order.numbers import audit_numbers, repair_numbers
from registers.dates import RegisterDate
from registers.entry import Entry, Flag
from tests.ner.order.test_audit import entry


def numbered(numbers: Sequence[str], year: int = 1912) -> list[Entry]:
    day = RegisterDate.of_day(date(year, 5, 4))
    return [replace(entry(rank, "Adam", number=number), date=day) for rank, number in enumerate(numbers)]


def test_a_complete_run() -> None:
    audit = audit_numbers("s", numbered([str(n) for n in range(1, 21)]))
    assert [str(report) for report in audit.reports] == ["20 numbers, none missing"]
    assert audit.flags == {}


def test_missing_and_double_numbers() -> None:
    audit = audit_numbers("s", numbered([str(n) for n in (1, 2, 3, 5, 6, 7, 7, 8, 9, 10)]))
    assert (audit.reports[0].missing, audit.reports[0].double) == ((4,), (7,))
    assert audit.flags == {"e0005": (Flag.NUMBER_DOUBLE,), "e0006": (Flag.NUMBER_DOUBLE,)}


def test_the_row_after_a_gap_is_told_where_the_order_is_by_number() -> None:
    audit = audit_numbers("s", numbered(["1", "2", "3", "5", "6", "7"]), by_number=True)
    assert audit.flags == {"e0003": (Flag.NUMBER_GAP,)}


def test_each_number_twice_where_both_spouses_are_listed() -> None:
    audit = audit_numbers("s", numbered([str(n) for n in (1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6)]))
    assert (audit.reports[0].times, audit.reports[0].missing, audit.reports[0].double) == (2, (3,), ())


def test_the_closing_states_the_last() -> None:
    audit = audit_numbers("s", numbered([str(n) for n in range(1, 10)]), stated=11)
    assert audit.reports[0].missing == (10, 11)


def test_each_year_has_its_own_run() -> None:
    rows = [*numbered([str(n) for n in range(1, 8)], 1911), *numbered([str(n) for n in range(1, 7)], 1912)]
    audit = audit_numbers("s", [replace(row, id=f"e{rank}") for rank, row in enumerate(rows)])
    assert [(report.year, report.last) for report in audit.reports] == [(1911, 7), (1912, 6)]


def test_a_misread_number_far_out_does_not_stretch_the_run() -> None:
    audit = audit_numbers("s", numbered([*(str(n) for n in range(1, 11)), "1204"]))
    assert audit.reports[0].last == 10
    assert audit.reports[0].missing == ()


def test_a_few_numbers_are_no_run() -> None:
    assert audit_numbers("s", numbered(["17", "203", "9"])).reports == ()


def test_many_missing_numbers_are_cut_short_in_the_report() -> None:
    present = [str(n) for n in range(1, 60) if n % 3]
    line = str(audit_numbers("s", numbered(present)).reports[0])
    assert line.startswith("40 numbers, 19 missing: 3, 6, 9")
    assert line.endswith(" ...")


def test_repairs_need_both_neighbours_and_one_letter() -> None:
    assert repair_numbers(["11", "72", "13", "14"]) == {1: "12"}
    assert repair_numbers(["11", "90", "13"]) == {}
    assert repair_numbers(["11", "17", "13"]) == {1: "12"}
    assert repair_numbers(["11", "", "13"]) == {1: "12"}
    assert repair_numbers(["11", "11 bis", "13"]) == {}
    assert repair_numbers(["11", "90", "14"]) == {}
