"""From the catalogue to the index: what has changed since last time, or a new generation of everything.

The catalogue is the record and the index is derived: whatever happens here can be done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from indexer import SearchEngine, open_engine
from registers.errors import NotFoundError, SearchUnavailableError
from registers.query import IndexedEntry
from registers.register import Section
from services.batch import Bench
from store.catalogue import Catalogue
from store.kept import StoredEntry

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did; `generation` is set when it built a new one."""

    put: int = 0
    deleted: int = 0
    generation: str = ""


def publish_pending(bench: Bench) -> Published | None:
    """Publish what has changed; None, and a note in the report, while the search engine is away."""
    engine = open_engine(bench.settings.search, bench.workspace.index)
    try:
        with bench.publishing:
            return publish_changes(bench.catalogue, engine)
    except SearchUnavailableError as error:
        for plan in bench.plans[:1]:
            bench.note(plan.register.id, f"not searchable yet: {error.message}; the next run publishes it")
        return None
    finally:
        engine.close()


def publish_changes(catalogue: Catalogue, engine: SearchEngine) -> Published:
    """Bring the live generation up to the catalogue's latest change; builds one where there is none.

    The number of the last change that the index has seen is kept in the catalogue beside the name of
    the generation, so that an interrupted publication goes on from there. Raises SearchUnavailableError.
    """
    live = engine.live()
    state = _State(catalogue, engine)
    if not live or state.generation != live:
        return rebuild(catalogue, engine)
    sections = _Sections(catalogue)
    put, gone, count, deleted = [], [], 0, 0
    for change in catalogue.entries.changed_since(state.sequence):
        if change.stored is None:
            gone.append(change.entry_id)
        else:
            put.append(indexed(change.stored, sections.of(change.stored)))
        if len(put) + len(gone) >= BATCH:
            count, deleted = count + len(put), deleted + len(gone)
            _apply(engine, put, gone)
            state.keep(live, change.sequence)
            put, gone = [], []
        last = change.sequence
    if put or gone:
        _apply(engine, put, gone)
        state.keep(live, last)
    return Published(count + len(put), deleted + len(gone))


def rebuild(catalogue: Catalogue, engine: SearchEngine) -> Published:
    """Build a new generation of everything and switch to it at once; readers never see half an index."""
    sequence = catalogue.entries.sequence()
    sections = _Sections(catalogue)
    generation = engine.build(indexed(stored, sections.of(stored)) for stored in catalogue.entries.all())
    engine.switch(generation)
    _State(catalogue, engine).keep(generation, sequence)
    return Published(put=engine.count(), generation=generation)


def indexed(stored: StoredEntry, section: Section | None) -> IndexedEntry:
    """What the index needs of an entry."""
    entry = stored.entry
    person, spouse = entry.person, entry.spouse
    literal = (person.surname_text,) if not entry.ditto else ()
    return IndexedEntry(
        id=entry.id,
        kind=entry.kind,
        surnames=(person.surname, *person.cross_surnames),
        given_names=person.given_names,
        given_names_also=person.given_names_also,
        surname_alternatives=_others((*person.surname_alternatives, *literal), person.surname),
        spouse_surname=spouse.surname if spouse else "",
        spouse_given_names=spouse.given_names if spouse else "",
        register=entry.source.register_id,
        place=(section.description.commune or "") if section else "",
        state=entry.state,
        earliest=entry.date.earliest.toordinal() if entry.date.earliest else None,
        latest=entry.date.latest.toordinal() if entry.date.latest else None,
        confidence=entry.confidence,
        version=stored.sequence,
    )


def _others(names: tuple[str, ...], surname: str) -> tuple[str, ...]:
    folded = surname.casefold()
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() != folded))


def _apply(engine: SearchEngine, put: list[IndexedEntry], gone: list[str]) -> None:
    if put:
        engine.put(put)
    if gone:
        engine.delete(gone)


class _State:
    """Which generation has seen the catalogue up to which change, for one engine."""

    def __init__(self, catalogue: Catalogue, engine: SearchEngine) -> None:
        self._values = catalogue.values
        self._name = f"published:{engine.identity}"
        generation, _, sequence = catalogue.values.get(self._name).rpartition("@")
        self.generation = generation
        self.sequence = int(sequence or 0)

    def keep(self, generation: str, sequence: int) -> None:
        self._values.set(self._name, f"{generation}@{sequence}")


class _Sections:
    """Sections of registers, each register's read once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[str, Mapping[str, Section]] = {}

    def of(self, stored: StoredEntry) -> Section | None:
        register_id = stored.entry.source.register_id
        if register_id not in self._known:
            found: Iterator[Section] = iter(())
            with suppress(NotFoundError):
                found = iter(self._catalogue.registers.sections(register_id))
            self._known[register_id] = {section.id: section for section in found}
        return self._known[register_id].get(stored.entry.section_id)
