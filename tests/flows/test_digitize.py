"""The whole way as an archivist walks it: from folders of scans to answers, stopped and started again."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from registers.settings import StoreSettings
from store.catalogue import Catalogue
from tests.conftest import ROOT, Feuillet

REGISTER = "naissances-1883-1892"


def _export(feuillet: Feuillet, workspace: Path) -> str:
    done = feuillet("export", "--workspace", workspace)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_report_names_every_register(digitized: tuple[Path, str], samples_folder: Path) -> None:
    _, printed = digitized
    for folder in (samples_folder / "registers").iterdir():
        if folder.is_dir():
            assert f"{folder.name}: " in printed
    assert "failed" not in printed


def test_a_second_run_changes_nothing(
    feuillet: Feuillet, digitized: tuple[Path, str], samples_folder: Path
) -> None:
    workspace, _ = digitized
    before = _export(feuillet, workspace)
    done = feuillet("digitize", samples_folder / "registers", "--workspace", workspace)
    assert done.returncode == 0, done.stderr
    assert "nothing was left to read" in done.stdout
    assert _export(feuillet, workspace) == before


def test_nothing_leaves_the_machine(feuillet: Feuillet, samples_folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "connections"
    workspace = tmp_path / "workspace"
    done = feuillet(
        "digitize",
        samples_folder / "registers" / "deces-1913",
        "--workspace",
        workspace,
        FEUILLET_TEST_CONNECTIONS=str(log),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    done = feuillet("search", "Lefebvre", "--workspace", workspace, FEUILLET_TEST_CONNECTIONS=str(log))
    assert done.returncode == 0, done.stderr
    assert not log.exists(), log.read_text()


def test_a_name_is_found_misspelt_and_by_sound(
    feuillet: Feuillet, digitized: tuple[Path, str], samples_folder: Path
) -> None:
    workspace, _ = digitized
    with (samples_folder / "registers" / REGISTER / "gold.csv").open(encoding="utf-8") as file:
        people = [row for row in csv.DictReader(file) if len(row["surname"]) >= 6]
    person = people[len(people) // 2]
    misspelt = person["surname"][:3] + person["surname"][4:]
    for surname in (person["surname"], misspelt):
        done = feuillet("search", f"{surname} {person['given_names']}", "--workspace", workspace, "--json")
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        assert answer["total"] >= 1
        found = {(result["surname"], result["date_iso"]) for result in answer["results"]}
        assert (person["surname"], person["date_iso"]) in found


def test_kill_and_go_on_gives_the_same(feuillet: Feuillet, samples_folder: Path, tmp_path: Path) -> None:
    """Killed at random moments, then run to its end: the same export, to the byte."""
    scans = tmp_path / "scans"
    shutil.copytree(samples_folder / "registers" / REGISTER, scans / REGISTER)
    _settle(scans)
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    assert feuillet("digitize", scans, "--workspace", undisturbed).returncode == 0
    chance = random.Random(7)
    for _ in range(3):
        run = _start(scans, disturbed)
        time.sleep(chance.uniform(1, 12))
        run.kill()
        run.wait()
    done = feuillet("digitize", scans, "--workspace", disturbed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert _export(feuillet, disturbed) == _export(feuillet, undisturbed)


def test_an_interrupted_run_ends_at_once_and_goes_on_later(
    feuillet: Feuillet, samples_folder: Path, tmp_path: Path
) -> None:
    register = "naissances-1903-1912"
    folder, workspace = samples_folder / "registers" / register, tmp_path / "workspace"
    run = _start(folder, workspace)
    assert run.stderr is not None
    assert any(line.startswith("1/3 scans") for line in run.stderr)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    with Catalogue.open(StoreSettings(workspace=str(workspace))) as catalogue:
        assert catalogue.pages.failures(register) == ()
        assert 1 <= len(catalogue.pages.readings(register)) < 3
    done = feuillet("digitize", folder, "--workspace", workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    with Catalogue.open(StoreSettings(workspace=str(workspace))) as catalogue:
        assert len(catalogue.pages.readings(register)) == 3


def test_bad_input_is_named_and_the_rest_is_read(
    feuillet: Feuillet, tmp_path: Path, samples_folder: Path
) -> None:
    from samples.generator.bad_input import write_bad_inputs

    scans = tmp_path / "scans"
    scans.mkdir()
    expected = write_bad_inputs(scans)
    good = samples_folder / "registers" / REGISTER / f"{REGISTER}_0003.jpg"
    shutil.copy(good, scans / "a good page.jpg")
    _settle(scans)
    done = feuillet("digitize", scans, "--workspace", tmp_path / "workspace", "--json")
    assert done.returncode == 1, done.stdout + done.stderr
    (report,) = json.loads(done.stdout)["registers"]
    failed = {failure["image"]: failure for failure in report["failures"]}
    for name, kind in expected.items():
        if kind.startswith("scan_"):
            named = [*failed, *report["passed_over"]]  # a GIF or a text is no scan: said, but no failure
            assert any(image.startswith(name) for image in named), f"{name} ({kind}) is not in the report"
    for failure in failed.values():
        assert failure["message"]
        assert "\n" not in failure["message"]
    exported = feuillet("export", "--workspace", tmp_path / "workspace")
    images = {row["image"] for row in csv.DictReader(exported.stdout.splitlines())}
    assert "a good page.jpg" in images


@pytest.mark.parametrize("content", ["empty", "only notes"])
def test_a_folder_without_scans_is_said(feuillet: Feuillet, tmp_path: Path, content: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content == "only notes":
        (folder / "notes.txt").write_text("nothing here")
    done = feuillet("digitize", folder, "--workspace", tmp_path / "workspace")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_every_file_bad_is_status_5(feuillet: Feuillet, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "1.jpg").write_bytes(b"no picture at all")
    _settle(tmp_path / "scans")
    done = feuillet("digitize", tmp_path / "scans", "--workspace", tmp_path / "workspace")
    assert done.returncode == 5, done.stdout + done.stderr


def _start(scans: Path, workspace: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "digitize", str(scans), "--workspace", str(workspace)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _settle(folder: Path) -> None:
    """Files that were written a moment ago look as if they were still being copied."""
    past = time.time() - 60
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (past, past))
