"""Entries in the catalogue: what was understood, what people made of it, and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, func, select, true

from registers.entry import Entry, State
from registers.errors import NotFoundError
from registers.register import Section
from store import corrections, values
from store.database import Database
from store.kept import (
    Action,
    Correction,
    EntryChange,
    EntryVersion,
    ListedName,
    PagePlace,
    Replaced,
    StoredEntry,
)
from store.models import entries, registers, removed_entries
from store.registers import require
from store.understanding import replace_register
from store.versions import entry_query, history_of, listed_name, stored_entry

_AT_ONCE = 500


class EntryStore:
    """The catalogue's entries. Ids are those of `registers.entry.entry_id`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(
        self,
        register_id: str,
        sections: Sequence[Section],
        found: Sequence[Entry],
        fingerprint: str,
        places: Iterable[PagePlace] = (),
    ) -> Replaced:
        """Keep what understanding made of a whole register, all or nothing.

        Only what differs is written: a run that finds the same leaves versions and sequence alone. What
        a person has checked keeps its values; a reading that differs is kept beside it as `proposed`.
        Where only the place of a row differs, what a person made of it stays their version.
        Machine entries that are not found any more are retired: kept, with their history, not listed.
        `fingerprint` is `registers.fingerprint` taken before the readings were; `places` are the pages'
        views and sections (pages that are not named take them from their entries). Raises NotFoundError
        for an unknown register, ValueError for two entries of one id.
        """
        if len({entry.id for entry in found}) != len(found):
            raise ValueError(f"register {register_id}: two entries have one id")
        with self._database.write() as connection:
            require(connection, register_id)
            return replace_register(
                connection, register_id, sections, found, fingerprint=fingerprint, places=places
            )

    def get(self, entry_id: str) -> StoredEntry:
        """An entry, retired or not; raises NotFoundError."""
        found = self.get_many([entry_id])
        if not found:
            raise NotFoundError(f"there is no entry {entry_id}")
        return found[entry_id]

    def get_many(self, entry_ids: Sequence[str]) -> dict[str, StoredEntry]:
        """The entries that there are among these, retired ones too."""
        found: dict[str, StoredEntry] = {}
        with self._database.read() as connection:
            for start in range(0, len(entry_ids), _AT_ONCE):
                some = entries.c.id.in_(entry_ids[start : start + _AT_ONCE])
                for row in connection.execute(entry_query().where(some)):
                    found[row.id] = stored_entry(row)
        return found

    def of_page(self, page_id: str, register_id: str = "") -> tuple[StoredEntry, ...]:
        """A page side's entries, from the top; `register_id` tells registers apart that share a scan."""
        query = entry_query().where(entries.c.page_id == page_id, ~entries.c.retired)
        if register_id:
            query = query.where(entries.c.register_id == register_id)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(entries.c.register_id, entries.c.row, entries.c.id))
            return tuple(stored_entry(row) for row in found)

    def of_register(self, register_id: str) -> Iterator[StoredEntry]:
        """A register's entries by page order, side and row: one snapshot, read as it is consumed."""
        return self._walk(entries.c.register_id == register_id)

    def listed_names(self, register_id: str) -> tuple[ListedName, ...]:
        """The names of a register's rows in the order of `of_register`, without the cost of whole entries."""
        columns = (entries.c.id, entries.c.page_id, entries.c.section_id, entries.c.row, entries.c.flags)
        query = (
            select(*columns, entries.c.content)
            .where(entries.c.register_id == register_id, ~entries.c.retired)
            .order_by(entries.c.place, entries.c.row, entries.c.id)
        )
        with self._database.read() as connection:
            return tuple(listed_name(row) for row in connection.execute(query))

    def doubtful(self, register_id: str) -> Iterator[StoredEntry]:
        """A register's entries that carry a flag and that nobody has checked, in the order of the pages."""
        unchecked = entries.c.state == State.MACHINE.value
        return self._walk(entries.c.register_id == register_id, unchecked, entries.c.flags != "")

    def proposed(self, register_id: str = "") -> Iterator[StoredEntry]:
        """Entries beside which a later reading is offered, a register's or all, in the order of the pages."""
        return self._walk(*_offered(register_id))

    def count_proposed(self, register_id: str) -> int:
        """How many entries of a register a later reading is offered beside."""
        query = select(func.count()).select_from(entries).where(~entries.c.retired, *_offered(register_id))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def _walk(self, *where: ColumnElement[bool]) -> Iterator[StoredEntry]:
        query = entry_query().where(~entries.c.retired, *where)
        query = query.order_by(entries.c.register_id, entries.c.place, entries.c.row, entries.c.id)
        with self._database.read() as connection:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
                yield stored_entry(row)

    def all(self) -> Iterator[StoredEntry]:
        """All entries by register id, page order, side and row."""
        with self._database.read() as connection:
            ids = sorted(connection.scalars(select(registers.c.id)))
        for register_id in ids:
            yield from self.of_register(register_id)

    def sequence(self) -> int:
        """The number of the latest change; 0 in an empty catalogue."""
        with self._database.read() as connection:
            return values.latest(connection)

    def changed_since(self, sequence: int) -> Iterator[EntryChange]:
        """The entries that changed after change number `sequence`, in the order of their latest change.

        An entry that is retired or whose register was removed comes with None. Apply in this order and
        remember the last number: nothing is missed, though the catalogue changes meanwhile.
        """
        while batch := self._changes_after(sequence):
            yield from batch
            sequence = batch[-1].sequence

    def _changes_after(self, sequence: int) -> list[EntryChange]:
        changed = entry_query().where(entries.c.sequence > sequence).order_by(entries.c.sequence)
        removed = (
            select(removed_entries)
            .where(removed_entries.c.sequence > sequence)
            .order_by(removed_entries.c.sequence)
        )
        with self._database.read() as connection:
            batch = [
                EntryChange(row.id, row.sequence, None if row.retired else stored_entry(row))
                for row in connection.execute(changed.limit(_AT_ONCE))
            ]
            batch += [
                EntryChange(row.id, row.sequence, None) for row in connection.execute(removed.limit(_AT_ONCE))
            ]
        return sorted(batch, key=lambda change: change.sequence)[:_AT_ONCE]

    def correct(self, entry_id: str, new_values: Entry, who: str, base_version: int) -> StoredEntry:
        """A person's values for one entry, or their word that it is right as it stands.

        The literal reading stays. The state becomes corrected, checked, or double_checked when another
        person confirms. Raises NotFoundError, and ConflictError when `base_version` is not the latest.
        """
        if new_values.id != entry_id:
            raise ValueError(f"values of {new_values.id} are not for {entry_id}")
        return self.correct_group([Correction(new_values, base_version)], who)[0]

    def correct_group(
        self, items: Sequence[Correction], who: str, action: Action = Action.CORRECTED
    ) -> tuple[StoredEntry, ...]:
        """Several entries of one register as one change, all or none; it can be undone as one."""
        with self._database.write() as connection:
            corrections.correct(connection, items, who, action)
        found = self.get_many([item.values.id for item in items])
        return tuple(found[item.values.id] for item in items)

    def dismiss(self, entry_id: str, base_version: int, proposed: Entry | None = None) -> StoredEntry:
        """Decline a proposal; it is not offered again.

        Raises NotFoundError, and ConflictError when `base_version` is not the latest or when something
        else than `proposed`, where given, is offered by now.
        """
        with self._database.write() as connection:
            corrections.dismiss(connection, entry_id, base_version, proposed)
        return self.get(entry_id)

    def undo(self, change_id: int, who: str) -> tuple[StoredEntry, ...]:
        """Take back a person's change as a whole, as a change of its own; undoing that redoes it.

        Raises NotFoundError, UsageError for what the machine made, ConflictError when one of its
        entries has been changed since.
        """
        with self._database.write() as connection:
            ids = corrections.undo(connection, change_id, who)
        found = self.get_many(ids)
        return tuple(found[entry_id] for entry_id in ids)

    def history(self, entry_id: str) -> tuple[EntryVersion, ...]:
        """All versions of an entry, the first one first; raises NotFoundError."""
        with self._database.read() as connection:
            found = history_of(connection, entry_id)
        if not found:
            raise NotFoundError(f"there is no entry {entry_id}")
        return found


def _offered(register_id: str) -> tuple[ColumnElement[bool], ...]:
    """Where a later reading is offered; the state says so first, which an index holds."""
    mine = entries.c.register_id == register_id if register_id else true()
    return mine, entries.c.state != State.MACHINE.value, entries.c.proposed.is_not(None)
