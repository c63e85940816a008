"""Handwritten cells decoded once more, with what is known of their columns, as reading decodes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ner.knowledge import SectionKnowledge
from ocr.handwriting.own_letters import OF_NAMES
from registers.document import Cell, CellText
from registers.knowledge import Holds
from services.vouched import HandCell

if TYPE_CHECKING:
    from ocr.engines.handwriting import HandwritingEngine
    from ocr.handwriting.recogniser import Seen

_SURE = 0.8
"""From here on a date is taken at the model's word: of Lyon's, 97 of 100 are then right."""
_SURE_OF_A_NAME = 0.5
"""The same of a name, to learn single letters from: of Lyon's, 82 of 100 are then right, most letters of the
others too."""


def is_sure_date(hand: HandCell, read: CellText | None = None) -> bool:
    """Whether a cell holds a date that can be learnt from, as it is stored or by another reading of it."""
    return hand.holds is Holds.DATE and _reaches(read or hand.cell, _SURE)


def is_sure_name(hand: HandCell, read: CellText | None = None) -> bool:
    """Whether a cell holds names that single letters can be learnt from."""
    return hand.holds in OF_NAMES and _reaches(read or hand.cell, _SURE_OF_A_NAME)


def _reaches(read: Cell | CellText, least: float) -> bool:
    return bool(read.text) and (read.confidence or 0.0) >= least


def redecode(
    cells: Sequence[HandCell], seen: Sequence[Seen], engine: HandwritingEngine
) -> tuple[CellText, ...]:
    """The readings of cells of one page, of which there is at least one, by what is seen in them."""
    columns: dict[int, tuple[str, list[str]]] = {}
    for hand, line in zip(cells, seen, strict=True):
        columns.setdefault(hand.cell.column, (hand.header, []))[1].append(engine.greedy(line))
    first = cells[0]
    shown = [columns.get(index, ("", [])) for index in range(max(columns) + 1)]
    knowledge = SectionKnowledge(first.period, columns=first.columns).after(shown)
    acceptors = {column: knowledge.of_column(column, header) for column, (header, _) in columns.items()}
    return engine.decode(seen, [acceptors[hand.cell.column] for hand in cells])
