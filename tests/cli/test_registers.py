"""feuillet registers list|show|remove"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from registers.settings import Settings, StoreSettings
from services.desk import open_desk
from services.known import known_of
from store.catalogue import Catalogue
from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS, DEATHS, MARRIAGES, UNREAD
from tests.services.builders import FINGERPRINT, digest

_SUMMARY = {"id", "folder", "scans", "pages", "failures", "rows", "flags", "sections"}


def test_json_keeps_its_keys(feuillet: Feuillet, built: Path) -> None:
    done = feuillet("registers", "list", "--json", "--workspace", built)
    assert done.returncode == 0, done.stderr
    listed = {item["id"]: item for item in json.loads(done.stdout)}
    assert listed.keys() == {BIRTHS, MARRIAGES, DEATHS, UNREAD}
    births = listed[BIRTHS]
    assert births.keys() >= _SUMMARY
    assert (births["scans"], births["pages"], births["rows"]) == (1, {"read": 2}, 25)
    (section,) = births["sections"]
    assert section.keys() >= {"id", "commune", "cote", "kinds", "period", "conflicts"}
    assert (section["commune"], section["kinds"]) == ("Valbrune-sur-Orle", ["birth"])


def test_one_register_is_shown_with_its_pages(feuillet: Feuillet, built: Path) -> None:
    shown = feuillet("registers", "show", BIRTHS, "--workspace", built)
    assert shown.returncode == 0, shown.stderr
    assert f"{BIRTHS}: 2 read; 25 rows" in shown.stdout
    assert f"section {BIRTHS}#1 · Valbrune-sur-Orle · 9 Z 12 · birth" in shown.stdout
    assert "double.png left: read, table, 15 rows" in shown.stdout
    pages = json.loads(feuillet("registers", "show", BIRTHS, "--json", "--workspace", built).stdout)
    assert [(page["image"], page["side"], page["rows"]) for page in pages["page_list"]] == [
        ("double.png", "left", 15),
        ("double.png", "right", 10),
    ]
    assert pages["failure_list"] == []


def test_an_unknown_register_is_named(feuillet: Feuillet, built: Path) -> None:
    done = feuillet("registers", "show", "nowhere", "--workspace", built)
    assert done.returncode == 2 and "nowhere" in done.stderr


def test_a_removed_register_is_no_longer_found(feuillet: Feuillet, workspace: Path) -> None:
    done = feuillet("registers", "remove", DEATHS, "--yes", "--workspace", workspace)
    assert (done.returncode, done.stdout) == (0, f"{DEATHS} is removed\n"), done.stderr
    found = feuillet("search", "Lefebvre Mathurin", "--json", "--workspace", workspace)
    names = {result["given_names"] for result in json.loads(found.stdout)["results"]}
    assert "Mathurin" not in names
    assert DEATHS not in feuillet("registers", "list", "--workspace", workspace).stdout


def test_nothing_is_removed_without_a_yes(feuillet: Feuillet, workspace: Path) -> None:
    assert feuillet("registers", "remove", DEATHS, "--workspace", workspace).returncode == 130
    assert DEATHS in feuillet("registers", "list", "--workspace", workspace).stdout


@pytest.fixture
def understood(tmp_path: Path) -> Path:
    """A workspace with one register whose tables are kept, so that it can be understood again."""
    settings = Settings(store=StoreSettings(workspace=str(tmp_path / "understood")))
    Catalogue.open(settings.store).close()
    with open_desk(settings) as desk:
        digest(desk)
    return tmp_path / "understood"


def test_a_section_is_put_right_and_taken_back(feuillet: Feuillet, understood: Path) -> None:
    section = ("registers", "section", "naissances")
    (before,) = json.loads(feuillet(*section, "--json", "--workspace", understood).stdout)
    assert (before["commune"], before["kinds"]) == ("Fictive-sur-Loire", ["birth"])
    done = feuillet(
        *(*section, before["id"], "--commune", "Autre-Ville", "--kind", "death", "--from", "1983"),
        *("--to", "1992", "--who", "A. Martel", "--json", "--workspace", understood),
    )
    assert done.returncode == 0, done.stderr
    (now,) = json.loads(done.stdout)
    assert (now["commune"], now["kinds"], now["cote"]) == ("Autre-Ville", ["death"], "1 E 1")
    assert now["period"] == "1983-01-01/1992-12-31"
    assert [made["who"] for made in now["by_hand"]] == ["A. Martel"] and "note:" not in done.stderr
    found = feuillet("search", "Bertrand Paul", "--json", "--workspace", understood)
    (paul,) = [each for each in json.loads(found.stdout)["results"] if each["given_names"] == "Paul"]
    assert (paul["kind"], paul["date_iso"]) == ("death", "1983-12-19")
    listed = feuillet(*section, "--workspace", understood).stdout
    assert f"{now['id']} · Autre-Ville" in listed and "A. Martel" in listed
    undone = feuillet(*section, "--undo", "--json", "--workspace", understood)
    assert json.loads(undone.stdout) == [before]
    assert feuillet(*section, "--undo", "--workspace", understood).returncode == 2


def test_views_become_a_section_of_their_own(feuillet: Feuillet, understood: Path) -> None:
    done = feuillet(
        *("registers", "section", "naissances", "--views", "2-2", "--kind", "marriage", "--json"),
        *("--workspace", understood),
    )
    assert done.returncode == 0, done.stderr
    assert [section["kinds"] for section in json.loads(done.stdout)] == [["birth"], ["marriage"]]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--commune", "Autre-Ville"),
        ("SECTION", "--from", "1893"),
        ("SECTION", "--from", "1893", "--to", "1800"),
        ("SECTION", "--views", "1-2", "--commune", "X"),
        ("--views", "7-2", "--commune", "X"),
        ("--views", "a-b", "--commune", "X"),
        ("--undo", "--commune", "X"),
        ("SECTION",),
        ("nothing", "--commune", "X"),
    ],
)
def test_a_correction_that_says_nothing_or_too_much_is_refused(
    feuillet: Feuillet, built: Path, wrong: tuple[str, ...]
) -> None:
    given = [f"{BIRTHS}#1" if word == "SECTION" else word for word in wrong]
    done = feuillet("registers", "section", BIRTHS, *given, "--workspace", built)
    assert done.returncode == 2, done.stdout


def test_sections_of_an_unknown_register_are_refused(feuillet: Feuillet, built: Path) -> None:
    assert feuillet("registers", "section", "nowhere", "--workspace", built).returncode == 2


def test_handwriting_that_was_read_under_another_period_is_said(feuillet: Feuillet, understood: Path) -> None:
    with Catalogue.open(StoreSettings(workspace=str(understood))) as catalogue:
        register = catalogue.registers.get("naissances")
        for position, reading in enumerate(catalogue.pages.readings("naissances"), 1):
            (page,) = reading.pages
            written = replace(page, page=replace(page.page, engine="handwriting-0123456789ab-1"))
            made = replace(reading, pages=(written,))
            known = known_of(register, made, position)
            catalogue.pages.save_reading("naissances", made, FINGERPRINT, known)
    given = ("registers", "section", "naissances", "--views", "1-2", "--workspace", understood)
    assert "note:" not in feuillet(*given, "--commune", "Autre-Ville").stderr
    said = feuillet(*given, "--from", "1983", "--to", "1992", "--json").stderr
    assert "2 scans" in said and "--again outdated" in said
    assert "note:" not in feuillet(*given[:3], *given[5:], "--undo").stderr
