from collections.abc import Sequence

import numpy as np

from ocr.handwritten import read_page
from registers.knowledge import Acceptor, Knowledge
from tests.ocr.test_written_grid import form, write


class Watching:
    """Knowledge of nothing that keeps what it was told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Sequence[str]]] = []
        self.asked: list[tuple[int, str]] = []

    def of_column(self, index: int, header: str) -> Acceptor | None:
        self.asked.append((index, header))
        return None

    def after(self, columns: Sequence[tuple[str, Sequence[str]]]) -> Knowledge:
        self.seen.extend(columns)
        return self


def test_a_form_is_read_to_a_table() -> None:
    pixels = form()
    for number in range(12):
        write(pixels, number, 190 + 56 * number)
    knowledge = Watching()
    (table,) = read_page(pixels, knowledge=knowledge)
    assert table.ruled
    assert len(table.rows) == 12
    assert len(table.columns) == 2
    assert {(cell.row, cell.column) for cell in table.cells} <= {(r, c) for r in range(12) for c in (0, 1)}
    assert len(table.cells) >= 20
    assert all(cell.text and cell.raw_text for cell in table.cells)
    assert [len(cells) for _, cells in knowledge.seen] == [12, 12]
    assert [index for index, _ in knowledge.asked] == [0, 1]


def test_a_page_without_a_form_gives_no_table() -> None:
    assert read_page(np.full((1400, 1000), 200, np.uint8)) == ()
