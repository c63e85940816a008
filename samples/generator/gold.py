"""The truth of drawn registers as rows of CSV, in the words of the export (and of score_entries.py)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from samples.generator.model import RegisterSpec
from samples.generator.scan import DrawnRow, DrawnScan


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row that is written on a page; `ditto_of` and `twin_of` name another as `image:side:row`.

    Box: the whole row, pixels of the scan.
    """

    register: str
    image: str
    side: str
    row: int
    kind: str
    surname: str
    given_names: str
    spouse_surname: str
    spouse_given_names: str
    date_text: str
    date_iso: str
    calendar: str
    act_number: str
    remarks: str
    surname_text: str
    given_names_text: str
    ditto_of: str
    twin_of: str
    x: int
    y: int
    w: int
    h: int
    view: int


@dataclass(frozen=True, slots=True)
class GoldPage:
    """What each page side is: the class to be found, and how many rows it holds."""

    register: str
    image: str
    side: str
    page_class: str
    rows: int
    view: int


def gold_rows(spec: RegisterSpec, scans: Sequence[DrawnScan], images: Sequence[str]) -> list[GoldRow]:
    """The rows of all scans in reading order; `images` are the names that exports give to the scans."""
    places = {
        (row.part, row.ordinal): f"{image}:{row.side.value}:{row.row}"
        for scan, image in zip(scans, images, strict=True)
        for row in scan.rows
    }
    return [
        _gold_row(spec, row, image, scan.view, places)
        for scan, image in zip(scans, images, strict=True)
        for row in scan.rows
    ]


def gold_pages(spec: RegisterSpec, scans: Sequence[DrawnScan], images: Sequence[str]) -> list[GoldPage]:
    return [
        GoldPage(
            register=spec.name,
            image=image,
            side=side.value,
            page_class=page_class.value,
            rows=sum(row.side is side for row in scan.rows),
            view=scan.view,
        )
        for scan, image in zip(scans, images, strict=True)
        for side, page_class in scan.sides
    ]


def write_csv(
    path: Path, rows: Sequence[GoldRow] | Sequence[GoldPage], row_class: type[GoldRow] | type[GoldPage]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, [field.name for field in fields(row_class)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def _gold_row(
    spec: RegisterSpec, row: DrawnRow, image: str, view: int, places: dict[tuple[int, int], str]
) -> GoldRow:
    truth, box = row.truth, row.quad.bounds
    return GoldRow(
        register=spec.name,
        image=image,
        side=row.side.value,
        row=row.row,
        kind=truth.kind.value,
        surname=truth.surname,
        given_names=truth.given_names,
        spouse_surname=truth.spouse_surname,
        spouse_given_names=truth.spouse_given_names,
        date_text=truth.date_text,
        date_iso=truth.day.isoformat(),
        calendar=truth.calendar.value,
        act_number=truth.act_number,
        remarks=truth.remarks,
        surname_text=truth.surname_text,
        given_names_text=truth.given_names_text,
        ditto_of="" if truth.head is None else places[row.part, truth.head],
        twin_of="" if truth.twin is None else places[row.part, truth.twin],
        x=box.x,
        y=box.y,
        w=box.width,
        h=box.height,
        view=view,
    )
