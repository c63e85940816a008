"""CSV: one line per entry, UTF-8, comma, header; the columns are a contract, new ones come at the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from registers.entry import PersonName
from store.export.listing import Listed, number
from store.versions import flags_text

Cell = str | int | float | None


def _spouse(item: Listed) -> PersonName:
    return item.stored.entry.spouse or PersonName()


def _head(item: Listed) -> str:
    ditto = item.stored.entry.ditto
    return ditto.head if ditto and ditto.chain else ""


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_VALUES: dict[str, Callable[[Listed], Cell]] = {
    "entry_id": lambda item: item.stored.entry.id,
    "register": lambda item: item.register.id,
    "image": lambda item: item.stored.entry.source.image,
    "side": lambda item: item.stored.entry.source.side.value,
    "row": lambda item: item.stored.entry.source.row,
    "kind": lambda item: item.stored.entry.kind.value,
    "surname": lambda item: item.stored.entry.person.surname,
    "given_names": lambda item: item.stored.entry.person.given_names,
    "spouse_surname": lambda item: _spouse(item).surname,
    "spouse_given_names": lambda item: _spouse(item).given_names,
    "date_text": lambda item: item.stored.entry.date.text,
    "date_iso": lambda item: item.stored.entry.date.iso,
    "date_earliest": lambda item: _day(item.stored.entry.date.earliest),
    "date_latest": lambda item: _day(item.stored.entry.date.latest),
    "calendar": lambda item: item.stored.entry.date.calendar.value,
    "act_number": lambda item: item.stored.entry.act_number,
    "remarks": lambda item: item.stored.entry.remarks,
    "surname_text": lambda item: item.stored.entry.person.surname_text,
    "given_names_text": lambda item: item.stored.entry.person.given_names_text,
    "ditto_of": _head,
    "confidence": lambda item: number(item.stored.entry.confidence),
    "flags": lambda item: flags_text(item.stored.entry.flags),
    "state": lambda item: item.stored.entry.state.value,
    "x": lambda item: item.stored.entry.source.quad.bounds.x,
    "y": lambda item: item.stored.entry.source.quad.bounds.y,
    "w": lambda item: item.stored.entry.source.quad.bounds.width,
    "h": lambda item: item.stored.entry.source.quad.bounds.height,
    "commune": lambda item: item.description.commune,
    "cote": lambda item: item.description.cote,
    "view": lambda item: item.stored.entry.source.view,
    "series": lambda item: item.description.series.value if item.description.series else None,
    "period": lambda item: str(item.description.period) if item.description.period else None,
    "act_year": lambda item: item.stored.entry.act_year,
    "twin_of": lambda item: item.stored.entry.twin_of,
    "engine": lambda item: item.stored.entry.source.engine,
}

COLUMNS = tuple(_VALUES)


def to_csv(entries: Iterable[Listed]) -> Iterator[str]:
    """The header, then one line per entry, each with its line end (LF)."""
    yield _line(COLUMNS)
    for item in entries:
        yield _line([value(item) for value in _VALUES.values()])


def _line(cells: Iterable[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
