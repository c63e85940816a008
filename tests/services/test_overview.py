from __future__ import annotations

import time

import pytest

from registers.document import PageOutcome
from registers.register import Register
from services.desk import Desk
from services.overview import Overview
from store.kept import Failure
from tests.desk_builders import BIRTHS, UNREAD


def test_registers_are_counted_once_until_something_changes(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.overview._REST", 0.0)
    monkeypatch.setattr("services.overview._QUICK", 60.0)
    overview = Overview(own_desk.catalogue)
    first = overview.holdings()
    assert overview.holdings() is first
    own_desk.catalogue.registers.upsert(Register("new", "/nowhere"))
    second = overview.holdings()
    assert second is not first and len(second.summaries) == len(first.summaries) + 1
    own_desk.catalogue.pages.save_failure("new", Failure("/nowhere/a.pdf", "scan_empty", "no pages"))
    unread = {register.register_id: register.unread for register, _ in overview.holdings().covered}
    assert unread["new"] == 1


def test_counting_rests_while_everything_changes(own_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.overview._REST", 1e9)
    overview = Overview(own_desk.catalogue)
    first = overview.holdings()
    own_desk.catalogue.registers.upsert(Register("new", "/nowhere"))
    assert overview.holdings() is first


def test_where_counting_takes_long_searches_do_not_wait(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.overview._REST", 0.0)
    monkeypatch.setattr("services.overview._QUICK", 0.0)
    overview = Overview(own_desk.catalogue)
    first = overview.holdings()
    own_desk.catalogue.registers.upsert(Register("new", "/nowhere"))
    assert overview.holdings() is first
    until = time.monotonic() + 20
    while len(overview.holdings().summaries) == len(first.summaries) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(overview.holdings().summaries) == len(first.summaries) + 1


def test_coverage_is_ready_made(small_desk: Desk) -> None:
    covered = {register.register_id: register for register, _ in small_desk.overview.holdings().covered}
    births = covered[BIRTHS]
    assert (births.state, births.pages, births.rows_doubtful) == ("read", 2, 1)
    assert (births.first_year, births.last_year) == (1883, 1892)
    assert covered[UNREAD].state == "not_read"


def test_sections_are_found_by_register(small_desk: Desk) -> None:
    assert set(small_desk.overview.holdings().sections_of({BIRTHS})) == {(BIRTHS, f"{BIRTHS}#1")}


def test_unread_pages_are_listed_by_register(small_desk: Desk) -> None:
    found = small_desk.catalogue.pages.ids_of([BIRTHS, UNREAD], {PageOutcome.HANDWRITING})
    assert set(found) == {UNREAD} and len(found[UNREAD]) == 2
    assert small_desk.catalogue.pages.ids_of([], {PageOutcome.READ}) == {}
