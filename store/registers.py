"""Registers and sections in the catalogue, with what was counted in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, true, update

from registers.document import PageOutcome
from registers.entry import Flag, State
from registers.errors import NotFoundError
from registers.register import Register, RegisterSettings, Section
from store import codec, values
from store.database import Database
from store.files import waiting_scans
from store.kept import RegisterSummary
from store.models import changes, entries, failures, pages, registers, removed_entries, scans, sections
from store.paths import from_stored, to_stored


class RegisterStore:
    """The catalogue's registers. Raises NotFoundError for an id that it does not hold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upsert(self, register: Register) -> None:
        """Keep a register, or what has changed of its folder and settings."""
        settings, folder = codec.dumps(register.settings), to_stored(register.folder)
        with self._database.read() as connection:
            found = _row(connection, register.id)
        if found is not None and (found.folder, found.settings) == (folder, settings):
            return
        with self._database.write() as connection:
            found = _row(connection, register.id)
            if found is None:
                values = {"id": register.id, "folder": folder, "settings": settings}
                connection.execute(insert(registers).values(**values, revision=1, understood=""))
                return
            connection.execute(
                update(registers)
                .where(registers.c.id == register.id)
                .values(folder=folder, settings=settings)
            )
            if found.settings != settings:
                touch(connection, register.id)

    def get(self, register_id: str) -> Register:
        with self._database.read() as connection:
            row = _row(connection, register_id)
        if row is None:
            raise _unknown(register_id)
        return _register(row)

    def ids(self) -> tuple[str, ...]:
        """All ids in the order of exports (by code point, the same on every database)."""
        with self._database.read() as connection:
            return tuple(sorted(connection.scalars(select(registers.c.id))))

    def list(self) -> tuple[RegisterSummary, ...]:
        """All registers with their counts, in the order of their ids."""
        with self._database.read() as connection:
            return _summaries(connection, None)

    def stamp(self) -> str:
        """Changes whenever what `list` tells may have changed; costs little, also with many registers."""
        of_registers = select(
            func.count(), func.sum(registers.c.revision), func.sum(func.length(registers.c.understood))
        ).select_from(registers)
        of_failures = select(func.count(), func.max(failures.c.key)).select_from(failures)
        with self._database.read() as connection:
            counted = (*connection.execute(of_registers).one(), *connection.execute(of_failures).one())
            return "/".join(str(number) for number in (values.latest(connection), *counted))

    def summary(self, register_id: str) -> RegisterSummary:
        """One register with its counts."""
        with self._database.read() as connection:
            found = _summaries(connection, register_id)
        if not found:
            raise _unknown(register_id)
        return found[0]

    def sections(self, register_id: str) -> tuple[Section, ...]:
        """The sections that understanding found, in their order."""
        with self._database.read() as connection:
            return sections_of(connection, register_id).get(register_id, ())

    def remove(self, register_id: str) -> None:
        """Forget a register, its readings, entries and their history; the scans are not touched."""
        with self._database.write() as connection:
            if _row(connection, register_id) is None:
                raise _unknown(register_id)
            _bury(connection, register_id)
            connection.execute(delete(registers).where(registers.c.id == register_id))
            connection.execute(delete(changes).where(changes.c.register_id == register_id))

    def fingerprint(self, register_id: str, version: str = "") -> str:
        """Stands for all that understanding depends on: readings, settings, corrections, code `version`.

        Take it before reading what is to be understood, and give it to `entries.replace` with the result.
        """
        with self._database.read() as connection:
            row = _row(connection, register_id)
        if row is None:
            raise _unknown(register_id)
        return _fingerprint(row.revision, version)

    def needs_understanding(self, register_id: str, version: str = "") -> bool:
        """Whether anything that its entries depend on has changed since they were made."""
        with self._database.read() as connection:
            row = _row(connection, register_id)
        if row is None:
            raise _unknown(register_id)
        return bool(row.understood != _fingerprint(row.revision, version))


def _fingerprint(revision: int, version: str) -> str:
    return f"{revision}/{version}"


def touch(connection: Connection, register_id: str) -> None:
    """Something that the register's entries depend on has changed."""
    connection.execute(
        update(registers).where(registers.c.id == register_id).values(revision=registers.c.revision + 1)
    )


def require(connection: Connection, register_id: str) -> None:
    """Raise NotFoundError unless the catalogue holds the register."""
    if _row(connection, register_id) is None:
        raise _unknown(register_id)


def sections_of(connection: Connection, register_id: str | None = None) -> dict[str, tuple[Section, ...]]:
    """Sections by register id, of one register or of all."""
    query = select(sections.c.register_id, sections.c.content).order_by(
        sections.c.register_id, sections.c.rank
    )
    if register_id is not None:
        query = query.where(sections.c.register_id == register_id)
    found: dict[str, list[Section]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.register_id].append(codec.loads(Section, row.content))
    return {key: tuple(values) for key, values in found.items()}


def _row(connection: Connection, register_id: str) -> Row[Any] | None:
    return connection.execute(select(registers).where(registers.c.id == register_id)).one_or_none()


def _register(row: Row[Any]) -> Register:
    return Register(row.id, from_stored(row.folder), codec.loads(RegisterSettings, row.settings))


def _unknown(register_id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no register {register_id}", advice="`feuillet registers list` shows those that there are"
    )


def _bury(connection: Connection, register_id: str) -> None:
    """Leave a mark of each entry, so that the index learns that it is gone.

    Retired ones too: the index may not have learnt of that, and nothing else would tell it any more.
    """
    mine = select(entries.c.id).where(entries.c.register_id == register_id)
    connection.execute(delete(removed_entries).where(removed_entries.c.id.in_(mine)))
    ids = connection.scalars(mine.order_by(entries.c.id)).all()
    numbers = values.take(connection, len(ids))
    if ids:
        marks = [{"id": entry_id, "sequence": number} for entry_id, number in zip(ids, numbers, strict=True)]
        connection.execute(insert(removed_entries), marks)


def _summaries(connection: Connection, register_id: str | None) -> tuple[RegisterSummary, ...]:
    def of(column: ColumnElement[str]) -> ColumnElement[bool]:
        return true() if register_id is None else column == register_id

    found = sorted(connection.execute(select(registers).where(of(registers.c.id))), key=lambda row: row.id)
    page_counts, row_counts = _page_counts(connection, of(scans.c.register_id))
    entry_counts, doubtful, flag_counts = _entry_counts(connection, of(entries.c.register_id))
    scan_counts = _counted(connection, scans.c.register_id, of(scans.c.register_id))
    waiting = waiting_scans(connection, register_id)
    failure_counts = _counted(connection, failures.c.register_id, of(failures.c.register_id))
    parts = sections_of(connection, register_id)
    return tuple(
        RegisterSummary(
            register=_register(row),
            sections=parts.get(row.id, ()),
            scans=scan_counts[row.id],
            pages=page_counts[row.id],
            failures=failure_counts[row.id],
            waiting=waiting[row.id],
            understood=bool(row.understood),
            rows=row_counts[row.id],
            entries=entry_counts[row.id],
            doubtful=doubtful[row.id],
            flags=flag_counts[row.id],
        )
        for row in found
    )


def _counted(connection: Connection, key: ColumnElement[str], where: ColumnElement[bool]) -> Counter[str]:
    rows = connection.execute(select(key, func.count()).where(where).group_by(key))
    return Counter(dict(rows.tuples().all()))


def _page_counts(
    connection: Connection, where: ColumnElement[bool]
) -> tuple[defaultdict[str, Counter[PageOutcome]], Counter[str]]:
    """Page sides by outcome, and rows, of each register."""
    outcomes: defaultdict[str, Counter[PageOutcome]] = defaultdict(Counter)
    rows: Counter[str] = Counter()
    query = (
        select(scans.c.register_id, pages.c.outcome, func.count(), func.sum(pages.c.row_count))
        .join_from(scans, pages)
        .where(where)
        .group_by(scans.c.register_id, pages.c.outcome)
    )
    for register_id, outcome, count, row_count in connection.execute(query):
        outcomes[register_id][PageOutcome(outcome)] = count
        rows[register_id] += int(row_count)
    return outcomes, rows


def _entry_counts(
    connection: Connection, where: ColumnElement[bool]
) -> tuple[Counter[str], Counter[str], defaultdict[str, Counter[Flag]]]:
    """Entries of each register; those that nobody has checked and that carry a flag, and their flags."""
    count: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    flags: defaultdict[str, Counter[Flag]] = defaultdict(Counter)
    columns = (entries.c.register_id, entries.c.state, entries.c.flags)
    query = select(*columns, func.count()).where(where, ~entries.c.retired).group_by(*columns)
    for register_id, state, names, number in connection.execute(query):
        count[register_id] += number
        if state == State.MACHINE and names:
            doubtful[register_id] += number
            for name in names.split(";"):
                flags[register_id][Flag(name)] += number
    return count, doubtful, flags
