"""The generator keeps its promises: same seed, same bytes; gold that matches what was drawn."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from registers.document import PageClass
from registers.entry import Kind
from samples.generator import REGISTERS, Condition, DrawnScan, RegisterSpec, draw_register, generate
from samples.generator.__main__ import main
from samples.generator.compose import compose
from samples.generator.scan import fitted
from samples.generator.streams import stream
from samples.generator.typefaces import TYPEFACES
from samples.generator.write import shared_out

SPECS = {spec.name: spec for spec in REGISTERS}
QUICK = [SPECS["deces-an-xi-1812"], SPECS["mariages-1962"]]


@pytest.fixture(scope="module")
def drawn() -> dict[str, list[DrawnScan]]:
    """One small register of each kind of scan, from a seed that nothing else uses."""
    names = ("naissances-1883-1892", "deces-1913", "naissances-1903-1912", "mariages-1962")
    return {name: list(draw_register(SPECS[name], seed=77, pages=2)) for name in names}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    specs = [SPECS["mariages-1912"], SPECS["deces-an-xi-1812"], SPECS["deces-1913"]]
    first, second, other = tmp_path / "first", tmp_path / "second", tmp_path / "other"
    generate(first, seed=5, pages=3, specs=specs)
    generate(second, seed=5, pages=3, specs=specs)
    generate(other, seed=6, pages=3, specs=specs)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert {path.suffix for path in files} == {".pdf", ".tif", ".jpg", ".toml", ".csv"}
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)
    assert (first / "gold.csv").read_bytes() != (other / "gold.csv").read_bytes()


def test_a_register_does_not_depend_on_the_others_asked_for() -> None:
    alone = next(iter(draw_register(QUICK[0], seed=9, pages=1)))
    again = next(iter(draw_register(QUICK[0], seed=9, pages=1)))
    assert np.array_equal(alone.pixels, again.pixels)
    assert alone.rows == again.rows


def test_rows_lie_on_their_scan_in_reading_order(drawn: dict[str, list[DrawnScan]]) -> None:
    for scans in drawn.values():
        for scan in scans:
            height, width = scan.pixels.shape
            for side, _ in scan.sides:
                rows = [row for row in scan.rows if row.side is side]
                assert [row.row for row in rows] == list(range(1, len(rows) + 1))
                tops = [row.quad.top_left.y for row in rows]
                assert tops == sorted(tops)
                for row in rows:
                    box = row.quad.bounds
                    assert box.x >= 0 and box.y >= 0 and box.right <= width and box.bottom <= height


def test_the_ink_of_a_row_is_inside_its_quad(drawn: dict[str, list[DrawnScan]]) -> None:
    """In every row's box stands text, and between the quads' middles and the margins nothing is lost."""
    for scans in drawn.values():
        for scan in scans:
            for row in scan.rows:
                box = row.quad.bounds
                strip = scan.pixels[box.y : box.bottom, box.x : box.right].astype(float)
                assert np.percentile(strip, 97) - np.percentile(strip, 1) > 55


def test_dittos_have_a_head_with_the_same_surname(drawn: dict[str, list[DrawnScan]]) -> None:
    rows = {row.ordinal: row for scan in drawn["naissances-1883-1892"] for row in scan.rows}
    dittos = [row for row in rows.values() if row.truth.head is not None]
    assert len(dittos) > len(rows) / 4
    for row in dittos:
        head = rows[row.truth.head or 0]
        assert head.ordinal < row.ordinal
        assert head.truth.head is None
        assert head.truth.surname == row.truth.surname
        assert row.truth.surname_text in ("", "d°", "id.")


def test_pages_seldom_begin_with_a_ditto() -> None:
    plans = compose(SPECS["naissances-1883-1892"].parts[0], seed=3, purpose="test", pages=40)
    tops = [plan.lines[0].truth for plan in plans if plan.lines]
    assert sum(top is not None and top.head is not None for top in tops) <= 5


def test_both_spouses_rows_point_at_each_other(drawn: dict[str, list[DrawnScan]]) -> None:
    rows = {row.ordinal: row.truth for scan in drawn["mariages-1962"] for row in scan.rows}
    assert len(rows) % 2 == 0
    for ordinal, truth in rows.items():
        assert truth.twin is not None
        twin = rows[truth.twin]
        assert twin.twin == ordinal
        assert (twin.surname, twin.given_names) == (truth.spouse_surname, truth.spouse_given_names)
        assert (twin.day, twin.act_number) == (truth.day, truth.act_number)


@pytest.mark.parametrize("spec", REGISTERS, ids=lambda spec: spec.name)
def test_dates_lie_in_the_period_and_numbers_are_complete(spec: RegisterSpec) -> None:
    for part, table in enumerate(spec.parts):
        plans = compose(table, seed=11, purpose=f"test/{part}", pages=3)
        truths = [line.truth for plan in plans for line in plan.lines if line.truth]
        assert all(truth.day in table.period for truth in truths)
        assert all(truth.kind is table.kind for truth in truths)
        numbers = Counter(int(truth.act_number) for truth in truths if truth.act_number)
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert set(numbers.values()) <= ({2} if table.both_spouses else {1})


@pytest.mark.parametrize("spec", REGISTERS, ids=lambda spec: spec.name)
@pytest.mark.parametrize("seed", range(2))
def test_every_text_fits_its_column(spec: RegisterSpec, seed: int) -> None:
    for part, table in enumerate(spec.parts):
        if not table.columns:
            continue
        plans = compose(table, seed=seed, purpose=f"fit/{part}", pages=4)
        lines = [line for plan in plans for line in plan.lines]
        typeface = stream(seed, spec.name).choice(TYPEFACES[table.look.typefaces])
        paper, grid = fitted(spec, table, plans, typeface)
        assert grid is not None
        font = typeface.sized(grid.x_height)
        assert grid.x_height >= table.look.x_height - 3
        assert grid.right <= paper.width - paper.right + 1
        for column in grid.columns:
            longest = max(typeface.length(line.cells[column.column], font) for line in lines if line.cells)
            assert column.text + longest <= column.right


def test_pages_without_rows_are_among_the_scans() -> None:
    classes = Counter(
        page_class
        for name in ("naissances-1883-1892", "mariages-1912")
        for scan in draw_register(SPECS[name], seed=2, pages=1)
        for _, page_class in scan.sides
    )
    assert classes == {
        PageClass.TABLE: 2,
        PageClass.COVER: 1,
        PageClass.BLANK: 1,
        PageClass.CLOSING: 2,
        PageClass.NONE_RECORDED: 1,
    }


def test_any_number_of_pages_is_shared_among_the_registers() -> None:
    for pages in (1, 7, 40):
        shares = shared_out(REGISTERS, pages)
        assert sum(share for _, share in shares) == pages
        assert all(share >= sum(bool(table.columns) for table in spec.parts) for spec, share in shares)
    with pytest.raises(ValueError, match="too few"):
        shared_out([SPECS["tables-1843-1852"]], 2)


def test_degraded_pages_are_greyer_than_clean_ones_and_their_rows_lie_aslant(tmp_path: Path) -> None:
    slants = {}
    for condition in Condition:
        spec = replace(SPECS["deces-1913"], condition=condition)
        generate(tmp_path / condition, seed=4, pages=1, specs=[spec])
        quad = next(iter(draw_register(spec, seed=4, pages=1))).rows[0].quad
        slants[condition] = abs(quad.top_right.y - quad.top_left.y)
    clean, degraded = (
        np.asarray(Image.open(next((tmp_path / condition / "deces-1913").glob("*.jpg")))).astype(float)
        for condition in Condition
    )
    assert np.median(degraded) < np.median(clean) - 10
    assert slants[Condition.DEGRADED] > 12 > slants[Condition.CLEAN]


def test_the_command_line_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "--seed", "3", "--pages", "1", "--spec", "deces-an-xi"]) == 0
    assert "deces-an-xi-1812" in capsys.readouterr().out
    assert main(["--out", str(tmp_path), "--spec", "bans"]) == 2


def test_kinds_choose_registers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "--pages", "2", "--spec", "marriages"]) == 0
    written = capsys.readouterr().out.split()
    assert "mariages-1912:" in written
    with (tmp_path / "gold.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["kind"] for row in rows} == {Kind.MARRIAGE.value}
    assert all(row["spouse_surname"] and row["act_number"] for row in rows)
