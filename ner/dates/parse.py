"""Written dates -> RegisterDate inside the section's period.

The way of a text: words (ner/dates/tokens.py), parts (ner/dates/grammar.py), days that fit
(ner/dates/resolve.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from ner.dates.grammar import read_date
from ner.dates.reading import DITTO, DateReading
from ner.dates.resolve import resolve
from ner.dates.tokens import Token, words_of
from registers.dates import Period, RegisterDate
from registers.entry import Flag


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What a date cell says.

    `alternatives` are the days that fit when the writing is ambiguous, the likeliest first; `remainder`
    is text that is no part of the date (a name that ran over, a remark); `ditto` is true when a part of
    the date was taken from the row above.
    """

    date: RegisterDate
    flags: tuple[Flag, ...] = ()
    remainder: str = ""
    alternatives: tuple[RegisterDate, ...] = ()
    ditto: bool = False


def parse_date(
    text: str, *, period: Period | None = None, previous: RegisterDate | None = None
) -> ParsedDate:
    """The date that a text writes, resolved inside the period; `previous` is the date of the row above.

    Never raises: what can't be understood is an unknown date with a flag. Flags: DATE_MISSING (nothing
    of a date), DATE_AMBIGUOUS (no single day: several fit, a part is missing, or no such day exists),
    DATE_OUTSIDE_PERIOD, DITTO_WITHOUT_HEAD, REPAIRED (misread digits or letters were put right).
    """
    reading = read_date(text)
    if reading.empty and not reading.has_ditto:
        return ParsedDate(RegisterDate.unknown(text, period), (Flag.DATE_MISSING,), text.strip())
    resolution = resolve(text, reading, period, previous)
    return ParsedDate(
        resolution.date,
        resolution.flags,
        _remainder(text, reading),
        resolution.alternatives,
        reading.has_ditto,
    )


def looks_like_date(text: str) -> float:
    """How much a text looks like a written date, 0 to 1; a month in full inside a name stays low."""
    reading = read_date(text)
    if reading.empty and not reading.has_ditto:
        return 0.0
    parts = sum(part is not None and part != () for part in (reading.day, reading.months, reading.year))
    if reading.day is DITTO and reading.months is DITTO:
        return 0.3
    numbers = any(w.token in (Token.NUMBER, Token.NUMBER_WORD) for w in reading.used)
    score = {1: 0.25, 2: 0.8 if numbers else 0.2, 3: 1.0}[parts]
    if isinstance(reading.months, tuple) and reading.months:
        score -= min(reading.months[0].cost, 2.0) * 0.15
    others = sum(len(w.folded) for w in words_of(text) if w not in reading.used and w.token is Token.OTHER)
    covered = sum(w.end - w.start for w in reading.used)
    return max(0.0, score * covered / max(covered + others, 1))


def _remainder(text: str, reading: DateReading) -> str:
    """What of the text is no part of the date, its places closed up."""
    left = list(text)
    for word in reading.used:
        left[word.start : word.end] = " " * (word.end - word.start)
    rest = " ".join("".join(left).split())
    return rest if any(c.isalnum() or c in "§?*" for c in rest) else ""
