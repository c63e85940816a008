"""A cell's chosen reading, for what its other readings lost against it."""

from __future__ import annotations

from math import log

from registers.document import Cell


def best_score(cell: Cell) -> float:
    """The log probability of the reading that was chosen."""
    scores = [other.score for other in cell.alternatives if other.text == cell.text]
    if scores:
        return max(scores)
    known = log(max(cell.confidence, 1e-3)) if cell.confidence is not None else -10.0
    return max(known, *(other.score for other in cell.alternatives)) if cell.alternatives else known
