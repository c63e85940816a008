"""feuillet transcribe export|import"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS, DEATHS


def test_a_table_goes_out_and_comes_back_corrected(
    feuillet: Feuillet, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    done = feuillet("transcribe", "export", "--register", BIRTHS, "--out", file, "--workspace", workspace)
    assert done.returncode == 0, done.stderr
    text = file.read_text(encoding="utf-8-sig")
    assert text.count("Moreau,Jules") == 1
    file.write_text(text.replace("Moreau,Jules", "Quillivic,Jules"), encoding="utf-8")
    done = feuillet("transcribe", "import", file, "--who", "Anne", "--workspace", workspace)
    said = "1 corrected, 0 checked, 24 as they were, 0 left out\n"
    assert (done.returncode, done.stdout) == (0, said), done.stderr
    assert "QUILLIVIC Jules" in feuillet("search", "Quillivic", "--workspace", workspace).stdout
    again = feuillet("transcribe", "import", file, "--who", "Anne", "--workspace", workspace)
    assert again.returncode == 1 and "line 22: " in again.stderr  # that row has a newer version now


def test_pages_go_out_as_one_file_per_scan(feuillet: Feuillet, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    done = feuillet(
        "transcribe", "export", "--register", DEATHS, "--format", "page", "--out", out, "--workspace", built
    )
    assert (done.returncode, done.stdout) == (0, f"1 files in {out}\n"), done.stderr
    assert ElementTree.parse(out / "deces.xml").getroot().tag.endswith("}PcGts")


def test_pages_need_their_register_named(feuillet: Feuillet, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "deces.xml"
    file.write_text("<PcGts/>")
    done = feuillet("transcribe", "import", file, "--workspace", built)
    assert done.returncode == 2 and "--register" in done.stderr


@pytest.mark.parametrize("name", ["second.csv", "deces.xml"])
def test_nothing_is_taken_where_one_of_the_files_cannot_be(
    feuillet: Feuillet, workspace: Path, tmp_path: Path, name: str
) -> None:
    first, second = tmp_path / "rows.csv", tmp_path / name
    feuillet("transcribe", "export", "--register", BIRTHS, "--out", first, "--workspace", workspace)
    first.write_text(first.read_text(encoding="utf-8").replace("Moreau,Jules", "Quillivic,Jules"), "utf-8")
    second.write_text("<PcGts/>")
    for arguments in ((first, second), (second, first)):
        done = feuillet("transcribe", "import", *arguments, "--who", "Anne", "--workspace", workspace)
        assert (done.returncode, done.stdout) == (2, "")
    done = feuillet(
        *("transcribe", "import", first, second, "--who", "Anne", "--register", BIRTHS),
        *("--workspace", workspace),
    )
    assert done.returncode == 2 and name in done.stderr
    assert "QUILLIVIC" not in feuillet("search", "Quillivic", "--workspace", workspace).stdout


def test_files_of_both_kinds_are_taken_together(feuillet: Feuillet, workspace: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "rows.csv", tmp_path / "pages"
    export = ("transcribe", "export", "--workspace", workspace, "--register", BIRTHS)
    feuillet(*export, "--out", file)
    feuillet(*export, "--format", "page", "--out", folder)
    done = feuillet(
        *("transcribe", "import", file, *folder.iterdir(), "--register", BIRTHS, "--json"),
        *("--who", "Anne", "--workspace", workspace),
    )
    assert done.returncode == 0, done.stderr
    assert [one["corrected"] for one in json.loads(done.stdout)] == [0, 0]
