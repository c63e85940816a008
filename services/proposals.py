"""Later readings of rows that people have checked: offered, and taken over or declined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from ner.reflow import ReflowPreview
from registers.entry import Entry, State
from registers.errors import ConflictError, UsageError
from services.correct import (
    READING_FLAGS,
    Corrected,
    flow_of,
    keep_entry,
    person,
    standing_entry,
)
from services.desk import Desk
from services.publish import publish_now
from store.catalogue import Catalogue
from store.kept import Action, StoredEntry
from store.understanding import said


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as a person left it, and the later reading that differs from it.

    `mark` tells what it says from what other readings say: who decides gives back the mark of what they saw.
    """

    stored: StoredEntry
    found: Entry

    @property
    def mark(self) -> str:
        return sha256(repr(said(self.found)).encode()).hexdigest()[:16]


def proposal_of(stored: StoredEntry) -> Proposal | None:
    """What is offered beside an entry; nothing where nobody has checked it, or not any more."""
    if stored.proposed is None or stored.retired or stored.entry.state is State.MACHINE:
        return None
    return Proposal(stored, stored.proposed)


def proposals(catalogue: Catalogue, register_id: str = "") -> Iterator[Proposal]:
    """All that is offered in a register, or in all, in the order of the pages; raises NotFoundError."""
    if register_id:
        catalogue.registers.get(register_id)
    for stored in catalogue.entries.proposed(register_id):
        if (proposal := proposal_of(stored)) is not None:
            yield proposal


def accept_proposed(desk: Desk, entry_id: str, who: str, base_version: int, mark: str = "") -> Corrected:
    """Take a later reading over as a person's correction, with the ditto group where the surname changes.

    Raises as `correct` does, UsageError where nothing is offered, ConflictError where another reading
    than that of `mark` (if given) is offered by now.
    """
    proposal = _offered(desk.catalogue, entry_id, mark)
    done = keep_entry(
        desk.catalogue,
        proposal.stored.entry,
        _taken_over(proposal),
        person(who),
        base_version,
        action=Action.CORRECTED,
    )
    return replace(done, published=publish_now(desk))


def dismiss_proposed(desk: Desk, entry_id: str, base_version: int, mark: str = "") -> StoredEntry:
    """Decline a later reading: it is not offered again, and the entry stays; raises as `accept_proposed`."""
    proposal = _offered(desk.catalogue, entry_id, mark)
    return desk.catalogue.entries.dismiss(entry_id, base_version, proposal.found)


def preview_proposed(desk: Desk, entry_id: str) -> ReflowPreview:
    """What `accept_proposed` would change, the entry first; nothing is changed. Raises as that does."""
    proposal = _offered(desk.catalogue, entry_id)
    return flow_of(desk.catalogue, proposal.stored.entry, _taken_over(proposal))


def _offered(catalogue: Catalogue, entry_id: str, mark: str = "") -> Proposal:
    proposal = proposal_of(standing_entry(catalogue, entry_id))
    if proposal is None:
        raise UsageError(
            f"no other reading is offered for entry {entry_id}",
            advice="`feuillet registers proposals` lists the entries that have one",
        )
    if mark and mark != proposal.mark:
        raise ConflictError(
            f"entry {entry_id} was read anew in the meantime", advice="look at it as it stands"
        )
    return proposal


def _taken_over(proposal: Proposal) -> Entry:
    """The entry with what was read later; where its surname changes, it is the person's word for it."""
    entry, found = proposal.stored.entry, proposal.found
    own_surname = found.person.surname != entry.person.surname
    return replace(
        entry,
        kind=found.kind,
        person=found.person,
        spouse=found.spouse,
        date=found.date,
        act_number=found.act_number,
        act_year=found.act_year,
        remarks=found.remarks,
        remark_kind=found.remark_kind,
        ditto=None if own_surname else entry.ditto,
        flags=tuple(flag for flag in found.flags if flag not in READING_FLAGS),
    )
