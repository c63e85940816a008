"""Ditto groups as people leave them: who follows a head that was given a name by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from registers.entry import Ditto, Entry
from store.catalogue import Catalogue


def following(entry: Entry, head: Entry) -> Entry:
    """The entry under its head's surname, its chain ended there; what is written stays as it is."""
    if entry.ditto is None:
        return entry
    chain = entry.ditto.chain[: entry.ditto.chain.index(head.id) + 1]
    person = entry.person
    if person.surname != head.person.surname:
        person = replace(person, surname=head.person.surname, surname_alternatives=())
    return replace(entry, person=person, ditto=Ditto(entry.ditto.sign, chain))


def after_people(found: Iterable[Entry], checked: Mapping[str, Entry]) -> Iterator[Entry]:
    """What understanding found, each ditto under the nearest name above it that a person has settled.

    `checked` are the entries that people have checked or corrected, by id; they themselves pass as found.
    """
    for entry in found:
        heads = (checked.get(step) for step in (entry.ditto.chain if entry.ditto else ()))
        head = next((head for head in heads if head is not None and head.ditto is None), None)
        yield entry if head is None or entry.id in checked else following(entry, head)


def group_of(catalogue: Catalogue, head: Entry) -> tuple[Entry, ...]:
    """The head and every entry whose ditto chain goes through it, with all that stands between them.

    A group goes on from row to row, so pages are looked at from the head's on, until one has no follower.
    """
    register_id = head.source.register_id
    pages = [page.page.id for page in catalogue.pages.pages_of(register_id)]
    start = pages.index(head.source.page_id) if head.source.page_id in pages else len(pages)
    group: list[Entry] = []
    for page_id in pages[start:] or [head.source.page_id]:
        entries = [stored.entry for stored in catalogue.entries.of_page(page_id, register_id)]
        followers = [entry for entry in entries if entry.ditto and head.id in entry.ditto.chain]
        group += followers
        if entries and not followers and page_id != head.source.page_id:
            break
    known = {head.id, *(entry.id for entry in group)}
    between = {step for entry in group if entry.ditto for step in entry.ditto.chain} - known
    others = catalogue.entries.get_many(sorted(between)).values()
    return (head, *group, *(stored.entry for stored in others))
