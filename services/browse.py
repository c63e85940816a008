"""Browsing without a search: registers, their pages, and what stands on a page."""

from __future__ import annotations

from dataclasses import dataclass

from registers.register import Section
from services.coverage import label_of
from services.desk import Desk
from store.kept import RegisterSummary, StoredEntry, StoredPage


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register with its pages in order."""

    summary: RegisterSummary
    pages: tuple[StoredPage, ...]
    label: str


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
    return desk.catalogue.registers.list()


def register_view(desk: Desk, register_id: str) -> RegisterView:
    """One register with its pages; raises NotFoundError."""
    summary = desk.catalogue.registers.summary(register_id)
    return RegisterView(summary, desk.catalogue.pages.pages_of(register_id), label_of(summary))


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
