"""feuillet correct"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Feuillet


def _found(feuillet: Feuillet, workspace: Path, text: str) -> list[dict[str, Any]]:
    done = feuillet("search", text, "--json", "--workspace", workspace)
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


def test_a_correction_is_found_and_taken_back(feuillet: Feuillet, workspace: Path) -> None:
    entry_id = _found(feuillet, workspace, "Moreau Jules")[0]["entry_id"]
    correct = ("correct", entry_id, "--surname", "Quillivic", "--who", "Anne", "--workspace", workspace)
    preview = feuillet(*correct, "--preview")
    assert (preview.returncode, preview.stdout) == (0, f"{entry_id}: MOREAU Jules -> QUILLIVIC Jules\n")
    done = json.loads(feuillet(*correct, "--json").stdout)
    assert done.keys() >= {"change", "entries", "kept", "published"}
    (entry,) = done["entries"]
    assert (entry["entry_id"], entry["surname"], entry["version"]) == (entry_id, "Quillivic", 2)
    assert _found(feuillet, workspace, "Quillivic")[0]["entry_id"] == entry_id
    undone = feuillet("correct", "--undo", done["change"], "--who", "Anne", "--workspace", workspace)
    assert undone.returncode == 0 and "MOREAU Jules" in undone.stdout
    assert entry_id not in {result["entry_id"] for result in _found(feuillet, workspace, "Quillivic")}


def test_taking_back_has_no_preview(feuillet: Feuillet, workspace: Path) -> None:
    entry_id = _found(feuillet, workspace, "Moreau Jules")[0]["entry_id"]
    correct = ("correct", entry_id, "--surname", "Quillivic", "--workspace", workspace, "--json")
    change = json.loads(feuillet(*correct).stdout)["change"]
    done = feuillet("correct", "--undo", change, "--preview", "--workspace", workspace)
    assert done.returncode == 2 and "--undo has no preview" in done.stderr
    assert [found["entry_id"] for found in _found(feuillet, workspace, "Quillivic")] == [entry_id]


def test_a_stale_version_is_refused(feuillet: Feuillet, workspace: Path) -> None:
    entry_id = _found(feuillet, workspace, "Moreau Jules")[0]["entry_id"]
    confirm = ("correct", entry_id, "--as-it-stands", "--version", "1", "--workspace", workspace)
    assert feuillet(*confirm).returncode == 0
    again = feuillet(*confirm)
    assert again.returncode == 1 and "Traceback" not in again.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("id",),
        ("id", "--undo", "1"),
        ("id", "--surname", "A", "--as-it-stands"),
        ("id", "--surname", "A", "--accept-proposed"),
        ("id", "--accept-proposed", "--dismiss-proposed"),
        ("id", "--dismiss-proposed", "--preview"),
        ("--accept-proposed", "--undo", "1"),
        ("--accept-proposed",),
    ],
)
def test_what_makes_no_sense_is_refused(feuillet: Feuillet, built: Path, arguments: tuple[str, ...]) -> None:
    assert feuillet("correct", *arguments, "--workspace", built).returncode == 2


def test_the_history_tells_which_change_to_take_back(feuillet: Feuillet, workspace: Path) -> None:
    entry_id = _found(feuillet, workspace, "Moreau Jules")[0]["entry_id"]
    correct = ("correct", entry_id, "--workspace", workspace)
    change = json.loads(feuillet(*correct, "--surname", "Quillivic", "--who", "Anne", "--json").stdout)[
        "change"
    ]
    versions = json.loads(feuillet(*correct, "--history", "--json").stdout)
    assert [(past["version"], past["surname"]) for past in versions] == [(1, "Moreau"), (2, "Quillivic")]
    assert (versions[1]["change"], versions[1]["who"], versions[1]["action"]) == (change, "Anne", "corrected")
    assert f"change {change} · corrected · Anne" in feuillet(*correct, "--history").stdout
    assert feuillet("correct", "nothing", "--history", "--workspace", workspace).returncode == 2
    assert feuillet(*correct, "--history", "--surname", "A").returncode == 2
