"""What a letter asks for."""

from __future__ import annotations

from dataclasses import dataclass

from registers.entry import Kind


@dataclass(frozen=True, slots=True)
class Sought:
    """One act of one person (of a couple, for a marriage) that a letter asks for.

    `year_from` and `year_to` bound the act, both included: "vers 1884" is 1882 to 1886, "avant 1900" has
    no `year_from`. `confidence` (0 to 1) is a weight of the clues, not a measured probability.
    """

    surname: str | None
    given_names: str | None
    kind: Kind | None
    year_from: int | None
    year_to: int | None
    place: str | None
    spouse_surname: str | None
    spouse_given_names: str | None
    confidence: float
