"""Registers in a real catalogue with a real index, their readings built by hand."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from registers.dates import Period
from registers.document import ScanReading
from registers.entry import Kind
from registers.register import Description, Register, RegisterSettings, Series
from services.desk import Desk
from services.publish import publish_changes
from services.understand import understand_register
from services.versions import understanding_version
from store.catalogue import Catalogue
from store.kept import StoredEntry
from tests.ner.builders import make_reading, make_table

HEADERS = ("Noms", "Prénoms", "Dates")
FINGERPRINT = "reader 1"
PERIOD = Period(date(1883, 1, 1), date(1892, 12, 31))
SAID = Description(
    commune="Fictive-sur-Loire", kinds=(Kind.BIRTH,), series=Series.DECENNIAL, period=PERIOD, cote="1 E 1"
)

FIRST_PAGE = (
    ("BARBIER", "Jeanne", "3 mars 1884"),
    ("BERTRAND", "Paul", "19 xbre 83"),
    ("d°", "Louise", "2 mai 1886"),
    ("d°", "Marie", "7 juin 1887"),
    ("BLANCHARD", "Jules", "1er août 1890"),
)
SECOND_PAGE = (
    ("LEFEBVRE", "Jean Baptiste", "4 avril 1885"),
    ("d°", "Rose", "5 avril 1886"),
    ("MARTIN", "Luc", "9 février 1888"),
)


def register(name: str = "naissances") -> Register:
    return Register(name, f"/scans/{name}", RegisterSettings(SAID))


def reading(image: str, rows: Sequence[Sequence[str]]) -> ScanReading:
    """A scan with one page and one table of surname, given names and date."""
    return make_reading([make_table(rows, headers=HEADERS)], name=image)


def fill(catalogue: Catalogue, name: str = "naissances") -> None:
    """A register of two pages, read but not understood."""
    catalogue.registers.upsert(register(name))
    for image, rows in (("p001.jpg", FIRST_PAGE), ("p002.jpg", SECOND_PAGE)):
        catalogue.pages.save_reading(name, reading(image, rows), FINGERPRINT)


def digest(desk: Desk, name: str = "naissances") -> None:
    """The same, understood and published."""
    fill(desk.catalogue, name)
    understand_register(desk.catalogue, name)
    publish_changes(desk.catalogue, desk.engine, desk.settings.search)


def entry_of(catalogue: Catalogue, given_names: str, name: str = "naissances") -> StoredEntry:
    """The one entry of those given names."""
    (found,) = [
        stored
        for stored in catalogue.entries.of_register(name)
        if stored.entry.person.given_names == given_names
    ]
    return found


def offer(catalogue: Catalogue, stored: StoredEntry, **values: Any) -> StoredEntry:
    """As if understanding had found other values for a row that a person has checked."""
    register_id = stored.entry.source.register_id
    mark = catalogue.registers.fingerprint(register_id, understanding_version())
    found = [
        replace(known.entry, **values) if known.entry.id == stored.entry.id else known.proposed or known.entry
        for known in catalogue.entries.of_register(register_id)
    ]
    catalogue.entries.replace(register_id, catalogue.registers.sections(register_id), found, mark)
    return catalogue.entries.get(stored.entry.id)


@contextmanager
def building_elsewhere(desk: Desk) -> Iterator[None]:
    """As if another process were building the index."""
    desk.workspace.index.mkdir(parents=True, exist_ok=True)
    with (desk.workspace.index / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
