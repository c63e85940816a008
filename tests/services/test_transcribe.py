"""Rows out to a spreadsheet or to PAGE XML, and back in as corrections."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from registers.entry import State
from registers.errors import NotFoundError, StoreBusyError, UsageError
from registers.knowledge import Holds
from services.correct import CorrectionValues, correct
from services.desk import Desk
from services.transcribe import COLUMNS, Imported, export_rows, importing, read_sheet, take_sheet
from services.transcribe_pages import export_pages, read_pages, take_pages
from services.transcriptions import keep_transcriptions, transcriptions_of
from tests.services.builders import FINGERPRINT, entry_of

Cells = list[dict[str, str]]
WHO = "A. Martel"


def _sheet(desk: Desk) -> Cells:
    return [*csv.DictReader("".join(export_rows(desk.catalogue, "naissances")).splitlines())]


def _imported(desk: Desk, path: Path, rows: Cells, delimiter: str = ",", encoding: str = "utf-8") -> Imported:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return take_sheet(desk, read_sheet(path), WHO)


def _taken(desk: Desk, paths: Sequence[Path]) -> Imported:
    return take_pages(desk, "naissances", read_pages(desk.catalogue, "naissances", paths), WHO)


def _row(rows: Cells, given_names: str) -> dict[str, str]:
    return next(row for row in rows if row["given_names"] == given_names)


def test_every_row_goes_out_with_its_place(filled: Desk) -> None:
    rows = _sheet(filled)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 8
    row = _row(rows, "Louise")
    assert (row["image"], row["side"], row["row"]) == ("p001.jpg", "single", "3")
    assert row["surname"] == "Bertrand"
    assert _row(rows, "Paul")["surname_text"] == "BERTRAND"
    assert int(row["w"]) > int(row["h"]) > 0


def test_an_unknown_register_is_said_at_once(filled: Desk) -> None:
    with pytest.raises(NotFoundError):
        export_rows(filled.catalogue, "nothing")
    with pytest.raises(NotFoundError):
        export_pages(filled.catalogue, "nothing", "now")


def test_an_unchanged_sheet_changes_nothing(filled: Desk, tmp_path: Path) -> None:
    done = _imported(filled, tmp_path / "rows.csv", _sheet(filled))
    assert (done.corrected, done.checked, done.unchanged) == (0, 0, 8)
    assert {s.version for s in filled.catalogue.entries.of_register("naissances")} == {1}


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_corrections_come_in_as_spreadsheets_write_them(
    filled: Desk, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = _sheet(filled)
    _row(rows, "Luc")["date"] = "10/02/1888"
    _row(rows, "Jules")["state"] = "checked"
    done = _imported(filled, tmp_path / "rows.csv", rows, delimiter, encoding)
    assert (done.corrected, done.checked, done.problems) == (1, 1, ())
    assert entry_of(filled.catalogue, "Luc").entry.date.iso == "1888-02-10"
    assert entry_of(filled.catalogue, "Jules").entry.state is State.CHECKED


def test_rows_that_follow_a_corrected_head_are_not_set_back(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    _row(rows, "Paul")["surname"] = "Dumoulin"
    _row(rows, "Louise")["date"] = "3 mai 1886"
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert (done.corrected, done.problems, done.conflicts) == (2, (), ())
    found = [entry_of(filled.catalogue, name).entry for name in ("Paul", "Louise", "Marie")]
    assert [entry.person.surname for entry in found] == ["Dumoulin"] * 3
    assert found[1].date.iso == "1886-05-03"


def test_bad_lines_are_named_and_good_ones_taken(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    _row(rows, "Luc")["date"] = "hier"
    _row(rows, "Jules")["surname"] = "Blanchet"
    rows[0]["entry_id"] = "elsewhere"
    rows.append(dict(_row(rows, "Rose")))
    _row(rows, "Marie")["version"] = "7"
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert done.corrected == 1
    assert entry_of(filled.catalogue, "Jules").entry.person.surname == "Blanchet"
    assert [problem.partition(":")[0] for problem in sorted(done.problems)] == [
        "line 10",
        "line 2",
        "line 5",
        "line 9",
    ]


def test_what_others_changed_meanwhile_is_a_conflict(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    luc = entry_of(filled.catalogue, "Luc")
    correct(filled, luc.entry.id, CorrectionValues(act_number="12"), "B. Noël", luc.version)
    _row(rows, "Luc")["surname"] = "Martinet"
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert (done.corrected, len(done.conflicts)) == (0, 1)
    assert done.unchanged == 7
    assert entry_of(filled.catalogue, "Luc").entry.person.surname == "Martin"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"entry_id\n\xff\xfe\n"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"rows\.csv"):
        read_sheet(path)


@pytest.mark.parametrize("rows_below", [7, 5000])
def test_a_quotation_mark_that_stays_open_swallows_no_row_below(
    filled: Desk, tmp_path: Path, rows_below: int
) -> None:
    head, *rows = export_rows(filled.catalogue, "naissances")
    rows[1] = rows[1].replace("Bertrand", '"', 1)  # the ditto sign, typed as it stands on the page
    assert '"' in rows[1]
    path = tmp_path / "rows.csv"
    path.write_text("".join([head, *rows, *rows[-1:] * (rows_below - 7)]), encoding="utf-8")
    with pytest.raises(UsageError, match=r"^rows\.csv: the row that begins in line 3 cannot be read"):
        read_sheet(path)


def test_a_quotation_mark_in_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('entry_id,"surname\na,b\n')
    with pytest.raises(UsageError, match="line 1"):
        read_sheet(path)


def test_a_row_whose_cell_takes_in_others_is_named(filled: Desk, tmp_path: Path) -> None:
    head, *rows = export_rows(filled.catalogue, "naissances")
    for number in (3, 6):
        rows[number] = rows[number].replace(",Bertrand,", ',",').replace(",Lefebvre,", ',",')
    path = tmp_path / "rows.csv"
    path.write_text("".join([head, *rows]), encoding="utf-8")
    done = take_sheet(filled, read_sheet(path), WHO)
    assert (done.corrected, done.unchanged, done.conflicts) == (0, 4, ())
    (problem,) = done.problems
    assert problem.startswith("line 5: a cell goes on to line 8")


def test_a_value_of_several_lines_goes_out_as_one(filled: Desk, tmp_path: Path) -> None:
    luc = entry_of(filled.catalogue, "Luc")
    correct(filled, luc.entry.id, CorrectionValues(remarks="Voir\nl'acte 7"), WHO, luc.version)
    rows = _sheet(filled)
    assert _row(rows, "Luc")["remarks"] == "Voir l'acte 7"
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert (done.unchanged, done.problems) == (8, ())


@pytest.fixture
def pages(filled: Desk, tmp_path: Path) -> Callable[[Callable[[str], str]], list[Path]]:
    """Writes the register's PAGE files, each text through the given change."""

    def write(change: Callable[[str], str]) -> list[Path]:
        paths = []
        for name, content in export_pages(filled.catalogue, "naissances", "1999-12-31T23:59:59Z"):
            path = tmp_path / name
            path.write_text(change(content.decode()), encoding="utf-8")
            paths.append(path)
        return paths

    return write


Pages = Callable[[Callable[[str], str]], list[Path]]


def test_page_xml_comes_back_unchanged(filled: Desk, pages: Pages) -> None:
    done = _taken(filled, pages(str))
    assert (done.corrected, done.problems, done.conflicts) == (0, (), ())


@pytest.mark.parametrize("ids", ["kept", "renamed"])
def test_corrected_lines_are_understood_as_the_page_is(filled: Desk, pages: Pages, ids: str) -> None:
    def change(text: str) -> str:
        text = text.replace("BERTRAND", "DUMOULIN").replace("2 mai 1886", "3 mai 1886")
        return text if ids == "kept" else text.replace('id="single_', 'id="eSc_')

    done = _taken(filled, pages(change))
    assert (done.corrected, done.problems, done.conflicts) == (2, (), ())
    found = [entry_of(filled.catalogue, name).entry for name in ("Paul", "Louise", "Marie")]
    assert [entry.person.surname for entry in found] == ["Dumoulin"] * 3
    assert found[1].date.iso == "1886-05-03"
    assert found[1].ditto is not None


@pytest.mark.parametrize(
    "content", ["no xml", "<alto/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<PcGts><Page/></PcGts>"]
)
def test_other_xml_is_refused(filled: Desk, tmp_path: Path, content: str) -> None:
    path = tmp_path / "p001.xml"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"p001\.xml"):
        read_pages(filled.catalogue, "naissances", [path])


def test_what_is_written_comes_in_beside_what_it_means(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    _row(rows, "Jules")["given_names_text"] = "Mie Lse"
    _row(rows, "Luc")["date_text"] = "9 fév. 88"
    _row(rows, "Rose").update(surname_text="id.", given_names_text="Rosalie")
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert (done.corrected, done.transcribed, done.problems) == (3, 3, ())
    changed = entry_of(filled.catalogue, "Marie Louise").entry
    assert (changed.person.surname, changed.state) == ("Blanchard", State.CORRECTED)
    assert entry_of(filled.catalogue, "Luc").entry.date.iso == "1888-02-09"
    assert entry_of(filled.catalogue, "Rosalie").entry.person.surname == "Lefebvre"
    said = transcriptions_of(filled.catalogue, "naissances")
    assert said[changed.id] == {Holds.GIVEN_NAMES: "Mie Lse"}
    assert {Holds.SURNAME: "id.", Holds.GIVEN_NAMES: "Rosalie"} in said.values()


def test_a_value_that_is_put_right_wins_over_what_is_written(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    _row(rows, "Jules").update(given_names="Jean", given_names_text="Jn")
    assert _imported(filled, tmp_path / "rows.csv", rows).corrected == 1
    assert entry_of(filled.catalogue, "Jean").entry.person.surname == "Blanchard"


def test_a_wrong_row_leaves_no_transcription(filled: Desk, tmp_path: Path) -> None:
    rows = _sheet(filled)
    _row(rows, "Luc")["date_text"] = "hier"
    done = _imported(filled, tmp_path / "rows.csv", rows)
    assert (done.corrected, done.transcribed, len(done.problems)) == (0, 0, 1)
    assert transcriptions_of(filled.catalogue, "naissances") == {}


def test_lines_of_handwriting_are_kept_word_for_word(filled: Desk, pages: Pages) -> None:
    for reading in filled.catalogue.pages.readings("naissances"):
        (page,) = reading.pages
        written = replace(page, page=replace(page.page, engine="handwriting-0123456789ab-1"))
        filled.catalogue.pages.save_reading("naissances", replace(reading, pages=(written,)), FINGERPRINT)

    def change(text: str) -> str:
        return text.replace("Jean Baptiste", "Jn Bte").replace("2 mai 1886", "3 mai 1886")

    done = _taken(filled, pages(change))
    assert (done.corrected, done.transcribed, done.problems) == (1, 2, ())
    assert entry_of(filled.catalogue, "Jean Baptiste").entry.state is State.MACHINE  # it means the same
    said = [*transcriptions_of(filled.catalogue, "naissances").values()]
    assert sorted(said, key=str) == [{Holds.DATE: "3 mai 1886"}, {Holds.GIVEN_NAMES: "Jn Bte"}]


def test_the_newer_transcription_of_a_cell_stands(filled: Desk) -> None:
    keep_transcriptions(filled.catalogue, "naissances", {"a": {Holds.DATE: "1", Holds.SURNAME: "B"}})
    keep_transcriptions(filled.catalogue, "naissances", {"a": {Holds.DATE: "2"}, "c": {}})
    found = transcriptions_of(filled.catalogue, "naissances")
    assert found == {"a": {Holds.DATE: "2", Holds.SURNAME: "B"}, "c": {}}


def test_an_import_that_is_broken_off_keeps_what_is_written(filled: Desk) -> None:
    with pytest.raises(KeyboardInterrupt), importing(filled) as tally:
        tally.written["naissances"] = {"a": {Holds.DATE: "1"}}
        raise KeyboardInterrupt
    assert transcriptions_of(filled.catalogue, "naissances") == {"a": {Holds.DATE: "1"}}


def test_one_import_waits_for_the_other(filled: Desk) -> None:
    with importing(filled), pytest.raises(StoreBusyError, match="transcribe"), importing(filled):
        pass
