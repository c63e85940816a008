"""The context of "nothing found": where the name would stand, what was searched, what could not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from registers.query import Coverage, RegisterCoverage
from registers.register import Section
from search_ui.language import Language
from search_ui.sight import capitals_of, page_link, place_words, section_words
from services.find import Found
from services.neighbours import DoubtfulPage, Standing
from store.kept import ListedName

_MOST_SPELLINGS = 16
_MOST_REGISTERS = 60
_MOST_UNREAD = 40
_STATES = ("not_read", "partly_read", "not_digitized", "lost", "none_recorded", "read")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the name would stand in one alphabet, with the pages there that are unread or doubtful."""

    label: str
    how: str
    before: Link | None
    after: Link | None
    doubtful: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A register, or a line of the inventory: what it holds and how far it is read."""

    label: str
    link: str
    kinds: str
    years: str
    state: str
    trust: str
    pages: str


@dataclass(frozen=True, slots=True)
class Unread:
    """The unread pages of a register in which no alphabet says where the name would stand."""

    label: str
    link: str
    pages: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """The context of nothing.html."""

    caveats: tuple[str, ...]
    places: tuple[Place, ...]
    years: str
    spellings: str
    summary: str
    covered: tuple[Covered, ...]
    more_covered: str
    unread: tuple[Unread, ...]
    all_read: bool


def nothing_context(found: Found, sections: Mapping[tuple[str, str], Section], language: Language) -> Nothing:
    """What a search that found nothing says for itself; `sections` by register id and id."""
    coverage = found.coverage
    placed = {standing.register_id for standing in found.standings}
    listed = sorted(coverage.registers, key=lambda register: _STATES.index(register.state))
    more = len(listed) - _MOST_REGISTERS
    return Nothing(
        caveats=tuple(language.word(f"nothing.{caveat}") for caveat in coverage.caveats),
        places=tuple(
            _place(standing, sections.get((standing.register_id, standing.section_id)), language)
            for standing in found.standings
        ),
        years=_years(coverage, language),
        spellings=", ".join(name.title() for name in coverage.spellings[:_MOST_SPELLINGS]),
        summary=_summary(listed, language) if len(listed) > 1 else "",
        covered=tuple(_covered(register, language) for register in listed[:_MOST_REGISTERS]),
        more_covered=language.count("nothing.more_registers", more) if more > 0 else "",
        unread=tuple(
            _unread(register)
            for register in listed
            if register.pages_unread and register.register_id not in placed
        ),
        all_read=bool(listed) and all(register.state == "read" for register in listed),
    )


def _place(standing: Standing, section: Section | None, language: Language) -> Place:
    key = "by_letter" if standing.by_letter else "between"
    how = language.word(f"nothing.{key}")
    if standing.year is not None:
        how = language.word("nothing.in_year", year=standing.year, how=how)
    return Place(
        section_words(section, language) or standing.label,
        how,
        _neighbour(standing, standing.before, language),
        _neighbour(standing, standing.after, language),
        tuple(_doubtful(standing, page, language) for page in standing.doubtful[:_MOST_UNREAD]),
    )


def _neighbour(standing: Standing, name: ListedName | None, language: Language) -> Link | None:
    if name is None:
        return None
    text = f"{capitals_of(name.surname, name.given_names)}, {language.word('place.row', row=name.row)}"
    return Link(text, page_link(standing.register_id, name.page_id, name.row))


def _doubtful(standing: Standing, doubtful: DoubtfulPage, language: Language) -> Link:
    stored = doubtful.page
    where = place_words(stored.view, stored.scan.image, stored.side.value, None, language)
    said = (
        language.word("nothing.page_unread")
        if doubtful.unread
        else language.count("register.doubtful", doubtful.rows)
    )
    return Link(f"{where} : {said}", page_link(standing.register_id, stored.page.id))


def _covered(register: RegisterCoverage, language: Language) -> Covered:
    said = []
    if register.register_id:
        said.append(language.count("register.pages_read", register.pages_read))
        if register.unread:
            said.append(language.count("results.unread", register.unread))
    return Covered(
        register.label,
        f"/registre/{quote(register.register_id)}" if register.register_id else "",
        ", ".join(language.word(f"kind.{kind.value}") for kind in register.kinds),
        years_words(register.first_year, register.last_year),
        language.word(f"nothing.{register.state}"),
        {"read": "sure", "partly_read": "check"}.get(register.state, "doubtful"),
        ", ".join(said),
    )


def _unread(register: RegisterCoverage) -> Unread:
    shown = register.pages_unread[:_MOST_UNREAD]
    return Unread(
        register.label,
        f"/registre/{quote(register.register_id)}",
        tuple(
            Link(str(number), page_link(register.register_id, page_id))
            for number, page_id in enumerate(shown, 1)
        ),
        len(register.pages_unread) - len(shown),
    )


def _summary(registers: list[RegisterCoverage], language: Language) -> str:
    """ "12 registres : 9 lus, 2 lus en partie, 1 lacune" """
    states = Counter(register.state for register in registers)
    said = [
        f"{language.number(states[state])} {language.word(f'nothing.{state}')}"
        for state in _STATES
        if states[state]
    ]
    return ", ".join(said)


def years_words(first: int | None, last: int | None) -> str:
    """ "1883-1892", "1912", or nothing."""
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}-{last}"


def _years(coverage: Coverage, language: Language) -> str:
    first, last = coverage.year_from, coverage.year_to
    if first is None and last is None:
        return language.word("nothing.all_years")
    if first == last:
        return language.word("nothing.year", year=first)
    return language.word("nothing.years", first=first or "…", last=last or "…")
