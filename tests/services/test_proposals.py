"""Later readings of checked rows: offered beside these, taken over with the ditto group, or declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registers.dates import RegisterDate
from registers.entry import Flag, Kind, PersonName, Remark, State
from registers.errors import ConflictError, NotFoundError, UsageError
from services.correct import CorrectionValues, check, correct, undo
from services.desk import Desk
from services.find import find, read_query
from services.proposals import (
    accept_proposed,
    dismiss_proposed,
    preview_proposed,
    proposal_of,
    proposals,
)
from services.publish import publish_changes
from services.understand import understand_register
from store.kept import Action, StoredEntry
from tests.services.builders import FINGERPRINT, FIRST_PAGE, entry_of, offer, reading

WHO = "A. Martel"
HEAD = ("Paul", "Louise", "Marie")


def _read_anew(desk: Desk, surname: str) -> None:
    """The first page is read once more, the head of its ditto group otherwise than before."""
    rows = [(surname, *row[1:]) if row[1] == "Paul" else row for row in FIRST_PAGE]
    desk.catalogue.pages.save_reading("naissances", reading("p001.jpg", rows), FINGERPRINT)
    understand_register(desk.catalogue, "naissances")


def _checked_and_read_anew(desk: Desk, surname: str = "BERNARD") -> StoredEntry:
    head = entry_of(desk.catalogue, "Paul")
    check(desk, head.entry.id, WHO, head.version)
    _read_anew(desk, surname)
    return entry_of(desk.catalogue, "Paul")


def _surnames(desk: Desk) -> list[str]:
    return [entry_of(desk.catalogue, name).entry.person.surname for name in HEAD]


def test_a_later_reading_of_a_checked_row_is_listed(filled: Desk) -> None:
    assert list(proposals(filled.catalogue)) == []
    stored = _checked_and_read_anew(filled)
    for register_id in ("", "naissances"):
        (proposal,) = proposals(filled.catalogue, register_id)
        assert (proposal.stored, proposal.found.person.surname) == (stored, "Bernard")
    assert _surnames(filled) == ["Bertrand"] * 3
    with pytest.raises(NotFoundError):
        list(proposals(filled.catalogue, "nowhere"))


def test_taken_over_it_is_a_correction_of_the_whole_group(filled: Desk) -> None:
    stored = _checked_and_read_anew(filled)
    preview = preview_proposed(filled, stored.entry.id)
    assert [change.after.surname for change in preview.changes] == ["Bernard"] * 3
    done = accept_proposed(filled, stored.entry.id, WHO, stored.version)
    assert (done.stored.entry.state, done.stored.who) == (State.CORRECTED, WHO)
    assert done.stored.action is Action.REFLOWED and len(done.followers) == 2
    assert done.published and done.stored.proposed is None
    assert done.stored.entry.person.surname_text == "BERTRAND"
    assert _surnames(filled) == ["Bernard"] * 3
    found = {result.entry.person.given_names for result in find(filled, read_query('"Bernard"')).results}
    assert found == set(HEAD)
    understand_register(filled.catalogue, "naissances")
    assert list(proposals(filled.catalogue)) == [] and _surnames(filled) == ["Bernard"] * 3


def test_it_is_undone_as_one_and_then_offered_again(filled: Desk) -> None:
    stored = _checked_and_read_anew(filled)
    done = accept_proposed(filled, stored.entry.id, WHO, stored.version)
    undo(filled, done.change_id, WHO)
    assert _surnames(filled) == ["Bertrand"] * 3
    understand_register(filled.catalogue, "naissances")
    assert [proposal.stored.entry.id for proposal in proposals(filled.catalogue)] == [stored.entry.id]


def test_declined_it_is_not_offered_again(filled: Desk) -> None:
    stored = _checked_and_read_anew(filled)
    kept = dismiss_proposed(filled, stored.entry.id, stored.version)
    assert (kept.entry, kept.version, proposal_of(kept)) == (stored.entry, stored.version, None)
    filled.catalogue.pages.save_reading("naissances", reading("p003.jpg", FIRST_PAGE), FINGERPRINT)
    understand_register(filled.catalogue, "naissances")
    assert list(proposals(filled.catalogue)) == []


def test_all_that_was_read_is_taken_over_but_what_is_written_stays(filled: Desk) -> None:
    before = entry_of(filled.catalogue, "Luc")
    check(filled, before.entry.id, WHO, before.version)
    stored = offer(
        filled.catalogue,
        entry_of(filled.catalogue, "Luc"),
        kind=Kind.RECOGNITION,
        person=PersonName("Martin", "Lucien", "MARTIN", "Lucn"),
        spouse=PersonName("Dubois", "Claire"),
        date=RegisterDate.of_day(date(1888, 2, 19), text="19 fév."),
        act_number="12",
        act_year=1889,
        remarks="jugement",
        remark_kind=Remark.JUDGMENT,
        flags=(Flag.LOW_CONFIDENCE, Flag.NUMBER_GAP),
    )
    done = accept_proposed(filled, stored.entry.id, WHO, stored.version).stored
    entry = done.entry
    assert (done.action, entry.state, entry.kind) == (Action.CORRECTED, State.CORRECTED, Kind.RECOGNITION)
    assert (entry.person.given_names, entry.person.given_names_text) == ("Lucien", "Luc")
    assert entry.spouse is not None and entry.spouse.surname == "Dubois"
    assert (entry.date.iso, entry.date.text) == ("1888-02-19", "9 février 1888")
    assert (entry.act_number, entry.act_year) == ("12", 1889)
    assert (entry.remarks, entry.remark_kind) == ("jugement", Remark.JUDGMENT)
    assert entry.flags == (Flag.NUMBER_GAP,)
    assert entry.source == before.entry.source


def test_a_ditto_keeps_its_head_unless_its_surname_changes(filled: Desk) -> None:
    louise = entry_of(filled.catalogue, "Louise")
    check(filled, louise.entry.id, WHO, louise.version)
    stored = offer(filled.catalogue, louise, person=replace(louise.entry.person, given_names="Louis"))
    done = accept_proposed(filled, stored.entry.id, WHO, stored.version)
    assert done.stored.entry.ditto == louise.entry.ditto and done.followers == ()
    stored = offer(filled.catalogue, done.stored, person=PersonName("Bertin", "Louis"))
    done = accept_proposed(filled, stored.entry.id, WHO, stored.version)
    assert done.stored.entry.ditto is None
    assert [follower.entry.person.surname for follower in done.followers] == ["Bertin"]


def test_who_decides_has_seen_what_stands_and_what_is_offered(filled: Desk) -> None:
    stored = _checked_and_read_anew(filled)
    (seen,) = proposals(filled.catalogue)
    entry_id = stored.entry.id
    with pytest.raises(ConflictError):
        accept_proposed(filled, entry_id, WHO, stored.version - 1)
    with pytest.raises(ConflictError):
        dismiss_proposed(filled, entry_id, stored.version - 1)
    with pytest.raises(UsageError):
        accept_proposed(filled, entry_id, " ", stored.version)
    _read_anew(filled, "BERTHIER")
    for mark in (seen.mark, "other"):
        with pytest.raises(ConflictError, match="anew"):
            accept_proposed(filled, entry_id, WHO, stored.version, mark)
        with pytest.raises(ConflictError, match="anew"):
            dismiss_proposed(filled, entry_id, stored.version, mark)
    (now,) = proposals(filled.catalogue)
    assert accept_proposed(filled, entry_id, WHO, stored.version, now.mark).published
    assert _surnames(filled) == ["Berthier"] * 3


def test_where_nothing_is_offered_nothing_is_decided(filled: Desk) -> None:
    stored = _checked_and_read_anew(filled)
    done = correct(filled, stored.entry.id, CorrectionValues(surname="Bernard"), WHO, stored.version).stored
    assert proposal_of(done) is None  # a person says the same by now
    for entry in (done, entry_of(filled.catalogue, "Luc")):
        with pytest.raises(UsageError):
            accept_proposed(filled, entry.entry.id, WHO, entry.version)
        with pytest.raises(UsageError):
            dismiss_proposed(filled, entry.entry.id, entry.version)
        with pytest.raises(UsageError):
            preview_proposed(filled, entry.entry.id)
    with pytest.raises(NotFoundError):
        accept_proposed(filled, "nothing", WHO, 1)


def test_a_check_that_is_undone_leaves_nothing_to_decide(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    checked = check(filled, head.entry.id, WHO, head.version)
    offer(filled.catalogue, checked.stored, act_number="7")
    undo(filled, checked.change_id, WHO)
    assert entry_of(filled.catalogue, "Paul").entry.state is State.MACHINE
    assert list(proposals(filled.catalogue)) == []
    publish_changes(filled.catalogue, filled.engine, filled.settings.search)
