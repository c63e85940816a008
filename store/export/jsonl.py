"""JSON Lines: one object per entry, the fields of the CSV, nested where they belong together.

Nothing here depends on when or how often a register was read: a run that was stopped and taken up again
exports the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from registers.dates import RegisterDate
from registers.entry import Entry, PersonName, Source
from store.export.listing import Listed, number


def to_jsonl(entries: Iterable[Listed]) -> Iterator[str]:
    """One line per entry, with its line end (LF); what is empty is null, "" or []."""
    for item in entries:
        yield json.dumps(as_object(item), ensure_ascii=False, separators=(",", ":")) + "\n"


def as_object(item: Listed) -> dict[str, Any]:
    """An entry with its register and section."""
    entry, description = item.stored.entry, item.description
    return {
        "entry_id": entry.id,
        "register": item.register.id,
        "section": {
            "commune": description.commune,
            "cote": description.cote,
            "series": description.series,
            "period": str(description.period) if description.period else None,
        },
        "source": _source(entry.source),
        "kind": entry.kind,
        "person": _person(entry.person),
        "spouse": _person(entry.spouse) if entry.spouse else None,
        "date": _date(entry.date),
        "act_number": entry.act_number,
        "act_year": entry.act_year,
        "remarks": entry.remarks,
        "remark_kind": entry.remark_kind,
        "ditto": _ditto(entry),
        "twin_of": entry.twin_of or None,
        "confidence": number(entry.confidence),
        "flags": list(entry.flags),
        "state": entry.state,
    }


def _source(source: Source) -> dict[str, Any]:
    box = source.quad.bounds
    return {
        "image": source.image,
        "view": source.view,
        "side": source.side,
        "row": source.row,
        "box": {"x": box.x, "y": box.y, "w": box.width, "h": box.height},
        "quad": source.quad.to_list(),
        "engine": source.engine,
    }


def _person(name: PersonName) -> dict[str, Any]:
    return {
        "surname": name.surname,
        "given_names": name.given_names,
        "surname_text": name.surname_text,
        "given_names_text": name.given_names_text,
        "gender": name.gender,
        "cross_surnames": list(name.cross_surnames),
        "given_names_also": list(name.given_names_also),
        "surname_alternatives": list(name.surname_alternatives),
    }


def _date(when: RegisterDate) -> dict[str, Any]:
    return {
        "text": when.text,
        "iso": when.iso or None,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "calendar": when.calendar,
        "republican": str(when.republican) if when.republican else None,
    }


def _ditto(entry: Entry) -> dict[str, Any] | None:
    if entry.ditto is None:
        return None
    return {
        "sign": entry.ditto.sign,
        "of": entry.ditto.head if entry.ditto.chain else None,
        "chain": list(entry.ditto.chain),
    }
