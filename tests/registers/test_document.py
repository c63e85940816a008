from __future__ import annotations

import pytest

from registers.document import Cell, Column, Page, Row, Scan, Side, Table
from registers.geometry import Box

HERE = Box(0, 0, 10, 10).to_quad()


@pytest.mark.parametrize(
    ("path", "index", "count", "image"),
    [
        ("/a/b/page 1.JPG", 0, 1, "page 1.JPG"),
        ("/a/b/volume.pdf", 2, 9, "volume_p0003.pdf"),
        ("/a/b/volume.pdf", 0, 1, "volume_p0001.pdf"),
        ("/a/b/volume.tif", 11, 12, "volume_p0012.tif"),
        ("C:\\scans\\volume.tif", 0, 1, "volume.tif"),
    ],
)
def test_the_name_of_an_image(path: str, index: int, count: int, image: str) -> None:
    assert Scan(path, "ab" * 32, index, count, 100, 100).image == image


def test_a_scans_id_outlives_its_path() -> None:
    here, there = (Scan(path, "ab" * 32, 3, 9, 100, 100) for path in ("/here/a.pdf", "/there/b.pdf"))
    assert here.id == there.id
    assert here.id != Scan("/here/a.pdf", "ab" * 32, 4, 9, 100, 100).id
    assert len({Page.id_of(here.id, side) for side in Side}) == 3


def test_the_cells_of_a_row_come_left_to_right() -> None:
    cells = (Cell(0, 2, HERE, "c"), Cell(1, 0, HERE, "x"), Cell(0, 0, HERE, "a"))
    table = Table(tuple(Column(i, HERE) for i in range(3)), (Row(0, HERE), Row(1, HERE)), cells)
    assert [cell.text for cell in table.cells_of(0)] == ["a", "c"]
    assert table.cells_of(5) == ()
