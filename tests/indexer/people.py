"""Invented people for the tests of the engines."""

from __future__ import annotations

from datetime import date
from typing import Any

from registers.entry import Kind, State
from registers.query import IndexedEntry


def person(entry_id: str, surname: str, given_names: str, day: str = "", **more: Any) -> IndexedEntry:
    """An entry; `day` is YYYY, YYYY-MM-DD or empty, `also` are cross references."""
    earliest, latest = _bounds(day)
    return IndexedEntry(
        id=entry_id,
        kind=more.pop("kind", Kind.BIRTH),
        surnames=(surname, *more.pop("also", ())),
        given_names=given_names,
        register=more.pop("register", "r1"),
        place=more.pop("place", "Paris 3e"),
        state=more.pop("state", State.MACHINE),
        earliest=earliest,
        latest=latest,
        **more,
    )


def _bounds(day: str) -> tuple[int | None, int | None]:
    if not day:
        return None, None
    if len(day) == 4:
        return date(int(day), 1, 1).toordinal(), date(int(day), 12, 31).toordinal()
    only = date.fromisoformat(day).toordinal()
    return only, only


PEOPLE = (
    person("lefebvre-1", "Lefebvre", "Jean Baptiste", "1883-12-04", confidence=0.95),
    person("lefebvre-2", "Lefebvre", "Marie Louise", "1884-02-11", confidence=0.9),
    person("lefebvre-3", "LEFEBVRE", "Jean", "1861-05-30", kind=Kind.DEATH, register="r2", confidence=0.4),
    person("lefevre-1", "Lefèvre", "Jehan", "1885-07-01", state=State.CHECKED),
    person("lefehvre-1", "Lefehvre", "Jean Bte", "1883-12-05", confidence=0.5),
    person("leroux-1", "Le Roux", "Anne", "1890-01-02"),
    person("leroux-2", "Leroux", "Paul", "1890-01-03"),
    person("roux-1", "Roux", "Paul", "1891-01-03"),
    person("goeff-1", "Le Goëff", "Yves", "1887-03-09", place="Brest"),
    person("latour-1", "de La Tour", "Élise", "1888-08-08"),
    person("dupont-1", "Dupont", "Pierre", "1890-06-01", kind=Kind.MARRIAGE, register="r3",
           spouse_surname="Moreau", spouse_given_names="Catherine"),
    person("moreau-1", "Moreau", "Louise", "1866-04-04"),
    person("durand-1", "Durand", "Marie", "1884", also=("Carpentier",)),
    person("renier-1", "Renier", "Luc", "1889-09-09", surname_alternatives=("Renler",)),
    person("paul-1", "Paul", "Chevalier", "1889-10-10"),
    person("hubert-1", "Hubert", "Rose", ""),
    person("mignard-1", "Mignard", "Claude", "1812-01-01", place="Paris 3e"),
)  # fmt: skip
