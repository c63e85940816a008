"""What changes when the head of a ditto group gets another name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registers.entry import Entry, PersonName, State


@dataclass(frozen=True, slots=True)
class Reflow:
    """One entry that a corrected head changes."""

    entry_id: str
    before: PersonName
    after: PersonName


@dataclass(frozen=True, slots=True)
class ReflowPreview:
    """What changes when a head gets another name, the head first.

    `kept` are entries of the group that a person has checked or corrected: they stay as they are.
    """

    changes: tuple[Reflow, ...]
    kept: tuple[str, ...] = ()


def reflow(entries: Sequence[Entry], head_id: str, new_name: PersonName) -> ReflowPreview:
    """What changes when the entry `head_id` gets `new_name`: itself and all that took over its surname.

    `entries` are those of its section, in reading order. An entry belongs to the group when its ditto
    chain goes through `head_id` and through no entry that a person has given a surname of its own.
    Nothing is changed here: the caller stores the preview as one versioned change.
    """
    by_id = {entry.id: entry for entry in entries}
    head = by_id.get(head_id)
    changes = [Reflow(head_id, head.person, new_name)] if head else []
    kept: list[str] = []
    for entry in entries:
        if entry.ditto is None or head_id not in entry.ditto.chain or entry.id == head_id:
            continue
        between = entry.ditto.chain[: entry.ditto.chain.index(head_id)]
        if entry.state is not State.MACHINE or any(_own_surname(by_id.get(step)) for step in between):
            kept.append(entry.id)
            continue
        changes.append(Reflow(entry.id, entry.person, _with_surname_of(entry.person, new_name)))
    return ReflowPreview(tuple(changes), tuple(kept))


def _own_surname(entry: Entry | None) -> bool:
    return entry is not None and entry.ditto is None


def _with_surname_of(person: PersonName, head: PersonName) -> PersonName:
    """The person under the head's surname; what is written in its own cell stays as it is."""
    return replace(person, surname=head.surname, surname_alternatives=())
