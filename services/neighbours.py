"""Where a name that was not found would stand: between which two rows, and what is doubtful there.

Only sections that keep an alphabetical order can say so. A few misread rows do not matter: the place is
the one that most rows agree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ner.order.keys import sort_key
from ner.order.regime import Order, Regime, Row, blocks_of, detect, level_key
from registers.document import PageOutcome
from registers.entry import Flag
from registers.query import Coverage, SearchQuery
from services.desk import Desk
from services.overview import UNREAD
from store.kept import ListedName, StoredPage

MOST_REGISTERS = 8
_MOST_PLACES = 12
_DOUBT = frozenset({Flag.LOW_CONFIDENCE, Flag.UNREAD_CELL, Flag.ORDER_BREAK, Flag.DITTO_WITHOUT_HEAD})
_ORDERED = frozenset({Regime.STRICT, Regime.FIRST_LETTER})


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page of the interval, with how many of its rows a person should look at; all when it is unread."""

    page: StoredPage
    rows: int
    unread: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of a name in one alphabet of a register: after `before`, ahead of `after`.

    Either is None at an end of the alphabet. `by_letter`: rows stand by their first letter only, so the
    name may be anywhere between the two. `year` is set where each year has an alphabet of its own.
    """

    register_id: str
    section_id: str
    label: str
    before: ListedName | None
    after: ListedName | None
    by_letter: bool = False
    year: int | None = None
    doubtful: tuple[DoubtfulPage, ...] = ()


def standings_of(desk: Desk, query: SearchQuery, coverage: Coverage) -> tuple[Standing, ...]:
    """Where the surname of the query would stand in the first registers that were read and concern it."""
    if not query.surname or {"*", "?"} & set(query.surname):
        return ()
    read = [register for register in coverage.registers if register.register_id and register.pages_read]
    found: list[Standing] = []
    for register in read[:MOST_REGISTERS]:
        sections = _sections(desk, register.register_id, query)
        names = desk.catalogue.entries.listed_names(register.register_id)
        alphabets = [
            (section_id, standing)
            for section_id, rows in groupby(
                (name for name in names if sections is None or name.section_id in sections),
                key=lambda name: name.section_id,
            )
            for standing in _in_section(tuple(rows), query)
        ]
        if not alphabets:
            continue
        pages = desk.catalogue.pages.pages_of(register.register_id)
        found += [
            Standing(
                register.register_id,
                section_id,
                register.label,
                at.before,
                at.after,
                at.by_letter,
                at.year,
                _doubtful_pages(at, section_id, pages, names),
            )
            for section_id, at in alphabets
        ]
    return tuple(found[:_MOST_PLACES])


@dataclass(frozen=True, slots=True)
class _At:
    before: ListedName | None
    after: ListedName | None
    by_letter: bool
    year: int | None


def _sections(desk: Desk, register_id: str, query: SearchQuery) -> frozenset[str] | None:
    """The sections of the kind that is sought; None where any will do."""
    kind = query.filters.kind
    if kind is None:
        return None
    return frozenset(
        section.id
        for section in desk.catalogue.registers.sections(register_id)
        if not section.description.kinds or kind in section.description.kinds
    )


def _in_section(names: Sequence[ListedName], query: SearchQuery) -> Iterator[_At]:
    rows = [
        Row(index, name.surname, name.given_names, None, name.year, None, name.own)
        for index, name in enumerate(names)
    ]
    order = detect(rows)
    if order.level not in _ORDERED:
        return
    for block in blocks_of(rows, order):
        year = block[0].year if order.regime is Regime.BY_YEAR else None
        if year is None or (query.year_from or 0) <= year <= (query.year_to or 9999):
            yield _in_block(names, block, order, query.surname, year)


def _in_block(
    names: Sequence[ListedName], block: Sequence[Row], order: Order, surname: str, year: int | None
) -> _At:
    by_letter = order.level is Regime.FIRST_LETTER
    depth = 1 if by_letter else order.depth
    keys = [level_key(row.surname, order.level, order.collation)[:depth] for row in block]
    sought = sort_key(surname, order.collation)[:depth]
    first = split(keys, sought, after_equal=False) if by_letter or order.depth else None
    last = split(keys, sought, after_equal=True)
    start = last if first is None else first
    before = next((block[at] for at in range(start - 1, -1, -1) if keys[at] <= sought), None)
    after = next((block[at] for at in range(last, len(keys)) if keys[at] > sought), None)
    last_before = _last_of_name(names, before.index) if before else None
    return _At(last_before, names[after.index] if after else None, by_letter, year)


def _last_of_name(names: Sequence[ListedName], index: int) -> ListedName:
    """The last of the rows that took their surname from this one."""
    while index + 1 < len(names) and names[index + 1].surname and not names[index + 1].own:
        index += 1
    return names[index]


def split(keys: Sequence[str], sought: str, *, after_equal: bool) -> int:
    """How many of the keys stand before the place of `sought`: the cut that most keys agree with.

    Equal keys count as before the cut with `after_equal`, as behind it without; each counts for two, as it
    is seldom a misreading.
    """
    votes = [_vote(key, sought, after_equal=after_equal) for key in keys]
    agree = best = -sum(vote for vote in votes if vote < 0)
    place = 0
    for count, vote in enumerate(votes, 1):
        agree += vote
        if agree > best:
            best, place = agree, count
    return place


def _vote(key: str, sought: str, *, after_equal: bool) -> int:
    """Positive for a key that belongs before the cut."""
    if key == sought:
        return 2 if after_equal else -2
    return 1 if key < sought else -1


def _doubtful_pages(
    at: _At, section_id: str, pages: Sequence[StoredPage], names: Sequence[ListedName]
) -> tuple[DoubtfulPage, ...]:
    """Pages between the two rows, their own pages included, that were not read or hold doubtful rows.

    Of the register's pages and names those count that are of the section; a page that two sections share
    is known as the first one's, and is the other's by its names.
    """
    ranks = {stored.page.id: rank for rank, stored in enumerate(pages)}
    first = ranks.get(at.before.page_id, 0) if at.before else 0
    last = ranks.get(at.after.page_id, len(pages)) if at.after else len(pages)
    mine = [name for name in names if name.section_id == section_id]
    held = {name.page_id for name in mine}
    doubts = Counter(name.page_id for name in mine if _DOUBT.intersection(name.flags))
    return tuple(
        DoubtfulPage(stored, doubts[stored.page.id], _unread(stored))
        for stored in pages[first : last + 1]
        if stored.section_id in {"", section_id} or stored.page.id in held
        if _unread(stored) or stored.page.id in doubts
    )


def _unread(stored: StoredPage) -> bool:
    return stored.page.outcome in UNREAD or (stored.page.outcome is PageOutcome.READ and not stored.row_count)
