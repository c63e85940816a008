"""Keeping what understanding made of a register: only what differs is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from registers.document import Page, Scan, Side
from registers.entry import Entry, State
from registers.register import Section
from store import codec, values
from store.kept import MACHINE, Action, PagePlace, Replaced
from store.models import entries, pages, registers, scans, sections
from store.order import SIDE_RANK, first_views, ranks
from store.readings import page_query
from store.versions import NewVersion, Writer, entry_query

_SIDES = 2


def replace_register(
    connection: Connection,
    register_id: str,
    found_sections: Sequence[Section],
    found: Sequence[Entry],
    *,
    fingerprint: str,
    places: Iterable[PagePlace],
) -> Replaced:
    """Bring a register's sections, pages' places and entries to what was found, in one transaction."""
    by_page = _places(found, places)
    query = entry_query().where(entries.c.register_id == register_id)
    rows = {row.id: row for row in connection.execute(query)}
    sides = _page_sides(connection, register_id, rows.values(), found)
    order = _page_order(sides, by_page)
    _place_pages(connection, sides, by_page)
    writer = Writer(connection, register_id, Action.UNDERSTOOD, MACHINE)
    outcome, written = _merge(connection, writer, rows, found, order)
    writer.finish()
    _place_entries(connection, register_id, order)
    changed_sections = _replace_sections(connection, register_id, found_sections)
    _announce(connection, register_id, changed_sections, written)
    connection.execute(
        update(registers)
        .where(registers.c.id == register_id, registers.c.understood != fingerprint)
        .values(understood=fingerprint)
    )
    return outcome


def _merge(
    connection: Connection,
    writer: Writer,
    rows: dict[str, Row[Any]],
    found: Sequence[Entry],
    order: dict[str, int],
) -> tuple[Replaced, set[str]]:
    """Collect what differs; also returns the ids of all entries that are published again for it."""
    written: set[str] = set()
    new = changed = proposed = 0
    for entry in found:
        row = rows.get(entry.id)
        if row is None:
            made = replace(entry, state=State.MACHINE)
            writer.add(NewVersion(made), place=order[made.source.page_id])
            new += 1
        elif row.state == State.MACHINE:
            if not _understood_again(writer, row, entry):
                continue
            changed += 1
        else:
            standing, proposal = _beside_checked(row, entry)
            if proposal != row.proposed:
                _propose(connection, row.id, proposal)
                proposed += proposal is not None
            if codec.dumps(standing) == row.content:
                continue
            writer.move(row, standing)
            changed += 1
        written.add(entry.id)
    retired = _retire(writer, rows, rows.keys() - {entry.id for entry in found})
    return Replaced(new, changed, len(retired), proposed), written | retired


def _understood_again(writer: Writer, row: Row[Any], found: Entry) -> bool:
    """An entry that nobody has checked becomes what was found; whether it differs from what stands.

    One that follows a person's correction stays that person's change while nothing but its place differs.
    """
    made = replace(found, state=State.MACHINE)
    content = codec.dumps(made)
    if not row.retired and row.content == content:
        return False
    by_person = row.who != MACHINE and not row.retired
    if by_person and codec.dumps(placed_as(codec.loads(Entry, row.content), made)) == content:
        writer.move(row, made)
    else:
        writer.change(row, NewVersion(made))
    return True


def _retire(writer: Writer, rows: dict[str, Row[Any]], vanished: Iterable[str]) -> set[str]:
    """Rows that are not there any more, unless a person has checked them; returns their ids."""
    retired: set[str] = set()
    for row in (rows[entry_id] for entry_id in sorted(vanished)):
        if not row.retired and row.state == State.MACHINE:
            writer.change(row, NewVersion(codec.loads(Entry, row.content), retired=True))
            retired.add(row.id)
    return retired


def _beside_checked(row: Row[Any], found: Entry) -> tuple[Entry, str | None]:
    """An entry that a person has checked: it moves with its row; a reading of its own is only proposed."""
    standing = codec.loads(Entry, row.content)
    moved = placed_as(standing, found)
    known = [said(standing)]
    if row.machine is not None:
        known.append(said(codec.loads(Entry, row.machine)))
    if said(found) in known:
        return moved, None
    return moved, codec.dumps(replace(found, state=State.MACHINE))


def placed_as(entry: Entry, other: Entry) -> Entry:
    """An entry at the place where another reading of the same row stands."""
    return replace(entry, source=other.source, section_id=other.section_id, twin_of=other.twin_of)


def said(entry: Entry) -> tuple[object, ...]:
    """What an entry says of its people and its act: two that agree in it say the same."""
    spouse = entry.spouse
    return (
        entry.kind,
        (entry.person.surname, entry.person.given_names),
        (spouse.surname, spouse.given_names) if spouse else ("", ""),
        (entry.date.iso, entry.date.earliest, entry.date.latest),
        (entry.act_number, entry.act_year),
        entry.remarks,
    )


def _propose(connection: Connection, entry_id: str, proposal: str | None) -> None:
    connection.execute(update(entries).where(entries.c.id == entry_id).values(proposed=proposal))


def _places(found: Sequence[Entry], places: Iterable[PagePlace]) -> dict[str, PagePlace]:
    """Where each page stands: as given, else as its entries say."""
    by_page: dict[str, PagePlace] = {}
    for entry in found:
        page_id = entry.source.page_id
        by_page.setdefault(page_id, PagePlace(page_id, entry.source.view, entry.section_id))
    return by_page | {place.page_id: place for place in places}


@dataclass(frozen=True, slots=True)
class _PageSide:
    """Where a page side lies; `key` is None for one that is in no reading any more."""

    scan_id: str
    image: str
    side: Side
    key: int | None = None
    view: int | None = None
    section_id: str = ""


def _page_sides(
    connection: Connection, register_id: str, rows: Iterable[Row[Any]], found: Sequence[Entry]
) -> dict[str, _PageSide]:
    """All page sides that the register has or that its entries name, by page id."""
    sides: dict[str, _PageSide] = {}
    for page in connection.execute(page_query().where(scans.c.register_id == register_id)):
        scan, known = codec.loads(Scan, page.scan), codec.loads(Page, page.page)
        sides[known.id] = _PageSide(
            scan.id, scan.image, known.side, page.page_key, page.view, page.section_id
        )
    for entry in found:
        source = entry.source
        sides.setdefault(source.page_id, _PageSide(source.scan_id, source.image, source.side))
    for row in rows:
        if row.page_id not in sides:
            source = codec.loads(Entry, row.content).source
            sides[row.page_id] = _PageSide(source.scan_id, source.image, source.side)
    return sides


def _place_pages(connection: Connection, sides: dict[str, _PageSide], by_page: dict[str, PagePlace]) -> None:
    moved = []
    for page_id, side in sides.items():
        place = by_page.get(page_id, PagePlace(page_id))
        if side.key is not None and (side.view, side.section_id) != (place.view, place.section_id):
            moved.append({"page": side.key, "view": place.view, "section_id": place.section_id})
    if moved:
        connection.execute(update(pages).where(pages.c.key == bindparam("page")), moved)


def _page_order(sides: dict[str, _PageSide], by_page: dict[str, PagePlace]) -> dict[str, int]:
    """The rank of each page side in its register, by page id."""
    views = first_views(
        (sides[key].scan_id, by_page[key].view) for key in sorted(sides.keys() & by_page.keys())
    )
    rank = ranks({side.scan_id: side.image for side in sides.values()}, views)
    return {key: rank[side.scan_id] * _SIDES + SIDE_RANK[side.side] for key, side in sides.items()}


def _place_entries(connection: Connection, register_id: str, order: dict[str, int]) -> None:
    """Pages that came in between move the others; that is no new version of anything."""
    query = select(entries.c.id, entries.c.page_id, entries.c.place)
    found = connection.execute(query.where(entries.c.register_id == register_id, ~entries.c.retired))
    moved = [{"entry": row.id, "now": order[row.page_id]} for row in found if row.place != order[row.page_id]]
    if moved:
        connection.execute(
            update(entries).where(entries.c.id == bindparam("entry")).values(place=bindparam("now")), moved
        )


def _replace_sections(connection: Connection, register_id: str, found: Sequence[Section]) -> set[str]:
    """Write the sections if they differ; returns the ids of those that say something new."""
    query = select(sections.c.id, sections.c.content).where(sections.c.register_id == register_id)
    before = [(row.id, row.content) for row in connection.execute(query.order_by(sections.c.rank))]
    after = [(section.id, codec.dumps(section)) for section in found]
    if before == after:
        return set()
    connection.execute(delete(sections).where(sections.c.register_id == register_id))
    if after:
        connection.execute(
            insert(sections),
            [
                {"register_id": register_id, "id": section_id, "rank": rank, "content": content}
                for rank, (section_id, content) in enumerate(after)
            ],
        )
    return {section_id for section_id, _ in set(after) - set(before)}


def _announce(connection: Connection, register_id: str, section_ids: set[str], written: set[str]) -> None:
    """Entries of a section that says something new are published again, though they are as before."""
    if not section_ids:
        return
    query = select(entries.c.id, entries.c.section_id).order_by(entries.c.place, entries.c.row)
    found = connection.execute(query.where(entries.c.register_id == register_id, ~entries.c.retired))
    ids = [row.id for row in found if row.section_id in section_ids and row.id not in written]
    if ids:
        numbers = values.take(connection, len(ids))
        connection.execute(
            update(entries).where(entries.c.id == bindparam("entry")).values(sequence=bindparam("number")),
            [{"entry": key, "number": number} for key, number in zip(ids, numbers, strict=True)],
        )
