from __future__ import annotations

import time

import pytest

from registers.document import PageOutcome, Scan
from registers.register import Register
from services.desk import Desk
from services.overview import Overview
from store.files import KnownFile
from store.kept import Failure
from tests.desk_builders import BIRTHS, UNREAD
from tests.services.builders import fill


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


def test_scans_that_wait_are_not_called_read(own_desk: Desk) -> None:
    catalogue = own_desk.catalogue
    scans = tuple(Scan("/scans/new.pdf", "f" * 64, index, 3, 100, 100) for index in range(3))
    catalogue.files.keep(BIRTHS, [KnownFile("/scans/new.pdf", 9, 9, "", scans)])
    catalogue.pages.save_failure(BIRTHS, Failure("/scans/new.pdf", "scan_broken", "cut", "", "f" * 64, 1))
    (births,) = [part for part, _ in Overview(catalogue).holdings().covered if part.register_id == BIRTHS]
    assert (births.state, births.pages, births.pages_read, births.unread) == ("partly_read", 5, 2, 3)


def test_what_was_never_understood_is_not_called_read(own_desk: Desk) -> None:
    fill(own_desk.catalogue, "fresh")
    (fresh,) = [p for p, _ in Overview(own_desk.catalogue).holdings().covered if p.register_id == "fresh"]
    assert (fresh.state, fresh.pages_read, fresh.unread) == ("not_read", 2, 0)


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
