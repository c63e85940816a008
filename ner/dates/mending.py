"""One misread digit in a date: mended where the calendar and the period leave only one way to read it.

A written date of the year 1915 may well stand in a table of 1913, so `ner.dates.parse` keeps it as it stands.
Among machine readings of a regular table, a day that no month has or a year that no other row has is far
more often a 3 that was read as 5 or 8. Two ways to mend a date leave it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ner.dates.parse import ParsedDate, parse_date
from registers.dates import Period, RegisterDate
from registers.entry import Flag

_ALIKE = dict(zip("0123456789", ("69", "47", "9", "58", "19", "36", "058", "1", "369", "24"), strict=True))
_REGULAR = 0.7  # of the rows must have a date inside the period
_ELSEWHERE = re.compile(r"transcri|jugem|rectif", re.IGNORECASE)
_MENDABLE = frozenset({Flag.DATE_OUTSIDE_PERIOD, Flag.DATE_AMBIGUOUS})


def mend_digits(
    dates: Sequence[ParsedDate], contexts: Sequence[str], period: Period | None
) -> tuple[ParsedDate, ...]:
    """The dates of one section, those with a single misread digit mended and flagged as repaired.

    `contexts` are the rows' other texts: an act transcribed from elsewhere keeps its date.
    """
    inside = sum(found.date.exact is not None and not _MENDABLE.intersection(found.flags) for found in dates)
    if period is None or inside < _REGULAR * len(dates):
        return tuple(dates)
    mended: list[ParsedDate] = []
    previous: RegisterDate | None = None
    for found, context in zip(dates, contexts, strict=True):
        if _MENDABLE.intersection(found.flags) and not _ELSEWHERE.search(context):
            found = _mended(found, period, previous) or found  # noqa: PLW2901
        mended.append(found)
        previous = found.date if found.date.iso else previous
    return tuple(mended)


def _mended(found: ParsedDate, period: Period, previous: RegisterDate | None) -> ParsedDate | None:
    meant: dict[str, RegisterDate] = {}
    for text in _variants(found.date.text):
        variant = parse_date(text, period=period, previous=previous)
        if variant.date.exact is not None and not _MENDABLE.intersection(variant.flags):
            meant[variant.date.iso] = variant.date
            if len(meant) > 1:
                return None
    if not meant:
        return None
    (date,) = meant.values()
    kept = tuple(flag for flag in found.flags if flag not in _MENDABLE and flag is not Flag.REPAIRED)
    date = replace(date, text=found.date.text)
    return replace(found, date=date, flags=(*kept, Flag.REPAIRED), alternatives=())


def _variants(text: str) -> Iterator[str]:
    """The text with one digit replaced by one that looks like it; no number begins with a new nought."""
    for place, digit in enumerate(text):
        first = place == 0 or not text[place - 1].isdigit()
        for other in _ALIKE.get(digit, ""):
            if not (first and other == "0"):
                yield text[:place] + other + text[place + 1 :]
