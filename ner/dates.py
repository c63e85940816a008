"""Written dates -> RegisterDate inside the section's period."""

from __future__ import annotations

from dataclasses import dataclass

from registers.dates import Period, RegisterDate
from registers.entry import Flag


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What a date cell says.

    `alternatives` are the days that fit equally well when the writing is ambiguous (best first, the
    date itself not among them); `remainder` is text that is no part of the date; `ditto` is true when
    a part of it was taken from the row above.
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

    Never raises: what can't be understood is an unknown date with a flag.
    """
    return ParsedDate(RegisterDate.unknown(text, period), (Flag.DATE_MISSING,), text)


def looks_like_date(text: str) -> float:
    """How much a text looks like a written date, 0 to 1."""
    return 0.0
