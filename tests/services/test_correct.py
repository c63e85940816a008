"""Corrections: the entry, its ditto group, the index, and taking them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from registers.entry import Flag, Kind, State
from registers.errors import ConflictError, NotFoundError, SearchUnavailableError, UsageError
from services.correct import CorrectionValues, check, correct, preview_reflow, undo
from services.desk import Desk
from services.find import find, read_query
from services.publish import publish_changes
from services.understand import understand_register
from store.kept import Action
from tests.services.builders import building_elsewhere, entry_of

WHO = "A. Martel"


def _surnames(desk: Desk) -> dict[str, str]:
    return {
        stored.entry.person.given_names: stored.entry.person.surname
        for stored in desk.catalogue.entries.of_register("naissances")
    }


def _found(desk: Desk, text: str) -> set[str]:
    return {result.entry.person.given_names for result in find(desk, read_query(text)).results}


def test_a_corrected_head_takes_its_group_along(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    done = correct(filled, head.entry.id, CorrectionValues(surname="BERTHAUD"), WHO, head.version)
    assert done.stored.entry.state is State.CORRECTED
    assert done.stored.action is Action.REFLOWED
    assert {stored.entry.person.given_names for stored in done.followers} == {"Louise", "Marie"}
    assert {stored.entry.state for stored in done.followers} == {State.MACHINE}
    surnames = _surnames(filled)
    assert [surnames[name] for name in ("Paul", "Louise", "Marie")] == ["Berthaud"] * 3
    assert surnames["Jules"] == "Blanchard"


def test_the_index_follows_at_once_and_keeps_what_is_written(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    done = correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert done.published
    assert _found(filled, '"Dumoulin"') == {"Paul", "Louise", "Marie"}
    assert "Paul" in _found(filled, "Bertrand")


def test_a_preview_changes_nothing_and_says_all(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    before = _surnames(filled)
    preview = preview_reflow(filled, head.entry.id, CorrectionValues(surname="Berthaud"))
    assert [change.before.given_names for change in preview.changes] == ["Paul", "Louise", "Marie"]
    assert {change.after.surname for change in preview.changes} == {"Berthaud"}
    assert _surnames(filled) == before


def test_a_change_is_undone_as_one_and_done_again(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    before = _surnames(filled)
    done = correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    after = _surnames(filled)
    undone = undo(filled, done.change_id, WHO)
    assert len(undone.entries) == 3
    assert _surnames(filled) == before
    assert _found(filled, '"Dumoulin"') == set()
    undo(filled, undone.entries[0].change_id, WHO)
    assert _surnames(filled) == after


def test_understanding_again_keeps_the_group_with_its_head(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    before = {s.entry.id: s.version for s in filled.catalogue.entries.of_register("naissances")}
    surnames = _surnames(filled)
    understand_register(filled.catalogue, "naissances")
    assert _surnames(filled) == surnames
    assert {s.entry.id: s.version for s in filled.catalogue.entries.of_register("naissances")} == before


def test_a_ditto_that_gets_a_name_of_its_own_heads_the_rows_below(filled: Desk) -> None:
    louise = entry_of(filled.catalogue, "Louise")
    correct(filled, louise.entry.id, CorrectionValues(surname="Bertin"), WHO, louise.version)
    assert entry_of(filled.catalogue, "Louise").entry.ditto is None
    head = entry_of(filled.catalogue, "Paul")
    done = correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert done.followers == ()
    understand_register(filled.catalogue, "naissances")
    surnames = _surnames(filled)
    assert (surnames["Paul"], surnames["Louise"], surnames["Marie"]) == ("Dumoulin", "Bertin", "Bertin")


def test_what_a_person_checked_stays(filled: Desk) -> None:
    louise = entry_of(filled.catalogue, "Louise")
    check(filled, louise.entry.id, WHO, louise.version)
    head = entry_of(filled.catalogue, "Paul")
    done = correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert done.kept == (louise.entry.id,)
    assert entry_of(filled.catalogue, "Louise").entry.person.surname == "Bertrand"


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("19/12/1884", "1884-12-19"),
        ("1884-12-19", "1884-12-19"),
        ("20 xbre 84", "1884-12-20"),
        ("mai 1885", "1885-05"),
        ("1885", "1885"),
        ("", ""),
    ],
)
def test_dates_may_be_typed_as_they_are_written(filled: Desk, typed: str, iso: str) -> None:
    stored = entry_of(filled.catalogue, "Paul")
    done = correct(filled, stored.entry.id, CorrectionValues(date=typed), WHO, stored.version)
    date = done.stored.entry.date
    assert (date.iso, date.text) == (iso, "19 xbre 83")
    assert date.earliest is not None
    assert (Flag.DATE_MISSING in done.stored.entry.flags) == (not typed)


def test_a_date_that_is_none_is_refused(filled: Desk) -> None:
    stored = entry_of(filled.catalogue, "Paul")
    with pytest.raises(UsageError, match="date"):
        correct(filled, stored.entry.id, CorrectionValues(date="hier soir"), WHO, stored.version)
    assert entry_of(filled.catalogue, "Paul") == stored


def test_names_are_understood_as_in_a_register(filled: Desk) -> None:
    stored = entry_of(filled.catalogue, "Jules")
    values = CorrectionValues(
        surname="Vve Martin née PETIT", given_names="Mie Lse", spouse_surname="ROUX", kind=Kind.DEATH
    )
    entry = correct(filled, stored.entry.id, values, WHO, stored.version).stored.entry
    assert (entry.person.surname, entry.person.given_names) == ("Petit", "Marie Louise")
    assert entry.person.cross_surnames == ("Martin",)
    assert entry.person.surname_text == "BLANCHARD"
    assert entry.spouse is not None
    assert (entry.spouse.surname, entry.kind) == ("Roux", Kind.DEATH)


def test_two_people_check_one_entry(filled: Desk) -> None:
    stored = entry_of(filled.catalogue, "Luc")
    once = check(filled, stored.entry.id, WHO, stored.version).stored
    assert (once.entry.state, once.action, once.who) == (State.CHECKED, Action.CHECKED, WHO)
    again = check(filled, stored.entry.id, WHO, once.version).stored
    assert again.version == once.version
    twice = check(filled, stored.entry.id, "B. Noël", once.version).stored
    assert twice.entry.state is State.DOUBLE_CHECKED


def test_an_old_version_is_a_conflict_and_nothing_of_the_group_changes(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    check(filled, head.entry.id, WHO, head.version)
    before = _surnames(filled)
    with pytest.raises(ConflictError):
        correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert _surnames(filled) == before


@pytest.mark.parametrize("who", ["", "  ", "feuillet"])
def test_somebody_must_say_it(filled: Desk, who: str) -> None:
    stored = entry_of(filled.catalogue, "Luc")
    with pytest.raises(UsageError):
        check(filled, stored.entry.id, who, stored.version)


def test_an_unknown_entry_is_said(filled: Desk) -> None:
    with pytest.raises(NotFoundError):
        check(filled, "nothing", WHO, 1)


class _Away:
    """A search engine that does not answer."""

    def __getattr__(self, name: str) -> object:
        raise SearchUnavailableError("the search engine does not answer")


@contextmanager
def _without_engine(desk: Desk) -> Iterator[Desk]:
    yield replace(desk, engine=_Away())  # type: ignore[arg-type]


def test_a_correction_is_kept_while_the_engine_is_away(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    with _without_engine(filled) as desk:
        done = correct(desk, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert not done.published
    assert _found(filled, '"Dumoulin"') == set()
    publish_changes(filled.catalogue, filled.engine, filled.settings.search)
    assert _found(filled, '"Dumoulin"') == {"Paul", "Louise", "Marie"}


def test_a_correction_is_kept_while_another_process_builds_the_index(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Paul")
    for path in filled.workspace.index.iterdir():
        path.unlink()
    with building_elsewhere(filled):
        done = correct(filled, head.entry.id, CorrectionValues(surname="Durand"), WHO, head.version)
        with pytest.raises(ConflictError):  # the catalogue's own is still said
            correct(filled, head.entry.id, CorrectionValues(surname="Dumoulin"), WHO, head.version)
    assert not done.published
    assert entry_of(filled.catalogue, "Paul").entry.person.surname == "Durand"
    publish_changes(filled.catalogue, filled.engine, filled.settings.search)
    assert _found(filled, '"Durand"') == {"Paul", "Louise", "Marie"}


def test_a_surname_put_right_keeps_the_names_that_people_are_also_found_under(filled: Desk) -> None:
    head = entry_of(filled.catalogue, "Jeanne")
    correct(filled, head.entry.id, CorrectionValues(given_names="Jeanne reconnue André"), WHO, head.version)
    known = entry_of(filled.catalogue, "Jeanne")
    assert known.entry.person.cross_surnames == ("André",)
    correct(filled, head.entry.id, CorrectionValues(surname="Barbieri"), WHO, known.version)
    assert entry_of(filled.catalogue, "Jeanne").entry.person.cross_surnames == ("André",)
    assert _found(filled, "André") == {"Jeanne"}
