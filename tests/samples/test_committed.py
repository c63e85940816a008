"""The registers that are kept in the repository: complete, small, and what the generator writes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PIL import Image

from registers.document import PageClass
from samples.generator.__main__ import committed
from samples.generator.registers import COMMITTED_SEED
from samples.generator.write import write_register
from services.register_file import read_register_file

MOST_BYTES = 12_000_000


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def registers_folder(samples_folder: Path) -> Path:
    return samples_folder / "registers"


def test_the_set_is_small(registers_folder: Path) -> None:
    assert sum(path.stat().st_size for path in registers_folder.rglob("*")) < MOST_BYTES


def test_every_register_has_settings_gold_and_scans(registers_folder: Path) -> None:
    names = {path.name for path in registers_folder.iterdir() if path.is_dir()}
    assert names == {spec.name for spec, _ in committed()}
    for name in names:
        _, settings = read_register_file(registers_folder / name)
        assert settings.description.script is not None
        assert rows_of(registers_folder / name / "gold.csv")


def test_gold_boxes_lie_inside_the_images(registers_folder: Path) -> None:
    for spec, _ in committed():
        for row in rows_of(registers_folder / spec.name / "gold.csv"):
            path = registers_folder / spec.name / row["image"]
            if not path.exists():  # a page of a PDF or TIFF
                stem, _, page = path.stem.rpartition("_p")
                assert path.with_stem(stem).exists() and int(page) >= 1
                continue
            with Image.open(path) as scan:
                width, height = scan.size
            x, y, w, h = (int(row[key]) for key in "xywh")
            assert x >= 0 and y >= 0 and x + w <= width and y + h <= height


def test_the_gold_of_all_is_the_gold_of_each(registers_folder: Path) -> None:
    for name in ("gold.csv", "pages.csv"):
        parts = [row for spec, _ in committed() for row in rows_of(registers_folder / spec.name / name)]
        assert rows_of(registers_folder / name) == parts


def test_dittos_and_twins_name_rows_that_exist(registers_folder: Path) -> None:
    rows = rows_of(registers_folder / "gold.csv")
    places = {(row["register"], f"{row['image']}:{row['side']}:{row['row']}"): row for row in rows}
    assert len(places) == len(rows)
    dittos = [row for row in rows if row["ditto_of"]]
    assert len(dittos) > 150
    for row in dittos:
        head = places[row["register"], row["ditto_of"]]
        assert head["surname"] == row["surname"]
        assert not head["ditto_of"]
    for row in rows:
        if row["twin_of"]:
            assert places[row["register"], row["twin_of"]]["act_number"] == row["act_number"]


def test_the_set_shows_what_tables_are_like(registers_folder: Path) -> None:
    rows = rows_of(registers_folder / "gold.csv")
    pages = rows_of(registers_folder / "pages.csv")
    assert {row["kind"] for row in rows} == {"birth", "marriage", "death"}
    assert {row["calendar"] for row in rows} == {"gregorian", "republican"}
    assert {"", "d°", "do", '"'} <= {row["surname_text"] for row in rows if row["ditto_of"]}
    assert any("xbre" in row["date_text"].lower() for row in rows)
    assert any(row["remarks"].startswith("reconnu") for row in rows)
    assert any(row["remarks"].startswith("légitimé") for row in rows)
    assert any("Lefebvre" in row["surname"] for row in rows)
    assert any(row["surname"].startswith("Le ") for row in rows)
    assert any(row["given_names"] != row["given_names_text"] for row in rows)
    assert {page["page_class"] for page in pages} >= {
        PageClass.TABLE,
        PageClass.COVER,
        PageClass.BLANK,
        PageClass.CLOSING,
        PageClass.NONE_RECORDED,
    }
    assert {page["side"] for page in pages} == {"left", "right", "single"}


@pytest.mark.parametrize("name", ["deces-an-xi-1812", "mariages-1962"])
def test_the_generator_still_writes_it(name: str, registers_folder: Path, tmp_path: Path) -> None:
    spec, pages = next(item for item in committed() if item[0].name == name)
    write_register(tmp_path, spec, seed=COMMITTED_SEED, pages=pages)
    for file in ("gold.csv", "pages.csv", "register.toml"):
        assert (tmp_path / file).read_bytes() == (registers_folder / name / file).read_bytes()
