from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benchmarks import entries, names
from benchmarks.tables import read_rows

HEADER = "text\tprevious\tperiod_from\tperiod_to\n"


def test_ditto_signs_are_no_quotations(tmp_path: Path) -> None:
    path = tmp_path / "dates.tsv"
    path.write_text(
        HEADER + '12 " 92\t3 Mars 84\t1883\t1892\n"\t3 Mars 84\t\t\n"12 "" 92"\t\t\t\n\nx\n', "utf-8"
    )
    assert [row["text"] for row in read_rows(path)] == ['12 " 92', '"', '12 " 92', "", "x"]


def test_dates_come_out_in_the_same_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dates.tsv"
    path.write_text(
        HEADER + '12 id 92\t3 Mars 84\t1883\t1892\n"\t3 Mars 84\t1883\t1892\n31 juin 84\t\t1883\t1892\n',
        "utf-8",
    )
    assert entries.main([str(path)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter="\t"))
    assert [(row["text"], row["iso"], row["flags"]) for row in rows] == [
        ("12 id 92", "1892-03-12", ""),
        ('"', "1884-03-03", ""),
        ("31 juin 84", "", "date_ambiguous"),
    ]
    assert list(rows[0])[:5] == ["text", "iso", "earliest", "latest", "flags"]


def test_names_come_out_in_the_same_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("text\nLEFEBVRE (Jean)\nMartin, Jeanne\n", "utf-8")
    assert names.main([str(path)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter="\t"))
    assert [(row["surname"], row["given_names"]) for row in rows] == [
        ("Lefebvre", "Jean"),
        ("Martin", "Jeanne"),
    ]
