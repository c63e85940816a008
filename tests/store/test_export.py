from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registers.dates import Calendar, Period, RegisterDate
from registers.document import ScanReading, Side
from registers.entry import Ditto, Entry, Flag, Kind, PersonName, Remark
from registers.errors import UsageError
from registers.register import Description, Register, RegisterSettings
from store.catalogue import Catalogue
from store.export.csv import COLUMNS
from store.export.documents import export_to_folder
from store.export.write import export_lines, export_to_file, export_to_stream
from store.kept import PagePlace
from tests.store import builders as b

GOLDEN = Path(__file__).parent / "golden"
CONTRACT = (
    "entry_id, register, image, side, row, kind, surname, given_names, spouse_surname, spouse_given_names, "
    "date_text, date_iso, date_earliest, date_latest, calendar, act_number, remarks, surname_text, "
    "given_names_text, ditto_of, confidence, flags, state, x, y, w, h, commune, cote, view, series, period, "
    "act_year, twin_of, engine"
)


@pytest.fixture
def full(catalogue: Catalogue) -> Catalogue:
    """Two registers; one with a double page of a PDF, dittos, a marriage, a Republican date, a correction."""
    other = Register("lyon", "/scans/lyon", RegisterSettings(Description(commune="Lyon", cote="2E 2617")))
    catalogue.registers.upsert(other)
    reading = catalogue.pages.save_reading(other.id, b.reading("9.jpg", (100,)), "v")
    catalogue.entries.replace(other.id, [], b.entries(reading, other.id), "v")

    scan = b.scan("tables.pdf", page_index=2, page_count=9)
    sides = tuple(b.page(scan, [b.table((100, 140), drift=9)], side=side) for side in (Side.RIGHT, Side.LEFT))
    double = catalogue.pages.save_reading(b.REGISTER.id, ScanReading(scan, sides), "v")
    single = catalogue.pages.save_reading(b.REGISTER.id, b.reading("zz 10.jpg", (100,)), "v")
    found = _varied(b.entries(double)) + b.entries(single)
    places = [PagePlace(single.pages[0].page.id, 3, b.SECTION.id)]
    places += [PagePlace(item.page.id, 4, b.SECTION.id) for item in double.pages]
    catalogue.entries.replace(b.REGISTER.id, [b.SECTION], found, "v", places)
    right = found[0]
    values = replace(right, person=replace(right.person, surname='L\'Hermite, dit "Le Roux"'))
    catalogue.entries.correct(right.id, values, "Marie", 1)
    return catalogue


def _varied(found: list[Entry]) -> list[Entry]:
    head, ditto, marriage, republican = found
    return [
        replace(head, source=replace(head.source, view=4)),
        replace(
            ditto,
            ditto=Ditto("d°", (head.id,)),
            flags=(Flag.ORDER_BREAK, Flag.LOW_CONFIDENCE),
            confidence=None,
            date=RegisterDate(
                "Juin id", year=1884, month=6, earliest=date(1884, 6, 1), latest=date(1884, 6, 30)
            ),
        ),
        replace(
            marriage,
            kind=Kind.MARRIAGE,
            spouse=PersonName("Dubois", "Marie", "DUBOIS", "Mie"),
            act_number="12 bis",
            act_year=1885,
            twin_of=head.id,
            date=RegisterDate.unknown("??", Period.of_years(1883, 1892)),
        ),
        replace(
            republican,
            date=RegisterDate.of_day(date(1802, 11, 3), text="12 Bre 11", calendar=Calendar.REPUBLICAN),
            remarks="légitimé AULOGE",
            remark_kind=Remark.FILIATION,
        ),
    ]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_exports_are_as_they_were(full: Catalogue, name: str, request: pytest.FixtureRequest) -> None:
    content = b"".join(export_lines(full, name))
    golden = GOLDEN / f"entries.{name}"
    if request.config.getoption("--regenerate-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(content)
    assert content.decode() == golden.read_bytes().decode()


def test_the_csv_keeps_the_contract(full: Catalogue) -> None:
    assert ", ".join(COLUMNS) == CONTRACT
    rows = list(csv.DictReader(io.StringIO(b"".join(export_lines(full, "csv")).decode())))
    assert [(row["register"], row["view"] or row["image"], row["side"], row["row"]) for row in rows] == [
        ("lyon", "9.jpg", "single", "1"),
        ("paris/1883", "zz 10.jpg", "single", "1"),
        ("paris/1883", "tables_p0003.pdf", "left", "1"),
        ("paris/1883", "tables_p0003.pdf", "left", "2"),
        ("paris/1883", "4", "right", "1"),
        ("paris/1883", "tables_p0003.pdf", "right", "2"),
    ]
    _, _, marriage, republican, head, ditto = rows
    assert (marriage["spouse_surname"], marriage["act_year"], marriage["twin_of"]) == (
        "Dubois",
        "1885",
        head["entry_id"],
    )
    assert (marriage["date_iso"], marriage["date_earliest"], marriage["date_latest"]) == (
        "",
        "1883-01-01",
        "1892-12-31",
    )
    assert (republican["calendar"], republican["date_iso"]) == ("republican", "1802-11-03")
    assert (ditto["ditto_of"], ditto["date_iso"]) == (head["entry_id"], "1884-06")
    assert (ditto["confidence"], ditto["flags"]) == ("", "order_break;low_confidence")
    assert (head["surname"], head["state"], head["confidence"]) == (
        'L\'Hermite, dit "Le Roux"',
        "corrected",
        "0.8765",
    )
    assert [head[name] for name in "xywh"] == ["50", "100", "900", "39"]
    assert (head["period"], head["series"], head["cote"]) == ("1883-01-01/1892-12-31", "decennial", "V3E/N 1")
    assert (rows[0]["commune"], rows[0]["cote"]) == ("Lyon", "2E 2617")


def test_json_lines_hold_what_the_csv_holds(full: Catalogue) -> None:
    lines = [json.loads(line) for line in export_lines(full, "jsonl")]
    rows = list(csv.DictReader(io.StringIO(b"".join(export_lines(full, "csv")).decode())))
    for line, row in zip(lines, rows, strict=True):
        assert line["entry_id"] == row["entry_id"]
        assert line["person"]["surname"] == row["surname"]
        assert (line["date"]["iso"] or "") == row["date_iso"]
        assert (line["ditto"] or {"of": ""})["of"] == row["ditto_of"]
        assert ";".join(line["flags"]) == row["flags"]


def test_a_file_appears_when_it_is_complete(full: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "out" / "entries.csv"
    assert export_to_file(full, "csv", path) == 7
    stream = io.BytesIO()
    assert export_to_stream(full, "csv", stream) == 7
    assert path.read_bytes() == stream.getvalue()


def test_an_unknown_format_is_said(full: Catalogue) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        export_lines(full, "xlsx")


def test_an_empty_catalogue_exports_its_header(catalogue: Catalogue) -> None:
    assert b"".join(export_lines(catalogue, "csv")).decode() == ",".join(COLUMNS) + "\n"
    assert list(export_lines(catalogue, "jsonl")) == []


def test_scans_that_differ_by_their_ending_have_files_of_their_own(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    for name in ("a.jpg", "A.tif", "b.jpg"):
        catalogue.pages.save_reading(b.REGISTER.id, b.reading(name, (100,)), "v")
    unread = b.scan("c.jpg")
    catalogue.pages.save_reading(b.REGISTER.id, ScanReading(unread, (b.page(unread),)), "v")
    assert export_to_folder(catalogue, "alto", tmp_path / "out", "") == 3
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.xml")}
    assert written == {f"{b.REGISTER.id}/{name}.xml" for name in ("a.jpg", "A.tif", "b")}
    with pytest.raises(UsageError, match="hocr"):
        export_to_folder(catalogue, "hocr", tmp_path, "")
