"""The reasoned part of an answer: which registers a search concerns, and how far each has been read."""

from __future__ import annotations

from registers.document import PageOutcome
from registers.entry import Flag
from registers.query import Coverage, RegisterCoverage, SearchQuery
from registers.register import Section
from services.desk import Desk
from store.kept import RegisterSummary

_UNREAD = (PageOutcome.HANDWRITING, PageOutcome.FAILED, PageOutcome.SKIPPED)
_DOUBTFUL = (Flag.LOW_CONFIDENCE, Flag.UNREAD_CELL, Flag.ORDER_BREAK)


def coverage_of(desk: Desk, query: SearchQuery) -> Coverage:
    """Every register whose place, kind and years the query could concern, with its pages read and unread."""
    concerned = [summary for summary in desk.catalogue.registers.list() if _concerns(summary, query)]
    return Coverage(
        registers=tuple(_of_register(desk, summary) for summary in concerned),
        year_from=query.year_from,
        year_to=query.year_to,
        spellings=desk.engine.spellings(query),
    )


def _concerns(summary: RegisterSummary, query: SearchQuery) -> bool:
    wanted = query.filters
    if wanted.register and summary.register.id != wanted.register:
        return False
    return not summary.sections or any(_section_concerns(section, query) for section in summary.sections)


def _section_concerns(section: Section, query: SearchQuery) -> bool:
    said = section.description
    if query.filters.kind and said.kinds and query.filters.kind not in said.kinds:
        return False
    if query.filters.place and said.commune and query.filters.place.casefold() not in said.commune.casefold():
        return False
    if said.period is None:
        return True
    too_early = query.year_to is not None and said.period.first.year > query.year_to
    too_late = query.year_from is not None and said.period.last.year < query.year_from
    return not too_early and not too_late


def _of_register(desk: Desk, summary: RegisterSummary) -> RegisterCoverage:
    total = sum(summary.pages.values()) + summary.failures
    unread = sum(summary.pages.get(outcome, 0) for outcome in _UNREAD) + summary.failures
    pages_unread = _pages_unread(desk, summary.register.id) if unread else ()
    read = summary.pages.get(PageOutcome.READ, 0)
    state = "read" if not unread else "partly_read" if read else "not_read"
    return RegisterCoverage(
        summary.register.id,
        state,
        pages=total,
        pages_read=read,
        pages_unread=pages_unread,
        rows_doubtful=sum(summary.flags.get(flag, 0) for flag in _DOUBTFUL),
        label=label_of(summary),
    )


def _pages_unread(desk: Desk, register_id: str) -> tuple[str, ...]:
    pages = desk.catalogue.pages.pages_of(register_id)
    return tuple(stored.page.id for stored in pages if stored.page.outcome in _UNREAD)


def label_of(summary: RegisterSummary) -> str:
    """Place and cote of a register in a few words, its id where nothing is known."""
    said = (section.description for section in summary.sections)
    words = {text: None for description in said for text in (description.commune, description.cote) if text}
    return " · ".join(words) or summary.register.id
