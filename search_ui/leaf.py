"""The contexts of the pages that browse: one register, one leaf."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from registers.document import PageOutcome
from registers.geometry import Box
from search_ui.language import Language
from search_ui.sight import Seen, page_link, place_words, section_words, seen_entry
from services.browse import Letter, PageView, RegisterView
from services.overview import unread_of
from services.strip import page_box
from store.kept import RegisterSummary, StoredPage


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in its register's list."""

    text: str
    link: str
    outcome: str
    unread: bool
    rows: str


@dataclass(frozen=True, slots=True)
class LetterLink:
    letter: str
    link: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section of a register, with its letters."""

    text: str
    letters: tuple[LetterLink, ...]


@dataclass(frozen=True, slots=True)
class RegisterContext:
    """One register; `reading` says how far it is read, `doubts` what is unread or to check."""

    label: str
    reading: str
    doubts: tuple[str, ...]
    sections: tuple[SectionLine, ...]
    pages: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class LeafContext:
    """One page: image, rows with their outlines in pixels of the scan, neighbours."""

    label: str
    section: str
    place: str
    source: str
    position: str
    register_link: str
    previous: str
    following: str
    image: str
    whole_image: str
    box: Box
    width: int
    height: int
    rows: tuple[Seen, ...]
    lit: Seen | None
    unread: str
    titles: tuple[str, ...]


def register_context(view: RegisterView, language: Language) -> RegisterContext:
    """One register with its pages."""
    known = {section.id: section_words(section, language) for section in view.summary.sections}
    letters = dict(view.letters)
    return RegisterContext(
        view.label,
        language.count("register.pages_read", view.summary.pages.get(PageOutcome.READ, 0)),
        doubts(view.summary, language),
        tuple(
            SectionLine(
                known.get(section_id, ""),
                tuple(
                    _letter(view.summary.register.id, letter, language)
                    for letter in letters.get(section_id, ())
                ),
            )
            for section_id in dict.fromkeys((*known, *letters))
        ),
        tuple(_page_line(page, language) for page in view.pages),
    )


def doubts(summary: RegisterSummary, language: Language) -> tuple[str, ...]:
    """What of a register was not read, and what a person should look at."""
    counts = (
        ("results.unread", unread_of(summary) - summary.failures),
        ("registers.failed", summary.failures),
        ("register.doubtful", summary.doubtful),
    )
    return tuple(language.count(key, number) for key, number in counts if number)


def leaf_context(view: PageView, row: int | None, language: Language) -> LeafContext:
    """One page with its rows; `row` (from 1) is lit."""
    stored = view.page
    rows = tuple(seen_entry(entry, view.section, language) for entry in view.entries)
    image = urlencode({"registre": stored.register_id})
    return LeafContext(
        label=view.label,
        section=section_words(view.section, language),
        place=_place(stored, language),
        source=", ".join((section_words(view.section, language) or view.label, _place(stored, language))),
        position=language.word("page.position", position=view.position, pages=view.pages),
        register_link=register_link(stored.register_id),
        previous=_neighbour(view.previous),
        following=_neighbour(view.following),
        image=f"/image/vue/{quote(stored.page.id)}?{image}",
        whole_image=f"/image/page/{quote(stored.page.id)}?{image}",
        box=page_box(stored.page, stored.scan),
        width=stored.scan.width,
        height=stored.scan.height,
        rows=rows,
        lit=next((seen for seen in rows if seen.row == row), None),
        unread=_unread(stored, language),
        titles=stored.page.titles,
    )


def _letter(register_id: str, letter: Letter, language: Language) -> LetterLink:
    rows = language.count("register.rows", letter.rows)
    return LetterLink(
        letter.letter,
        page_link(register_id, letter.page_id),
        language.word("register.letter_title", letter=letter.letter, rows=rows),
    )


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


def register_link(register_id: str) -> str:
    """The address of a register's pages."""
    return f"/registre/{quote(register_id)}"
