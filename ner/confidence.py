"""The probability that all values of a row are right, out of what the reader and the rules say.

A row is right when every cell that its values come from was read right and was understood right. The
reader's confidences are per cell and too low for cells that are in fact right: `_RELIABILITY` maps
them to shares of right cells, and each flag multiplies the odds by what rows that bear it are worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from ner.rows import RowText
from registers.entry import Flag
from registers.knowledge import Holds

_USED = (
    Holds.SURNAME,
    Holds.GIVEN_NAMES,
    Holds.FULL_NAME,
    Holds.SPOUSE_SURNAME,
    Holds.SPOUSE_GIVEN_NAMES,
    Holds.SPOUSE_FULL_NAME,
    Holds.DATE,
    Holds.DAY,
    Holds.MONTH,
    Holds.YEAR,
    Holds.ACT_NUMBER,
)
# Reader's confidence -> share of cells that are right; straight lines between.
_RELIABILITY = ((0.0, 0.05), (0.3, 0.2), (0.6, 0.7), (0.8, 0.93), (0.9, 0.985), (0.96, 0.998), (1.0, 0.9995))
_FLAG_ODDS = {
    Flag.ORDER_BREAK: 0.15,
    Flag.DATE_OUTSIDE_PERIOD: 0.1,
    Flag.DATE_AMBIGUOUS: 0.15,
    Flag.DATE_MISSING: 0.05,
    Flag.NUMBER_GAP: 0.2,
    Flag.NUMBER_DOUBLE: 0.3,
    Flag.DITTO_WITHOUT_HEAD: 0.03,
    Flag.LOW_CONFIDENCE: 0.2,
    Flag.UNREAD_CELL: 0.01,
    Flag.CELL_OVERFLOW: 0.3,
    Flag.OTHER_HAND: 0.7,
    Flag.REPAIRED: 0.4,
}


def row_confidence(row: RowText, flags: Iterable[Flag]) -> float | None:
    """0 to 1 to three places, or None where the reader gave no confidence for any cell of the row."""
    given = [
        cell.confidence for holds in _USED for cell in row.cells.get(holds, ()) if cell.confidence is not None
    ]
    if not given:
        return None
    read = prod(_reliability(confidence) for confidence in given)
    odds = read / max(1e-9, 1 - read) * prod(_FLAG_ODDS[flag] for flag in set(flags))
    return round(min(0.999, odds / (1 + odds)), 3)


def surname_confidence(row: RowText) -> float:
    """The reader's confidence in the cell that holds the surname; a half where it gave none."""
    given = [
        cell.confidence
        for holds in (Holds.SURNAME, Holds.FULL_NAME)
        for cell in row.cells.get(holds, ())
        if cell.confidence is not None
    ]
    return min(given, default=0.5)


def _reliability(confidence: float) -> float:
    previous = _RELIABILITY[0]
    for point in _RELIABILITY[1:]:
        if confidence <= point[0]:
            share = (confidence - previous[0]) / (point[0] - previous[0])
            return previous[1] + share * (point[1] - previous[1])
        previous = point
    return _RELIABILITY[-1][1]
