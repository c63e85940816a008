"""Handwriting is outdated when something else is known of its section than when it was decoded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from registers.dates import Period
from registers.document import PageOutcome
from registers.entry import State
from registers.register import Description, Register, RegisterSettings, SectionSettings
from services.correct import check
from services.desk import open_desk
from services.known import decoded_otherwise, known_of
from services.report import report_lines
from services.sections import correct_views, scans_decoded_otherwise, undo_section
from store.kept import Again, ScanState
from tests.services.builders import reading
from tests.services.hand_builders import REGISTER, draw, read_all, settings_in

SAID = Description(period=Period.of_years(1900, 1969))
HOME = Register("carel", "/scans/carel", RegisterSettings(SAID, columns=("full_name", "date")))
KEY = ("0" * 64, 0)


def _state(register: Register, position: int, *, engine: str = "handwriting-0123456789ab-2") -> ScanState:
    made = reading("1.jpg", ())
    (page,) = made.pages
    written = replace(made, pages=(replace(page, page=replace(page.page, engine=engine)),))
    return ScanState("v", (PageOutcome.READ,), "/scans/carel/1.jpg", known_of(register, written, position))


def _with(*sections: SectionSettings, **changes: object) -> Register:
    return replace(HOME, settings=replace(HOME.settings, sections=sections, **changes))  # type: ignore[arg-type]


LATER = SectionSettings(Description(period=Period.of_years(1970, 1979)), 2, 3)


@pytest.mark.parametrize(
    ("now", "position", "otherwise"),
    [
        (HOME, 1, False),
        (_with(description=replace(SAID, commune="Autre-Ville", cote="1 E 1")), 1, False),
        (_with(description=replace(SAID, period=Period.of_years(1900, 1970))), 1, True),
        (_with(columns=("date", "full_name")), 1, True),
        (_with(LATER), 1, False),
        (_with(LATER), 2, True),
    ],
)
def test_another_period_or_other_columns_outdate_it(now: Register, position: int, *, otherwise: bool) -> None:
    found = decoded_otherwise(now, {KEY: _state(HOME, position)}, {KEY: position})
    assert bool(found) is otherwise


def test_print_and_what_keeps_no_mark_are_not_outdated() -> None:
    printed = _state(HOME, 1, engine="tesseract 5")
    assert printed.known is None
    assert decoded_otherwise(_with(LATER), {KEY: printed}, {KEY: 2}) == frozenset()


def test_columns_written_on_a_page_of_print_count() -> None:
    mixed = _state(HOME, 2, engine="tesseract 5; handwriting-0123456789ab-2")
    assert decoded_otherwise(_with(LATER), {KEY: mixed}, {KEY: 2}) == {KEY}


def test_the_banner_says_what_was_known() -> None:
    bare = Register("carel", "/scans/carel")
    state = _state(bare, 1)
    assert decoded_otherwise(bare, {KEY: replace(state, banner=("Naissances 1883-1892",))}, {KEY: 1}) == {KEY}


def test_only_the_pages_of_the_corrected_period_are_read_again(tmp_path: Path) -> None:
    home, settings = draw(tmp_path), settings_in(tmp_path)
    first = read_all(home, settings)
    assert (first.exit_code, first.registers[0].outdated) == (0, 0)
    assert first.registers[0].by_hand == 2
    with open_desk(settings) as desk:
        (*_, last) = desk.catalogue.entries.of_register(REGISTER)
        check(desk, last.entry.id, "Anne", last.version)
        correct_views(desk, REGISTER, (2, 2), Description(period=Period.of_years(1910, 1919)), "Anne")
        assert scans_decoded_otherwise(desk.catalogue, REGISTER) == 1
    report = read_all(home, settings)
    assert (report.scans_read, report.registers[0].outdated) == (0, 1)
    assert any("under another period; --again outdated" in line for line in report_lines(report))
    assert read_all(home, settings, Again.OUTDATED).scans_read == 1
    assert read_all(home, settings, Again.OUTDATED).scans_read == 0
    with open_desk(settings) as desk:
        now = desk.catalogue.entries.get(last.entry.id).entry
        assert (now.state, now.person, now.date) == (State.CHECKED, last.entry.person, last.entry.date)
        undo_section(desk, REGISTER)
        assert scans_decoded_otherwise(desk.catalogue, REGISTER) == 1
    assert read_all(home, settings, Again.OUTDATED).scans_read == 1
