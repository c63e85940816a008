"""Sections of a register: what register.toml, banners, titles and the folder's name say, merged.

Precedence, field by field: register.toml, then banners, then titles, then the folder's name. A title
that is narrower than what is stronger (one of its kinds, a year of its period) refines it: that is
how a volume that binds several tables falls into sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ner.headings.banners import merge_banners
from ner.headings.descriptions import Layers, folder_description, merged
from ner.headings.parse import Heading, describe
from ner.headings.titles import title_of_row
from ner.headings.words import kinds_of_header
from ner.notes import Note
from registers.document import Page, Row, Scan, ScanReading, Side, Table
from registers.entry import Kind
from registers.register import Description, Register, Section, SectionSettings

_NOTHING = Description()
_SIDE_ORDER = {Side.LEFT: 0, Side.SINGLE: 0, Side.RIGHT: 1}


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page belongs: the section that it begins in, and its view where a banner states it."""

    scan: Scan
    page: Page
    section_id: str
    view: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table that belong to one section; `columns` are what a person says they hold."""

    scan: Scan
    page: Page
    table: Table
    rows: tuple[Row, ...]
    section_id: str
    view: int | None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """The sections of a register with the pages and the rows of each, in the order of the volume.

    `totals` are what closing certificates state: section id, number of acts.
    """

    sections: tuple[Section, ...]
    pages: tuple[PagePlace, ...]
    parts: tuple[Part, ...]
    totals: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()


def sections_of(register: Register, readings: Sequence[ScanReading]) -> SectionPlan:
    """The plan of a register: which page and which row belongs to which section."""
    ordered = in_volume_order(readings)
    headings = [describe(reading.banner) for reading in ordered]
    banners = merge_banners(headings)
    planner = _Planner(register, folder_description(register))
    for index, reading in enumerate(ordered):
        planner.turn_to(
            view=headings[index].view,
            position=_position(headings, index),
            banner=banners.descriptions[index],
            conflicts=banners.conflicts[index],
        )
        planner.walk(reading)
    return planner.plan()


def in_volume_order(readings: Sequence[ScanReading]) -> tuple[ScanReading, ...]:
    """Scans by view where banners state it, else by natural file name; a scan without a view stays
    behind the one that its name follows."""
    natural = sorted(readings, key=lambda reading: (natural_key(reading.scan.path), reading.scan.page_index))
    keys: list[tuple[int, int]] = []
    last = 0
    for rank, reading in enumerate(natural):
        view = describe(reading.banner).view
        last = last if view is None else view
        keys.append((last, rank))
    return tuple(natural[rank] for _, rank in sorted(keys))


def natural_key(path: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts "p2" before "p10"."""
    parts = re.split(r"(\d+)", path.casefold())
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def _position(headings: Sequence[Heading], index: int) -> int:
    """The view, or the best guess of it: counted on from the last known one, or from the start."""
    for back in range(index, -1, -1):
        view = headings[back].view
        if view is not None:
            return view + index - back
    return index + 1


@dataclass(slots=True)
class _Planner:
    """Walks through the volume and remembers the last title."""

    register: Register
    folder: Description
    banner: Description = _NOTHING
    title: Description = _NOTHING
    view: int | None = None
    settings: tuple[int, SectionSettings] | None = None
    conflicts: tuple[str, ...] = ()
    sections: dict[tuple[int, Description], Section] = field(default_factory=dict)
    pages: list[PagePlace] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def turn_to(
        self, *, view: int | None, position: int, banner: Description, conflicts: tuple[str, ...]
    ) -> None:
        before = self.settings
        self.view, self.banner, self.conflicts = view, banner, conflicts
        self.settings = self.register.settings.section_at(position)
        if self.settings != before:
            self.title = Description()

    def walk(self, reading: ScanReading) -> None:
        for page_reading in sorted(reading.pages, key=lambda item: _SIDE_ORDER[item.page.side]):
            page = page_reading.page
            heading = describe(page.titles)
            self._entitle(heading.description)
            for table in page_reading.tables[:1]:
                self._entitle(_title_of(table))
            section = self._section(page_reading.tables)
            self.pages.append(PagePlace(reading.scan, page, section.id, self.view))
            self._conflicts_to(section, page)
            if heading.total is not None:
                self.totals[section.id] = heading.total
            for table in page_reading.tables:
                self._entitle(_title_of(table))
                self._cut(reading.scan, page, table)

    def plan(self) -> SectionPlan:
        if not self.sections:
            self._section(())
        kept, place = _joined(list(self.sections.items()))
        pages = tuple(replace(page, section_id=place[page.section_id]) for page in self.pages)
        return SectionPlan(
            sections=tuple(_with_views(section, pages) for section in kept),
            pages=pages,
            parts=tuple(replace(part, section_id=place[part.section_id]) for part in self.parts),
            totals=tuple((place[section_id], total) for section_id, total in self.totals.items()),
            notes=tuple(replace(note, section_id=place[note.section_id]) for note in self.notes),
        )

    def _entitle(self, title: Description) -> None:
        if title.kinds or title.period or title.commune:
            self.title = title.over(self.title)

    def _section(self, tables: Sequence[Table]) -> Section:
        stated = self.settings[1].description if self.settings else Description()
        layers = Layers(
            stated=stated.over(self.register.settings.description),
            banner=self.banner,
            title=self.title,
            folder=self.folder,
        )
        description, conflicts = merged(layers)
        if not description.kinds:
            description = replace(description, kinds=_kinds_of_headers(tables))
        key = (self.settings[0] if self.settings else -1, replace(description, permalink=None))
        if key not in self.sections:
            number = len(self.sections) + 1
            self.sections[key] = Section(
                f"{self.register.id}:s{number:02d}", self.register.id, description, conflicts=conflicts
            )
        return self.sections[key]

    def _conflicts_to(self, section: Section, page: Page) -> None:
        self.notes.extend(
            Note("banner_conflict", conflict, section_id=section.id, page_id=page.id)
            for conflict in self.conflicts
        )

    def _cut(self, scan: Scan, page: Page, table: Table) -> None:
        for title, rows in _runs(table):
            if title is not None:
                self._entitle(title)
            section = self._section((table,))
            columns = self.settings[1].columns if self.settings else ()
            self.parts.append(
                Part(
                    scan=scan,
                    page=page,
                    table=table,
                    rows=rows,
                    section_id=section.id,
                    view=self.view,
                    columns=columns or self.register.settings.columns,
                )
            )


def _joined(
    sections: Sequence[tuple[tuple[int, Description], Section]],
) -> tuple[list[Section], dict[str, str]]:
    """Sections without those that say nothing but what the one before or after says in full.

    The cover and the pages above the first title are no section of their own.
    """
    place = {section.id: section.id for _, section in sections}
    kept: list[Section] = []
    for index, (key, section) in enumerate(sections):
        around = [sections[near] for near in (index + 1, index - 1) if 0 <= near < len(sections)]
        fuller = [
            other for other_key, other in around if other_key[0] == key[0] and _says_all(other, section)
        ]
        if fuller:
            place[section.id] = fuller[0].id
        else:
            kept.append(section)
    return kept, {section_id: _followed(place, section_id) for section_id in place}


def _followed(place: Mapping[str, str], section_id: str) -> str:
    while place[section_id] != section_id:
        section_id = place[section_id]
    return section_id


def _says_all(section: Section, other: Section) -> bool:
    """Whether a section says all that another says, and more."""
    full, partial = section.description, other.description
    return partial != full and partial.over(full) == full


def _title_of(table: Table) -> Description:
    return describe(table.title.splitlines()).description


def _kinds_of_headers(tables: Sequence[Table]) -> tuple[Kind, ...]:
    kinds = [kind for table in tables for column in table.columns for kind in kinds_of_header(column.header)]
    return tuple(dict.fromkeys(kinds))[:1]


def _runs(table: Table) -> Iterator[tuple[Description | None, tuple[Row, ...]]]:
    """The rows between title lines, each run with the title above it; title lines are no rows."""
    title: Description | None = None
    rows: list[Row] = []
    for row in table.rows:
        found = title_of_row(table, row)
        if found is None:
            rows.append(row)
            continue
        if rows:
            yield title, tuple(rows)
        title, rows = found, []
    if rows or title is not None:
        yield title, tuple(rows)


def _with_views(section: Section, pages: Sequence[PagePlace]) -> Section:
    views = [place.view for place in pages if place.section_id == section.id and place.view is not None]
    if not views:
        return section
    return replace(section, first_view=min(views), last_view=max(views))
