"""Sections put right by hand: above register.toml, second stage only, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registers.dates import Period
from registers.errors import NotFoundError, UsageError
from registers.register import Description, RegisterSettings
from services.by_hand import Corrections, with_corrections
from services.correct import CorrectionValues, correct
from services.desk import Desk
from services.find import find, read_query
from services.sections import correct_section, correct_views, section_corrections, undo_section
from store import codec
from tests.services.builders import SAID, entry_of, fill, register

WHO = "A. Martel"


def _section_id(desk: Desk) -> str:
    (section,) = desk.catalogue.registers.sections("naissances")
    return section.id


def test_a_corrected_section_is_understood_and_published_again(filled: Desk) -> None:
    said = Description(commune="Autre-Ville", period=Period.of_years(1983, 1992))
    (section,) = correct_section(filled, "naissances", _section_id(filled), said, WHO)
    assert (section.description.commune, section.description.cote) == ("Autre-Ville", "1 E 1")
    assert section.period == Period.of_years(1983, 1992)
    assert entry_of(filled.catalogue, "Paul").entry.date.iso == "1983-12-19"
    found = find(filled, read_query("Blanchard", place="Autre-Ville"))
    assert [result.entry.person.given_names for result in found.results] == ["Jules"]


def test_readings_are_left_alone(filled: Desk) -> None:
    before = filled.catalogue.pages.done("naissances")
    correct_section(filled, "naissances", _section_id(filled), Description(commune="Autre-Ville"), WHO)
    assert filled.catalogue.pages.done("naissances") == before


def test_it_stands_above_register_toml_whatever_that_says_later(filled: Desk) -> None:
    correct_section(filled, "naissances", _section_id(filled), Description(commune="Autre-Ville"), WHO)
    later = replace(register(), settings=RegisterSettings(replace(SAID, commune="Troisième", cote="9 E")))
    merged = with_corrections(filled.catalogue, later)
    assert merged.settings.sections[0].description.commune == "Autre-Ville"
    assert merged.settings.description.cote == "9 E"


def test_what_is_corrected_of_an_entry_stays(filled: Desk) -> None:
    luc = entry_of(filled.catalogue, "Luc")
    correct(filled, luc.entry.id, CorrectionValues(date="10 février 1888"), WHO, luc.version)
    said = Description(period=Period.of_years(1983, 1992))
    correct_section(filled, "naissances", _section_id(filled), said, WHO)
    assert entry_of(filled.catalogue, "Luc").entry.date.iso == "1888-02-10"


def test_the_latest_is_taken_back_first(filled: Desk) -> None:
    for commune in ("Deux", "Trois"):
        correct_section(filled, "naissances", _section_id(filled), Description(commune=commune), WHO)
    assert [made.who for made in section_corrections(filled.catalogue, "naissances")] == [WHO, WHO]
    assert [undo_section(filled, "naissances")[0].description.commune for _ in range(2)] == [
        "Deux",
        "Fictive-sur-Loire",
    ]
    with pytest.raises(NotFoundError):
        undo_section(filled, "naissances")


def test_a_removed_register_starts_without(filled: Desk) -> None:
    correct_section(filled, "naissances", _section_id(filled), Description(commune="Deux"), WHO)
    filled.catalogue.registers.remove("naissances")
    assert with_corrections(filled.catalogue, register()) == register()
    fill(filled.catalogue)
    assert section_corrections(filled.catalogue, "naissances") == ()


def test_nonsense_is_refused(filled: Desk) -> None:
    with pytest.raises(UsageError):
        correct_section(filled, "naissances", _section_id(filled), Description(), WHO)
    with pytest.raises(NotFoundError):
        correct_section(filled, "naissances", "nothing", Description(commune="Deux"), WHO)


def test_views_of_several_sections_keep_what_is_said_of_each(filled: Desk) -> None:
    for view, cote in ((1, "1 E 7"), (2, "1 E 8")):
        correct_views(filled, "naissances", (view, view), Description(cote=cote), WHO)
    sections = correct_views(filled, "naissances", (1, 2), Description(commune="Autre-Ville"), WHO)
    said = [(found.description.commune, found.description.cote) for found in sections]
    assert said == [("Autre-Ville", "1 E 7"), ("Autre-Ville", "1 E 8")]
    back = undo_section(filled, "naissances")
    assert {found.description.commune for found in back} == {"Fictive-sur-Loire"}
    assert [found.description.cote for found in back] == ["1 E 7", "1 E 8"]


def test_views_without_a_page_are_refused(filled: Desk) -> None:
    with pytest.raises(UsageError, match="no page of naissances lies in the views 3-9"):
        correct_views(filled, "naissances", (3, 9), Description(commune="Deux"), WHO)


def test_corrections_that_were_kept_before_they_had_pieces_are_understood() -> None:
    stored = '{"made": [{"said": {"description": {"commune": "Deux"}}, "who": "A", "at": "1999"}]}'
    assert codec.loads(Corrections, stored).made[0].pieces == 1
