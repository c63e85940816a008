"""All entries of a catalogue in the order of exports, each with its register and its section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registers.register import Description, Register, Section
from store.catalogue import Catalogue
from store.kept import StoredEntry


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as exports give it; `section` is None where understanding named none."""

    stored: StoredEntry
    register: Register
    section: Section | None

    @property
    def description(self) -> Description:
        """What is known of the entry's section, its gaps filled from the register's settings."""
        own = self.section.description if self.section else Description()
        return own.over(self.register.settings.description)


def listed(catalogue: Catalogue) -> Iterator[Listed]:
    """By register id, page order, side and row; entries are read as they are consumed."""
    for register_id in catalogue.registers.ids():
        register = catalogue.registers.get(register_id)
        sections = {section.id: section for section in catalogue.registers.sections(register_id)}
        for stored in catalogue.entries.of_register(register_id):
            yield Listed(stored, register, sections.get(stored.entry.section_id))


def number(value: float | None) -> float | None:
    """A share as exports give it: four decimals."""
    return None if value is None else round(value, 4)
