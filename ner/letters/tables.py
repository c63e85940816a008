"""Tables that letters hold: a line of column names, then a person a line, parted by bars or semicolons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ner.letters.words import flat


class Field(StrEnum):
    """What a column of such a table holds."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    PERSON = "person"
    ACT = "act"
    DATE = "date"
    PLACE = "place"
    SPOUSE = "spouse"
    OTHER = "other"


_HEADERS: tuple[tuple[Field, str], ...] = (
    (Field.SPOUSE, r"conjointe?|epou[sx]e?|avec"),
    (Field.GIVEN_NAMES, r"prenoms?(?: ?\(s\))?|given names?"),
    (Field.PERSON, r"personnes?|noms? (?:et |, ?)?prenoms?(?: ?\(s\))?|individu|interessee?|defunte?|qui"),
    (Field.SURNAME, r"noms?(?: de (?:famille|naissance))?|patronymes?|surname"),
    (
        Field.ACT,
        r"actes?(?: (?:demandee?s?|souhaitee?s?|de))?|type(?: d'acte)?|nature(?: de l'acte)?|evenements?",
    ),
    (Field.DATE, r"dates?|annees?|periodes?|annee \(s\)|quand"),
    (Field.PLACE, r"lieux?|communes?|villes?|paroisses?|ou"),
)
_PARTED = {";": r"\s*;\s*", "|": r"\s*\|\s*", "\t": r"\s*\t\s*"}
_RULE = re.compile(r"[\s|+;:=-]*")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table: for each field what is written, and where."""

    cells: dict[Field, str]


@dataclass(frozen=True, slots=True)
class LetterTable:
    """The rows of a table and where it stands in the letter."""

    start: int
    end: int
    rows: tuple[TableRow, ...]


def table_in(text: str) -> LetterTable | None:
    """The first table with a line of column names."""
    lines = text.splitlines(keepends=True)
    at = 0
    for index, line in enumerate(lines):
        for sign, parting in _PARTED.items():
            fields = _fields(line, sign, parting)
            if fields:
                rows, length = _rows(lines[index + 1 :], fields, sign, parting)
                if rows:
                    return LetterTable(at, at + len(line) + length, tuple(rows))
        at += len(line)
    return None


def _fields(line: str, sign: str, parting: str) -> list[Field]:
    """The columns that a line of column names tells, or nothing."""
    if line.count(sign) < _LEAST - 1:
        return []
    names = re.split(parting, flat(line.strip().strip("|")).strip())
    fields = [
        next((f for f, p in _HEADERS if re.fullmatch(rf"(?:{p})\s*", name.strip())), Field.OTHER)
        for name in names
    ]
    told = set(fields) - {Field.OTHER}
    named = Field.PERSON in told or Field.SURNAME in told
    return fields if named and len(told) >= _LEAST else []


def _rows(
    lines: Sequence[str], fields: Sequence[Field], sign: str, parting: str
) -> tuple[list[TableRow], int]:
    rows: list[TableRow] = []
    length = reached = 0
    for line in lines:
        length += len(line)
        if _RULE.fullmatch(line) and rows and not line.strip():
            break
        if _RULE.fullmatch(line):
            continue
        values = re.split(parting, line.strip().strip("|").strip())
        if sign not in line or len(values) < _LEAST:
            more = _continued(line)
            if rows and more and Field.SPOUSE not in rows[-1].cells:
                rows[-1].cells[Field.SPOUSE] = more
                reached = length
                continue
            break
        cells = {field: value.strip() for field, value in zip(fields, values, strict=False) if _says(value)}
        rows.append(TableRow(cells))
        reached = length
    return rows, reached


def _continued(line: str) -> str:
    """The spouse whom a line behind a row names: "avec Rose Garnier"."""
    match = re.match(r"\s+(?:avec|et|x)\s+(.+)", line)
    return match[1].strip() if match else ""


def _says(value: str) -> bool:
    return bool(value.strip(" -–—?/.'\""))
