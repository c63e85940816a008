"""Browsing without a search: registers, their letters and pages, and what stands on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ner.order.keys import sort_key
from registers.register import Section
from services.desk import Desk
from services.overview import label_of
from store.kept import ListedName, RegisterSummary, StoredEntry, StoredPage


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a section, with the page on which its names begin."""

    letter: str
    page_id: str
    rows: int


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register with its pages in order, and the letters of each of its sections, by section id."""

    summary: RegisterSummary
    pages: tuple[StoredPage, ...]
    label: str
    letters: tuple[tuple[str, tuple[Letter, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A page, what was understood of it, its section, and the pages before and after it."""

    page: StoredPage
    summary: RegisterSummary
    label: str
    section: Section | None
    entries: tuple[StoredEntry, ...]
    previous: StoredPage | None = None
    following: StoredPage | None = None
    position: int = 1
    pages: int = 1


def list_registers(desk: Desk) -> tuple[RegisterSummary, ...]:
    """All registers with their counts."""
    return desk.overview.holdings().summaries


def register_view(desk: Desk, register_id: str) -> RegisterView:
    """One register with its pages; raises NotFoundError."""
    summary = desk.catalogue.registers.summary(register_id)
    names = desk.catalogue.entries.listed_names(register_id)
    letters = tuple(
        (section_id, letters_of(tuple(rows)))
        for section_id, rows in groupby(names, key=lambda name: name.section_id)
    )
    return RegisterView(summary, desk.catalogue.pages.pages_of(register_id), label_of(summary), letters)


def letters_of(names: Sequence[ListedName]) -> tuple[Letter, ...]:
    """The initials of surnames, each with the first page where it stands for good.

    One row of a letter on a page where others stand is as likely a misreading: the page must hold two,
    unless the letter has no such page.
    """
    initials = [(sort_key(name.surname)[:1].upper(), name) for name in names if name.surname]
    on_page = Counter((letter, name.page_id) for letter, name in initials)
    rows = Counter(letter for letter, _ in initials)
    found: dict[str, Letter] = {}
    for least in (2, 1):
        for letter, name in initials:
            if letter and letter not in found and on_page[letter, name.page_id] >= least:
                found[letter] = Letter(letter, name.page_id, rows[letter])
    return tuple(found[letter] for letter in sorted(found))


def page_view(desk: Desk, register_id: str, page_id: str) -> PageView:
    """One page of a register; raises NotFoundError."""
    page = desk.catalogue.pages.page(page_id, register_id)
    summary = desk.catalogue.registers.summary(register_id)
    pages = desk.catalogue.pages.pages_of(register_id)
    place = next(index for index, other in enumerate(pages) if other.page.id == page_id)
    section_id = pages[place].section_id
    section = next((item for item in summary.sections if item.id == section_id), None)
    return PageView(
        page,
        summary,
        label_of(summary),
        section or (summary.sections[0] if len(summary.sections) == 1 else None),
        desk.catalogue.entries.of_page(page_id, register_id),
        previous=pages[place - 1] if place else None,
        following=pages[place + 1] if place + 1 < len(pages) else None,
        position=place + 1,
        pages=len(pages),
    )
