"""feuillet export"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT, Feuillet


@pytest.mark.parametrize(("name", "root"), [("alto", "alto"), ("page", "PcGts")])
def test_scans_with_rows_are_written_as_xml(
    feuillet: Feuillet, built: Path, tmp_path: Path, name: str, root: str
) -> None:
    out = tmp_path / "xml"
    done = feuillet("export", "--format", name, "--out", out, "--workspace", built)
    assert (done.returncode, done.stdout) == (0, f"3 files in {out}\n"), done.stderr
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    assert files.keys() == {
        "courvignolles/mariages/mariages.xml",
        "deces/deces.xml",
        "valbrune/naissances/double.xml",
    }
    assert {ElementTree.parse(path).getroot().tag.split("}")[1] for path in files.values()} == {root}


def test_xml_needs_a_folder_and_tables_a_file(feuillet: Feuillet, built: Path, tmp_path: Path) -> None:
    no_folder = feuillet("export", "--format", "page", "--workspace", built)
    assert no_folder.returncode == 2 and "--out" in no_folder.stderr
    folder = feuillet("export", "--out", tmp_path, "--workspace", built)
    assert folder.returncode == 2 and "is a folder" in folder.stderr


def test_entries_are_written_as_tables(feuillet: Feuillet, built: Path, tmp_path: Path) -> None:
    assert feuillet("export", "--out", tmp_path / "all.csv", "--workspace", built).returncode == 0
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = feuillet("export", "--format", "jsonl", "--workspace", built).stdout.splitlines()
    assert [row["entry_id"] for row in rows] == [json.loads(line)["entry_id"] for line in lines]
    assert len(rows) == 30


def test_a_reader_that_has_seen_enough_is_no_error(built: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cli", "export", "--workspace", str(built)]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
