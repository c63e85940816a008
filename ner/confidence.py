"""The probability that all values of a row are right, out of what the reader and the rules say.

A row is right when every cell that its values come from was read right and was understood right. The log
odds are a weighted sum: of the odds that all cells of the row were read right (`_RELIABILITY` maps the
reader's confidences, which are too low for right cells, to shares), of how sure the reader was of the page
as a whole (on a bad page it is also wrong where it is sure), and of the row's flags. The weights were fitted
by logistic regression to generated registers with their gold (`python -m benchmarks.confidence --fit`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import exp, log, prod
from statistics import fmean

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
_BASE = -6.34
_READ = 0.33
_PAGE = -3.66
_FLAGS = {
    **dict.fromkeys(
        (
            Flag.ORDER_BREAK,
            Flag.DATE_OUTSIDE_PERIOD,
            Flag.DATE_AMBIGUOUS,
            Flag.DATE_MISSING,
            Flag.NUMBER_GAP,
            Flag.NUMBER_DOUBLE,
            Flag.DITTO_WITHOUT_HEAD,
            Flag.UNREAD_CELL,
        ),
        -7.04,  # of 78 rows with one of these none was right
    ),
    Flag.LOW_CONFIDENCE: -1.7,
    Flag.REPAIRED: -0.27,
    # Too rare in generated registers to be fitted.
    Flag.CELL_OVERFLOW: -1.2,
    Flag.OTHER_HAND: -0.36,
}
_LEAST_DOUBT = 0.045
"""The least doubt of a page that the fit saw: no page is taken for surer."""
_SUREST = 0.999


def row_confidence(row: RowText, flags: Iterable[Flag], page: float | None) -> float | None:
    """0 to 1 to three places, or None where the reader gave no confidence for any cell of the row.

    `page` is what `page_confidences` says of the row's page.
    """
    given = list(_confidences(row))
    if not given or page is None:
        return None
    read = prod(_reliability(confidence) for confidence in given)
    odds = _BASE + _READ * _log_odds(read) + _PAGE * log(max(_LEAST_DOUBT, 1 - page))
    odds += sum(_FLAGS[flag] for flag in set(flags))
    return round(min(_SUREST, 1 / (1 + exp(-odds))), 3)


def page_confidences(rows: Iterable[RowText]) -> dict[str, float]:
    """The reader's mean confidence in the cells of each page that rows take their values from."""
    pages: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        pages[row.part.page.id].extend(_confidences(row))
    return {page_id: fmean(given) for page_id, given in pages.items() if given}


def _confidences(row: RowText) -> Iterator[float]:
    for holds in _USED:
        for cell in row.cells.get(holds, ()):
            if cell.confidence is not None:
                yield cell.confidence


def _log_odds(share: float) -> float:
    bounded = min(max(share, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))


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
