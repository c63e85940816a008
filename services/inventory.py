"""The archive's own list of what exists: what was lost, what nobody digitized, where nothing was recorded.

A CSV file with the columns place, kind, from, to, cote and state; commas or semicolons, UTF-8.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from registers.entry import Kind
from registers.errors import UsageError
from store.catalogue import Catalogue

COLUMNS = ("place", "kind", "from", "to", "cote", "state")
STATES = ("read", "partly_read", "not_read", "not_digitized", "lost", "none_recorded")
_NAME = "inventory"
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_SAVE_AS = "save it as CSV in UTF-8"


@dataclass(frozen=True, slots=True)
class Holding:
    """A line of the inventory; no kind means every kind. Years are both included."""

    place: str
    kind: Kind | None
    first: int
    last: int
    cote: str
    state: str


@dataclass(frozen=True, slots=True)
class InventoryFile:
    """What a file says, and one line for each row of it that is wrong."""

    holdings: tuple[Holding, ...]
    problems: tuple[str, ...]


def read_inventory(path: Path) -> InventoryFile:
    """Read and check a CSV file; raises UsageError for one that is no such table at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror})", advice="check the name") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not in UTF-8", advice=_SAVE_AS) from error
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    rows = csv.DictReader(lines, delimiter=delimiter)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise UsageError(
            f"{path.name} has no column {', '.join(missing)}",
            advice=f"its first line must be {','.join(COLUMNS)}",
        )
    holdings, problems = [], []
    for row in rows:
        fields = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(fields.values()):
            continue
        wrong = _wrong(fields)
        if wrong:
            problems.append(f"line {rows.line_num}: {wrong}")
        else:
            holdings.append(_holding(fields))
    return InventoryFile(tuple(holdings), tuple(problems))


def import_inventory(catalogue: Catalogue, holdings: tuple[Holding, ...]) -> None:
    """Take the place of the inventory that was there, at once."""
    catalogue.values.set(_NAME, json.dumps([asdict(holding) for holding in holdings], ensure_ascii=False))


def inventory_of(catalogue: Catalogue) -> tuple[Holding, ...]:
    """The inventory as it was last imported; empty when none was."""
    return tuple(
        Holding(**{**fields, "kind": Kind(fields["kind"]) if fields["kind"] else None})
        for fields in json.loads(catalogue.values.get(_NAME, "[]"))
    )


def _wrong(fields: Mapping[str, str]) -> str:
    """What is wrong with a row, and how it should be; empty when nothing is."""
    if not fields["place"]:
        return "the place is empty"
    if fields["kind"] and _kind(fields["kind"]) is None:
        return f"kind {fields['kind']!r} is none of {', '.join(kind.value for kind in Kind)}"
    for name in ("from", "to"):
        year = fields[name]
        if not (year.isdecimal() and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
            return f"{name} {year!r} is not a year like 1883"
    if int(fields["from"]) > int(fields["to"]):
        return f"it ends ({fields['to']}) before it begins ({fields['from']})"
    if fields["state"] not in STATES:
        return f"state {fields['state']!r} is none of {', '.join(STATES)}"
    return ""


def _holding(fields: Mapping[str, str]) -> Holding:
    return Holding(
        fields["place"],
        _kind(fields["kind"]),
        int(fields["from"]),
        int(fields["to"]),
        fields["cote"],
        fields["state"],
    )


def _kind(text: str) -> Kind | None:
    """A kind by its name, or as an archivist writes it ("Naissances")."""
    from ner.headings.words import kinds_in

    if text in {known.value for known in Kind}:
        return Kind(text)
    found = kinds_in(text)
    return found[0] if len(found) == 1 else None
