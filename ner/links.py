"""Two entries of one act: a marriage under both spouses, a person listed under two surnames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from lexicon.fold import fold
from registers.entry import Entry, PersonName

_SAME_NAME = 80


def link_twins(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with `twin_of` set on both entries of one act; nothing is merged or dropped.

    Spouses are twins when date or act number agrees and each one's person is the other's spouse.
    A person listed twice is linked when date and given names agree and one entry names the other's
    surname as its own second one.
    """
    twins: dict[str, str] = {}
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.spouse is not None or entry.person.given_names:
            for key in _keys(entry):
                groups[key].append(entry)
    for group in groups.values():
        for index, entry in enumerate(group):
            if entry.id not in twins:
                _link(entry, group[index + 1 :], twins)
    if not twins:
        return tuple(entries)
    return tuple(replace(entry, twin_of=twins[entry.id]) if entry.id in twins else entry for entry in entries)


def _keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    """What the two entries of an act have in common: its number, or its day where one was misread."""
    if entry.act_number:
        yield ("number", entry.section_id, entry.kind, str(entry.act_year or ""), entry.act_number)
    if entry.date.exact is not None:
        yield ("day", entry.kind, entry.date.iso)


def _link(entry: Entry, others: Iterable[Entry], twins: dict[str, str]) -> None:
    for other in others:
        if other.id not in twins and (_spouses(entry, other) or _listed_twice(entry, other)):
            twins[entry.id], twins[other.id] = other.id, entry.id
            return


def _spouses(one: Entry, other: Entry) -> bool:
    if one.spouse is None or other.spouse is None:
        return False
    return _same(one.person, other.spouse) and _same(one.spouse, other.person)


def _listed_twice(one: Entry, other: Entry) -> bool:
    if fold(one.person.given_names) != fold(other.person.given_names) or one.spouse or other.spouse:
        return False
    return _names(one.person, other.person) or _names(other.person, one.person)


def _names(person: PersonName, other: PersonName) -> bool:
    surname = fold(other.surname)
    return bool(surname) and any(fold(cross) == surname for cross in person.cross_surnames)


def _same(one: PersonName, other: PersonName) -> bool:
    return (
        fuzz.ratio(fold(one.surname), fold(other.surname)) >= _SAME_NAME
        and fuzz.partial_ratio(fold(one.given_names), fold(other.given_names)) >= _SAME_NAME
    )
