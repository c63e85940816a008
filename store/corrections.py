"""What people change: corrections, alone or as a group, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from registers.entry import Entry, PersonName, State
from registers.errors import ConflictError, NotFoundError, UsageError
from store import codec
from store.kept import MACHINE, Action, Correction
from store.models import changes, entries, entry_versions
from store.registers import touch
from store.understanding import placed_as, said
from store.versions import NewVersion, Writer, entry_query


def correct(connection: Connection, corrections: Sequence[Correction], who: str, action: Action) -> None:
    """Make the corrections as one change: all, or none with ConflictError."""
    rows = [_standing(connection, item) for item in corrections]
    registers = {row.register_id for row in rows}
    if len(registers) != 1:
        raise UsageError("the entries of one change belong to one register")
    writer = Writer(connection, rows[0].register_id, action, who)
    touched = False
    for row, item in zip(rows, corrections, strict=True):
        before = codec.loads(Entry, row.content)
        after = _corrected(before, item, row, who)
        if after == before:
            continue
        machine = row.content if before.state is State.MACHINE and not item.inherited else row.machine
        writer.change(row, NewVersion(after, machine=machine, proposed=_still(row.proposed, after)))
        touched = True
    writer.finish()
    if touched:
        touch(connection, rows[0].register_id)


def _standing(connection: Connection, item: Correction) -> Row[Any]:
    query = entry_query().where(entries.c.id == item.values.id)
    row = connection.execute(query).one_or_none()
    if row is None or row.retired:
        raise NotFoundError(f"there is no entry {item.values.id}")
    if row.version != item.base_version:
        raise ConflictError(
            f"entry {row.id} was changed in the meantime (version {row.version}, not {item.base_version})",
            advice="look at it as it stands now, and correct that",
        )
    return row


def _corrected(before: Entry, item: Correction, row: Row[Any], who: str) -> Entry:
    """The entry with its new values; what is written on the page stays as it was read."""
    values = replace(
        item.values,
        section_id=before.section_id,
        source=before.source,
        person=_with_literal(item.values.person, before.person),
        spouse=_with_literal(item.values.spouse, before.spouse) if item.values.spouse else None,
        date=replace(item.values.date, text=before.date.text),
        state=before.state,
    )
    if item.inherited:
        return values
    return replace(values, state=_state(said(values) != said(before), before.state, row.who == who))


def _with_literal(name: PersonName, before: PersonName | None) -> PersonName:
    literal = before or PersonName()
    return replace(name, surname_text=literal.surname_text, given_names_text=literal.given_names_text)


def _state(changed: bool, before: State, same_person: bool) -> State:
    """Corrected when something changed; checked when not; a second person's look makes it double."""
    if changed:
        return State.CORRECTED
    if before is State.MACHINE:
        return State.CHECKED
    return before if same_person else State.DOUBLE_CHECKED


def _still(proposed: str | None, entry: Entry) -> str | None:
    """A proposal, unless the entry now says the same."""
    if proposed is None or said(codec.loads(Entry, proposed)) == said(entry):
        return None
    return proposed


def dismiss(connection: Connection, entry_id: str, base_version: int, proposed: Entry | None) -> None:
    """Decline what a later reading proposed: it is not offered again."""
    row = _standing_of(connection, entry_id)
    if row.version != base_version:
        raise ConflictError(f"entry {entry_id} was changed in the meantime", advice="look at it as it stands")
    offered = None if row.proposed is None else said(codec.loads(Entry, row.proposed))
    if proposed is not None and offered != said(proposed):
        raise ConflictError(
            f"entry {entry_id} was read anew in the meantime", advice="look at it as it stands"
        )
    if row.proposed is not None:
        connection.execute(
            update(entries).where(entries.c.id == entry_id).values(machine=row.proposed, proposed=None)
        )


def _standing_of(connection: Connection, entry_id: str) -> Row[Any]:
    row = connection.execute(select(entries).where(entries.c.id == entry_id)).one_or_none()
    if row is None or row.retired:
        raise NotFoundError(f"there is no entry {entry_id}")
    return row


def undo(connection: Connection, change_id: int, who: str) -> tuple[str, ...]:
    """Take a person's change back, with all entries that it changed; returns their ids.

    Raises NotFoundError, UsageError for a change of the machine's, ConflictError where an entry has
    been changed since.
    """
    change = connection.execute(select(changes).where(changes.c.id == change_id)).one_or_none()
    if change is None:
        raise NotFoundError(f"there is no change {change_id}")
    if change.who == MACHINE:
        raise UsageError("what the machine made is not undone but corrected")
    rows = connection.execute(entry_query().where(entries.c.change_id == change_id)).all()
    past = select(entry_versions.c.entry_id).where(entry_versions.c.change_id == change_id)
    if not rows or connection.execute(past).first() is not None:
        raise ConflictError("an entry of this change was changed since", advice="undo the later change first")
    writer = Writer(connection, change.register_id, Action.UNDONE, who, undoes=change_id)
    for row in rows:
        writer.change(row, _before(connection, row))
    writer.finish()
    touch(connection, change.register_id)
    return tuple(row.id for row in rows)


def _before(connection: Connection, row: Row[Any]) -> NewVersion:
    """What was said of an entry before its latest version, at the place where its row stands now."""
    query = select(entry_versions).where(
        entry_versions.c.entry_id == row.id, entry_versions.c.version == row.version - 1
    )
    before = connection.execute(query).one()
    entry = placed_as(codec.loads(Entry, before.content), codec.loads(Entry, row.content))
    return NewVersion(entry, before.retired, machine=before.machine, proposed=row.proposed)
