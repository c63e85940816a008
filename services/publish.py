"""From the catalogue to the index: what has changed since last time, or a new generation of everything.

The catalogue is the record and the index is derived: whatever happens here can be done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from indexer import SearchEngine, open_engine
from ner.ditto import is_ditto
from registers.errors import ConflictError, NotFoundError, SearchUnavailableError
from registers.query import IndexedEntry
from registers.register import Section
from registers.settings import SearchSettings, without_user
from services.bench import Bench
from services.desk import Desk
from services.versions import index_version
from store.catalogue import Catalogue
from store.kept import EntryChange, StoredEntry

BATCH = 2_000
NOT_NOW = (SearchUnavailableError, ConflictError)
"""The engine is away, or another process builds the index: the next publication does what this one cannot."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did; `generation` is set when it built a new one."""

    put: int = 0
    deleted: int = 0
    generation: str = ""


def publish_pending(bench: Bench) -> Published | None:
    """Publish what has changed; None, and a note in the report, when it cannot be done now."""
    search = bench.settings.search
    engine = open_engine(search, bench.workspace.index)
    try:
        with bench.publishing:
            return publish_changes(bench.catalogue, engine, search)
    except NOT_NOW as error:
        for plan in bench.plans[:1]:
            bench.note(plan.register.id, f"not searchable yet: {error.message}; the next run publishes it")
        return None
    finally:
        engine.close()


def publish_now(desk: Desk) -> bool:
    """Bring the index up to date; False when that cannot be done now (the next publication does it)."""
    try:
        publish_changes(desk.catalogue, desk.engine, desk.settings.search)
    except NOT_NOW:
        return False
    return True


def publish_changes(catalogue: Catalogue, engine: SearchEngine, search: SearchSettings) -> Published:
    """Bring the current generation up to the catalogue's latest change; builds one where there is none.

    The number of the last change that a generation has seen is kept in the catalogue beside its name, so
    that an interrupted publication goes on from there. Raises SearchUnavailableError, and ConflictError while
    another process builds one.
    """
    current = current_generation(engine)
    seen = _Seen(catalogue, search)
    if not current or seen.generation != current:
        return rebuild(catalogue, engine, search)
    sections = _Sections(catalogue)
    done = Published()
    for batch in _batches(catalogue.entries.changed_since(seen.sequence)):
        # A register that was removed and read again has its ids twice: the latest change holds.
        latest = {change.entry_id: change.stored for change in batch}
        put = [indexed(stored, sections.of(stored)) for stored in latest.values() if stored]
        gone = [entry_id for entry_id, stored in latest.items() if stored is None]
        if put:
            engine.put(put)
        if gone:
            engine.delete(gone)
        seen.keep(current, batch[-1].sequence)
        done = Published(done.put + len(put), done.deleted + len(gone))
    return done


def rebuild(catalogue: Catalogue, engine: SearchEngine, search: SearchSettings) -> Published:
    """Build a new generation of everything and switch to it at once; readers never see half an index.

    What changes meanwhile is put into it right after the switch.
    """
    sequence = catalogue.entries.sequence()
    sections = _Sections(catalogue)
    generation = engine.build(indexed(stored, sections.of(stored)) for stored in catalogue.entries.all())
    engine.switch(generation)
    _Seen(catalogue, search).keep(generation, sequence)
    if catalogue.entries.sequence() != sequence:
        publish_changes(catalogue, engine, search)
    entries = next((info.entries for info in engine.generations() if info.name == generation), 0)
    return Published(put=entries, generation=generation)


def current_generation(engine: SearchEngine) -> str:
    """The name of the generation that is searched; empty where there is none."""
    return next((info.name for info in engine.generations() if info.current), "")


def indexed(stored: StoredEntry, section: Section | None) -> IndexedEntry:
    """What the index needs of an entry."""
    entry = stored.entry
    person, spouse = entry.person, entry.spouse
    literal = () if entry.ditto or is_ditto(person.surname_text) else (person.surname_text,)
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


def _batches(changes: Iterator[EntryChange]) -> Iterator[list[EntryChange]]:
    while batch := list(islice(changes, BATCH)):
        yield batch


class _Seen:
    """Which generation of one engine has seen the catalogue up to which change.

    What an index of another version has seen does not count: its keys are made by other rules.
    """

    def __init__(self, catalogue: Catalogue, search: SearchSettings) -> None:
        self._values = catalogue.values
        self._name = f"published:{without_user(search.url) or 'embedded'}:{search.index}:{index_version()}"
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
