"""Sections put right by hand: above register.toml, second stage only, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registers.dates import Period
from registers.errors import NotFoundError, UsageError
from registers.register import Description, RegisterSettings
from services.by_hand import with_corrections
from services.correct import CorrectionValues, correct
from services.desk import Desk
from services.find import find, read_query
from services.sections import correct_section, section_corrections, undo_section
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
