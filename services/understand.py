"""The second stage: a register's stored tables to entries, in one transaction, whenever anything changed."""

from __future__ import annotations

from ner.extract import understand
from registers.entry import Entry, State
from services.dittos import after_people
from services.versions import understanding_version
from store.catalogue import Catalogue
from store.kept import PagePlace


def understand_register(catalogue: Catalogue, register_id: str) -> tuple[str, ...]:
    """Understand a register if anything that its entries depend on has changed.

    Returns the auditors' remarks for the report; an empty tuple when nothing had to be done. What people
    have checked is never replaced. Raises NotFoundError, StoreError.
    """
    version = understanding_version()
    if not catalogue.registers.needs_understanding(register_id, version):
        return ()
    fingerprint = catalogue.registers.fingerprint(register_id, version)
    register = catalogue.registers.get(register_id)
    understanding = understand(register, catalogue.pages.readings(register_id))
    places = tuple(PagePlace(place.page.id, place.view, place.section_id) for place in understanding.places)
    entries = tuple(after_people(understanding.entries, _checked(catalogue, register_id)))
    catalogue.entries.replace(register_id, understanding.sections, entries, fingerprint, places=places)
    return (*(note.text for note in understanding.notes), *(str(report) for report in understanding.numbers))


def _checked(catalogue: Catalogue, register_id: str) -> dict[str, Entry]:
    """What people have checked or corrected, by id: the dittos below go by it."""
    return {
        stored.entry.id: stored.entry
        for stored in catalogue.entries.of_register(register_id)
        if stored.entry.state is not State.MACHINE
    }
