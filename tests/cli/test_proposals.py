"""feuillet registers proposals, and what feuillet correct does with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registers.entry import PersonName
from registers.settings import Settings, StoreSettings
from services.correct import check
from services.desk import open_desk
from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS, DEATHS
from tests.services.builders import entry_of, offer


@pytest.fixture
def entry_id(workspace: Path) -> str:
    """A row that Anne has checked and that was read otherwise since."""
    with open_desk(Settings(store=StoreSettings(workspace=str(workspace)))) as desk:
        stored = entry_of(desk.catalogue, "Jules", BIRTHS)
        check(desk, stored.entry.id, "Anne", stored.version)
        offer(desk.catalogue, stored, person=PersonName("Morel", "Julien"), act_number="7")
    return stored.entry.id


def test_what_was_read_since_is_listed(feuillet: Feuillet, workspace: Path, entry_id: str) -> None:
    for named in ((), (BIRTHS,)):
        listed = feuillet("registers", "proposals", *named, "--workspace", workspace)
        assert (listed.returncode, listed.stdout) == (
            0,
            f"{entry_id}: MOREAU Jules · 1887-07-14 · act number - "
            "-> MOREL Julien · 1887-07-14 · act number 7\n",
        ), listed.stderr
    (said,) = json.loads(feuillet("registers", "proposals", "--json", "--workspace", workspace).stdout)
    assert (said["entry_id"], said["register"], said["state"], said["who"]) == (
        entry_id,
        BIRTHS,
        "checked",
        "Anne",
    )
    assert (said["stands"]["surname"], said["proposed"]["surname"]) == ("Moreau", "Morel")
    assert said["stands"].keys() == said["proposed"].keys()
    nothing = feuillet("registers", "proposals", DEATHS, "--workspace", workspace)
    assert (nothing.returncode, nothing.stdout) == (
        0,
        "nothing was read otherwise than a person has checked\n",
    )
    assert feuillet("registers", "proposals", "nowhere", "--workspace", workspace).returncode == 2


def test_it_is_taken_over_and_taken_back(feuillet: Feuillet, workspace: Path, entry_id: str) -> None:
    accept = ("correct", entry_id, "--accept-proposed", "--who", "Paul", "--workspace", workspace)
    preview = feuillet(*accept, "--preview")
    assert (preview.returncode, preview.stdout) == (0, f"{entry_id}: MOREAU Jules -> MOREL Julien\n")
    done = json.loads(feuillet(*accept, "--json").stdout)
    (entry,) = done["entries"]
    assert (entry["surname"], entry["given_names"], entry["state"]) == ("Morel", "Julien", "corrected")
    assert feuillet(*accept).returncode == 2  # nothing is offered any more
    undone = feuillet("correct", "--undo", done["change"], "--who", "Paul", "--workspace", workspace)
    assert undone.returncode == 0 and "MOREAU Jules" in undone.stdout


def test_it_is_declined_once_and_for_all(feuillet: Feuillet, workspace: Path, entry_id: str) -> None:
    dismiss = ("correct", entry_id, "--dismiss-proposed", "--workspace", workspace)
    assert feuillet(*dismiss, "--version", "1").returncode == 1
    done = feuillet(*dismiss)
    assert done.returncode == 0 and "not offered again" in done.stdout
    assert "MOREL" not in done.stdout + feuillet("registers", "proposals", "--workspace", workspace).stdout
