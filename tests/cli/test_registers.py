"""feuillet registers list|show|remove"""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS, DEATHS, MARRIAGES, UNREAD

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
    assert "section Valbrune-sur-Orle · 9 Z 12 · birth" in shown.stdout
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
