"""Written names -> PersonName: surname, particle, given names, spouse, remarks."""

from __future__ import annotations

from dataclasses import dataclass

from registers.entry import Flag, PersonName, Remark
from registers.knowledge import Holds


@dataclass(frozen=True, slots=True)
class ParsedName:
    """What a name cell says; `remarks` is the part that is no name, as written."""

    name: PersonName
    spouse: PersonName | None = None
    remarks: str = ""
    remark_kind: Remark | None = None
    flags: tuple[Flag, ...] = ()


def parse_name(text: str, *, holds: Holds) -> ParsedName:
    """The name in a cell that holds a surname, given names or both; never raises.

    A column of given names fills only `given_names` (and the remarks that stand there), a column of
    surnames only `surname`; `join_names` puts the two cells of a row together. Ditto signs are no
    names: resolve them first (ner/ditto.py).
    """
    return ParsedName(PersonName())


def join_names(surname: ParsedName, given_names: ParsedName) -> ParsedName:
    """One person from the two cells of a row."""
    return surname
