"""The number and year of the act, and the kind of a row where the section alone does not tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ner.folding import unaccented
from ner.numerals import repair_digits
from registers.entry import Kind

_NUMBER = re.compile(r"(\d{1,5})\s*(bis|ter|quater)?")
_OF_YEAR = re.compile(r"\b(\d{1,5})\s*(?:/|de|du|-|,|an(?:nee)?)\s*((?:1[789]|20)\d\d)\b")
_NUMBER_IN_REMARK = re.compile(r"\bn\s?[°ºo.*]+\s*(\d{1,5})\b(?:\D{1,20}((?:1[789]|20)\d\d)\b)?")
_YEAR_IN_REMARK = re.compile(r"\b(?:reg(?:istre)?s?|annee|de|transcr\w*\.?)\s*\D{0,12}((?:1[789]|20)\d\d)\b")
_STILLBORN = re.compile(r"\bsans vie\b|\bmort[- ]nee?s?\b|\bprt\.? sans vie|\benf(?:an)?t\.? s\.? ?v\b")
_TRANSCRIPTION = re.compile(r"\btranscri(?:t|te|ption|p)\b|\btranscr\.")
_JUDGMENT = re.compile(
    r"\bjug(?:emen)?ts? (?:suppletifs?|declaratifs?|rectificatifs?|tenant lieu|de naissance|de deces)\b"
)
_NAME_CHANGE = re.compile(r"\bchangement de nom\b")


@dataclass(frozen=True, slots=True)
class ActNumber:
    """The number as one cites it ("17 bis"), empty when none is written, and the year of its register."""

    number: str = ""
    year: int | None = None


def act_number(text: str) -> ActNumber:
    """What a cell of act numbers says: "N° l7 bis", "112/1915"."""
    folded = repair_digits(unaccented(text).replace("n°", " ").replace("no ", " ")).strip(" .:-*")
    of_year = _OF_YEAR.search(folded)
    if of_year:
        return ActNumber(of_year[1].lstrip("0") or "0", int(of_year[2]))
    match = _NUMBER.search(folded)
    if match is None:
        return ActNumber()
    number = match[1].lstrip("0") or "0"
    return ActNumber(f"{number} {match[2]}" if match[2] else number)


def act_in_remark(remarks: str) -> ActNumber:
    """The number and the year of another register's act that a remark names."""
    folded = repair_digits(unaccented(remarks))
    match = _NUMBER_IN_REMARK.search(folded) or _OF_YEAR.search(folded)
    if match:
        return ActNumber(match[1], int(match[2]) if match[2] else None)
    year = _YEAR_IN_REMARK.search(folded)
    return ActNumber("", int(year[1])) if year else ActNumber()


def kind_of_row(section_kinds: Sequence[Kind], remarks: str, *, spouse: bool) -> Kind:
    """The kind of one row: what its remarks say, else the section's, else what its columns imply."""
    folded = unaccented(remarks)
    for pattern, kind in (
        (_STILLBORN, Kind.STILLBORN),
        (_TRANSCRIPTION, Kind.TRANSCRIPTION),
        (_JUDGMENT, Kind.JUDGMENT),
        (_NAME_CHANGE, Kind.NAME_CHANGE),
    ):
        if pattern.search(folded):
            return kind
    if len(section_kinds) == 1:
        return section_kinds[0]
    if spouse and (not section_kinds or Kind.MARRIAGE in section_kinds):
        return Kind.MARRIAGE
    return Kind.UNKNOWN
