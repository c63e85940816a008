"""Writing entries: each change makes a version, numbers it in the sequence, and keeps what was before.

That a row has moved is no change of what a person said of it: the version stays theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from registers.entry import Entry, Flag
from store import codec, values
from store.clock import now
from store.kept import Action, EntryVersion, ListedName, StoredEntry
from store.models import changes, entries, entry_versions


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What an entry's row shall hold from now on."""

    entry: Entry
    retired: bool = False
    machine: str | None = None
    proposed: str | None = None


class Writer:
    """Collects the new versions that one change makes, and writes them at `finish`."""

    def __init__(
        self, connection: Connection, register_id: str, action: Action, who: str, undoes: int | None = None
    ) -> None:
        self._connection = connection
        self._change = {
            "register_id": register_id,
            "action": action.value,
            "who": codec.safe_text(who),
            "at": now(),
            "undoes": undoes,
        }
        self._added: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []
        self._archived: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []

    @cached_property
    def change_id(self) -> int:
        key = self._connection.execute(insert(changes).values(**self._change)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def add(self, new: NewVersion, *, place: int) -> None:
        """The first version of an entry."""
        self._added.append({"id": new.entry.id, "place": place, "version": 1, **self._columns(new)})

    def change(self, row: Row[Any], new: NewVersion) -> None:
        """The next version of the entry of `row`, which goes to the history."""
        self._archived.append(
            {
                "entry_id": row.id,
                "version": row.version,
                "change_id": row.change_id,
                "state": row.state,
                "retired": row.retired,
                "content": row.content,
                "machine": row.machine,
            }
        )
        self._changed.append({"entry": row.id, "version": row.version + 1, **self._columns(new)})

    def move(self, row: Row[Any], entry: Entry) -> None:
        """The same version of the entry of `row`, at the place where it stands now."""
        self._moved.append(
            {
                "entry": row.id,
                "page_id": entry.source.page_id,
                "section_id": entry.section_id,
                "row": entry.source.row,
                "content": codec.dumps(entry),
            }
        )

    def _columns(self, new: NewVersion) -> dict[str, Any]:
        entry = new.entry
        return {
            "register_id": entry.source.register_id,
            "page_id": entry.source.page_id,
            "section_id": entry.section_id,
            "row": entry.source.row,
            "kind": entry.kind.value,
            "state": entry.state.value,
            "flags": flags_text(entry.flags),
            "confidence": entry.confidence,
            "content": codec.dumps(entry),
            "retired": new.retired,
            "change_id": self.change_id,
            "machine": new.machine,
            "proposed": new.proposed,
        }

    def finish(self) -> None:
        """Write everything that was collected."""
        everything = [*self._added, *self._changed, *self._moved]
        for columns, number in zip(everything, values.take(self._connection, len(everything)), strict=True):
            columns["sequence"] = number
        if self._archived:
            self._connection.execute(insert(entry_versions), self._archived)
        if self._added:
            self._connection.execute(insert(entries), self._added)
        for made in (self._changed, self._moved):
            if made:
                self._connection.execute(update(entries).where(entries.c.id == bindparam("entry")), made)


def flags_text(flags: tuple[Flag, ...]) -> str:
    """Flags as the catalogue and the exports write them."""
    return ";".join(flag.value for flag in flags)


def entry_query() -> Select[Any]:
    """Entries with the change that made their version."""
    return select(entries, changes.c.action, changes.c.who, changes.c.at).join_from(
        entries, changes, entries.c.change_id == changes.c.id
    )


def stored_entry(row: Row[Any]) -> StoredEntry:
    """A row of `entry_query` as a value."""
    return StoredEntry(
        entry=codec.loads(Entry, row.content),
        version=row.version,
        sequence=row.sequence,
        change_id=row.change_id,
        action=Action(row.action),
        who=row.who,
        at=row.at,
        retired=row.retired,
        machine=_optional(row.machine),
        proposed=_optional(row.proposed),
    )


def listed_name(row: Row[Any]) -> ListedName:
    """As much of a row of entries as order takes; a tenth of the cost of `stored_entry`."""
    said = codec.json_data(row.content)
    person = said.get("person", {})
    surname = person.get("surname", "")
    return ListedName(
        entry_id=row.id,
        page_id=row.page_id,
        section_id=row.section_id,
        row=row.row,
        surname=surname,
        given_names=person.get("given_names", ""),
        year=said.get("date", {}).get("year"),
        own=bool(surname) and "ditto" not in said,
        flags=tuple(Flag(name) for name in row.flags.split(";") if name),
    )


def _optional(content: str | None) -> Entry | None:
    return None if content is None else codec.loads(Entry, content)


def history_of(connection: Connection, entry_id: str) -> tuple[EntryVersion, ...]:
    """All versions of an entry, the first one first, the one that stands last."""
    columns = (changes.c.action, changes.c.who, changes.c.at)
    before = (
        select(entry_versions, *columns)
        .join_from(entry_versions, changes, entry_versions.c.change_id == changes.c.id)
        .where(entry_versions.c.entry_id == entry_id)
        .order_by(entry_versions.c.version)
    )
    standing = entry_query().where(entries.c.id == entry_id)
    return tuple(
        EntryVersion(
            version=row.version,
            change_id=row.change_id,
            action=Action(row.action),
            who=row.who,
            at=row.at,
            entry=codec.loads(Entry, row.content),
            retired=row.retired,
        )
        for row in (*connection.execute(before), *connection.execute(standing))
    )
