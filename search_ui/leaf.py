"""The contexts of the pages that browse: all registers, one register, one leaf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from registers.document import PageOutcome
from search_ui.language import Language
from search_ui.sight import Seen, page_link, place_words, section_words, seen_entry
from services.browse import PageView, RegisterView
from services.coverage import label_of
from store.kept import RegisterSummary, StoredPage


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register in the list."""

    label: str
    link: str
    kinds: str
    period: str
    cote: str
    pages: str
    rows: str
    reading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in its register's list."""

    text: str
    link: str
    outcome: str
    unread: bool
    rows: str


@dataclass(frozen=True, slots=True)
class RegisterContext:
    label: str
    sections: tuple[str, ...]
    pages: tuple[PageLine, ...]
    failed: str


@dataclass(frozen=True, slots=True)
class LeafContext:
    """One page: image, rows with their outlines in pixels of the scan, neighbours."""

    label: str
    section: str
    place: str
    position: str
    register_link: str
    previous: str
    following: str
    image: str
    width: int
    height: int
    view_box: str
    rows: tuple[Seen, ...]
    lit: Seen | None
    unread: str
    titles: tuple[str, ...]


def register_lines(summaries: Iterable[RegisterSummary], language: Language) -> tuple[RegisterLine, ...]:
    """All registers, as the list shows them."""
    return tuple(_register_line(summary, language) for summary in summaries)


def register_context(view: RegisterView, language: Language) -> RegisterContext:
    """One register with its pages."""
    failures = view.summary.failures
    return RegisterContext(
        view.label,
        tuple(section_words(section, language) for section in view.summary.sections),
        tuple(_page_line(page, language) for page in view.pages),
        language.count("registers.failed", failures) if failures else "",
    )


def leaf_context(view: PageView, row: int | None, language: Language) -> LeafContext:
    """One page with its rows; `row` (from 1) is lit."""
    stored = view.page
    rows = tuple(seen_entry(entry, view.section, language) for entry in view.entries)
    bounds = stored.page.quad.bounds
    image = urlencode({"registre": stored.register_id})
    return LeafContext(
        label=view.label,
        section=section_words(view.section, language),
        place=_place(stored, language),
        position=language.word("page.position", position=view.position, pages=view.pages),
        register_link=_register_link(stored.register_id),
        previous=_neighbour(view.previous),
        following=_neighbour(view.following),
        image=f"/image/page/{quote(stored.page.id)}?{image}",
        width=stored.scan.width,
        height=stored.scan.height,
        view_box=f"{bounds.x} {bounds.y} {bounds.width} {bounds.height}",
        rows=rows,
        lit=next((seen for seen in rows if seen.row == row), None),
        unread=_unread(stored, language),
        titles=stored.page.titles,
    )


def _register_line(summary: RegisterSummary, language: Language) -> RegisterLine:
    said = [section.description for section in summary.sections]
    kinds = dict.fromkeys(kind for description in said for kind in description.kinds)
    periods = [description.period for description in said if description.period]
    years = ""
    if periods:
        first, last = min(p.first.year for p in periods), max(p.last.year for p in periods)
        years = str(first) if first == last else f"{first}-{last}"
    pages = sum(summary.pages.values())
    return RegisterLine(
        label=label_of(summary),
        link=_register_link(summary.register.id),
        kinds=", ".join(language.word(f"kind.{kind.value}") for kind in kinds),
        period=years,
        cote=next((description.cote for description in said if description.cote), ""),
        pages=language.number(pages),
        rows=language.number(summary.entries),
        reading=_reading(summary, language),
    )


def _reading(summary: RegisterSummary, language: Language) -> tuple[str, ...]:
    said = []
    unread = summary.pages.get(PageOutcome.HANDWRITING, 0)
    if unread:
        said.append(language.count("results.unread", unread))
    if summary.failures:
        said.append(language.count("registers.failed", summary.failures))
    return tuple(said)


def _page_line(stored: StoredPage, language: Language) -> PageLine:
    outcome = stored.page.outcome
    text = language.word(f"outcome.{outcome.value}")
    if outcome is PageOutcome.NO_TABLE:
        text = language.word(f"class.{stored.page.page_class.value}")
    return PageLine(
        _place(stored, language),
        page_link(stored.register_id, stored.page.id),
        text,
        outcome in (PageOutcome.HANDWRITING, PageOutcome.FAILED, PageOutcome.SKIPPED),
        language.count("register.rows", stored.row_count) if stored.row_count else "",
    )


def _unread(stored: StoredPage, language: Language) -> str:
    if stored.page.outcome is PageOutcome.HANDWRITING:
        return language.word("page.unread")
    return "" if stored.row_count else language.word("page.no_rows")


def _place(stored: StoredPage, language: Language) -> str:
    return place_words(stored.view, stored.scan.image, stored.side.value, None, language)


def _neighbour(stored: StoredPage | None) -> str:
    return page_link(stored.register_id, stored.page.id) if stored else ""


def _register_link(register_id: str) -> str:
    return f"/registre/{quote(register_id)}"
