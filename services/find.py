"""Finding people: the engine's hits with their entries, and what was searched."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.parse import parse_query
from registers.entry import Entry, Kind
from registers.query import Coverage, EngineResult, Facets, Hit, Paging, SearchQuery
from registers.register import Section
from services.coverage import coverage_of, with_unread_pages
from services.desk import Desk
from services.neighbours import Standing, standings_of
from store.kept import StoredEntry


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One result: the entry as the catalogue keeps it, its section, and the head of its ditto chain."""

    stored: StoredEntry
    hit: Hit
    section: Section | None
    head: Entry | None = None

    @property
    def entry(self) -> Entry:
        return self.stored.entry


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search; `standings` say where the name would stand, when nothing was found."""

    query: SearchQuery
    total: int
    results: tuple[FoundEntry, ...]
    facets: Facets
    coverage: Coverage
    standings: tuple[Standing, ...] = ()


def read_query(
    text: str,
    *,
    surname: str = "",
    given_names: str = "",
    spouse_surname: str = "",
    year_from: int | None = None,
    year_to: int | None = None,
    kind: Kind | None = None,
    place: str = "",
) -> SearchQuery:
    """What the one box says, with the fields beside it; raises QueryError naming the part."""
    return parse_query(
        text,
        surname=surname,
        given_names=given_names,
        spouse_surname=spouse_surname,
        year_from=year_from,
        year_to=year_to,
        kind=kind,
        place=place,
    )


def find(desk: Desk, query: SearchQuery, paging: Paging | None = None) -> Found:
    """Search; raises QueryError for a query that cannot be searched, SearchUnavailableError.

    An entry that vanished from the catalogue or was retired since it was indexed is left out of the results.
    """
    answer: EngineResult = desk.engine.search(query, paging or Paging())
    stored = desk.catalogue.entries.get_many([hit.entry_id for hit in answer.hits])
    heads = desk.catalogue.entries.get_many(
        [found.entry.ditto.head for found in stored.values() if found.entry.ditto is not None]
    )
    registers = {found.entry.source.register_id for found in stored.values()}
    sections = desk.overview.holdings().sections_of(registers)
    results = []
    for hit in answer.hits:
        found = stored.get(hit.entry_id)
        if found is None or found.retired:
            continue
        entry = found.entry
        head = heads.get(entry.ditto.head) if entry.ditto is not None else None
        section = sections.get((entry.source.register_id, entry.section_id))
        results.append(FoundEntry(found, hit, section, head.entry if head else None))
    coverage = coverage_of(desk, query)
    if answer.total:
        return Found(query, answer.total, tuple(results), answer.facets, coverage)
    coverage = with_unread_pages(desk, coverage)
    return Found(query, 0, (), answer.facets, coverage, standings_of(desk, query, coverage))
