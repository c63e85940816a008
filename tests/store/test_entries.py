from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registers.dates import RegisterDate
from registers.document import ScanReading
from registers.entry import Ditto, Entry, Flag, PersonName, State
from registers.errors import ConflictError, NotFoundError, UsageError
from registers.register import Description, RegisterSettings
from store.catalogue import Catalogue
from store.kept import Action, Correction, Replaced, StoredEntry
from tests.store import builders as b

ID = b.REGISTER.id


def understood(catalogue: Catalogue, *names: str) -> list[Entry]:
    """Read pages of three rows each and understand them."""
    found: list[Entry] = []
    for name in names or ("001.jpg",):
        found += b.entries(catalogue.pages.save_reading(ID, b.reading(name), "v"))
    keep(catalogue, found)
    return found


def keep(catalogue: Catalogue, found: list[Entry]) -> Replaced:
    return catalogue.entries.replace(ID, [b.SECTION], found, catalogue.registers.fingerprint(ID))


def surnames(catalogue: Catalogue) -> list[str]:
    return [stored.entry.person.surname for stored in catalogue.entries.all()]


def corrected(catalogue: Catalogue, entry: Entry, surname: str, who: str = "Marie") -> StoredEntry:
    version = catalogue.entries.get(entry.id).version
    return catalogue.entries.correct(entry.id, b.named(entry, surname), who, version)


def test_entries_come_back_as_they_were(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    assert [stored.entry for stored in catalogue.entries.of_register(ID)] == found
    assert catalogue.entries.get(found[0].id).entry == found[0]
    assert catalogue.registers.sections(ID) == (b.SECTION,)
    page_id = found[0].source.page_id
    assert [stored.entry for stored in catalogue.entries.of_page(page_id)] == found


def test_a_run_that_finds_the_same_changes_nothing(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    before = catalogue.entries.sequence()
    assert keep(catalogue, found) == Replaced()
    assert catalogue.entries.sequence() == before
    assert list(catalogue.entries.changed_since(before)) == []
    assert len(catalogue.entries.history(found[0].id)) == 1


def test_only_what_differs_is_written(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    before = catalogue.entries.sequence()
    assert keep(catalogue, [found[0], b.named(found[1], "Autre"), found[2]]) == Replaced(changed=1)
    (change,) = catalogue.entries.changed_since(before)
    assert change.stored is not None
    assert (change.entry_id, change.stored.version) == (found[1].id, 2)
    history = catalogue.entries.history(found[1].id)
    assert [item.entry.person.surname for item in history] == ["Nom 2", "Autre"]


def test_vanished_rows_are_retired_and_can_come_back(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    before = catalogue.entries.sequence()
    assert keep(catalogue, found[1:]) == Replaced(retired=1)
    assert surnames(catalogue) == ["Nom 2", "Nom 3"]
    (gone,) = catalogue.entries.changed_since(before)
    assert (gone.entry_id, gone.stored) == (found[0].id, None)
    assert catalogue.entries.get(found[0].id).retired
    assert keep(catalogue, found[1:]) == Replaced()
    assert keep(catalogue, found) == Replaced(changed=1)
    assert surnames(catalogue) == ["Nom 1", "Nom 2", "Nom 3"]


def test_order_follows_pages_though_they_come_later(catalogue: Catalogue) -> None:
    second = understood(catalogue, "page 10.jpg")
    before = catalogue.entries.sequence()
    first = b.entries(catalogue.pages.save_reading(ID, b.reading("page 9.jpg"), "v"))
    assert keep(catalogue, [*second, *first]) == Replaced(new=3)
    assert [stored.entry for stored in catalogue.entries.all()] == [*first, *second]
    assert {change.entry_id for change in catalogue.entries.changed_since(before)} == {e.id for e in first}


def test_a_correction_is_a_new_version_that_keeps_the_literal_reading(catalogue: Catalogue) -> None:
    (entry, *_) = understood(catalogue)
    values = replace(
        entry,
        person=PersonName("Durand", "Jeanne", "overwritten", "overwritten"),
        date=RegisterDate.of_day(date(1884, 1, 1), text="overwritten"),
    )
    made = catalogue.entries.correct(entry.id, values, "Marie", 1)
    assert (made.version, made.who, made.entry.state, made.action) == (
        2,
        "Marie",
        State.CORRECTED,
        Action.CORRECTED,
    )
    assert (made.entry.person.surname, made.entry.person.surname_text) == ("Durand", "NOM 1")
    assert (made.entry.date.iso, made.entry.date.text) == ("1884-01-01", "19 xbre 83")
    assert made.machine == entry


def test_a_stale_correction_is_refused(catalogue: Catalogue) -> None:
    (entry, *_) = understood(catalogue)
    corrected(catalogue, entry, "Durand")
    with pytest.raises(ConflictError):
        catalogue.entries.correct(entry.id, b.named(entry, "Dupont"), "Paul", 1)
    assert catalogue.entries.get(entry.id).entry.person.surname == "Durand"


def test_confirming_checks_and_a_second_person_double_checks(catalogue: Catalogue) -> None:
    (entry, *_) = understood(catalogue)
    states = []
    for who in ("Marie", "Marie", "Paul"):
        stored = catalogue.entries.get(entry.id)
        made = catalogue.entries.correct(entry.id, stored.entry, who, stored.version)
        states.append((made.entry.state, made.version))
    assert states == [(State.CHECKED, 2), (State.CHECKED, 2), (State.DOUBLE_CHECKED, 3)]


@pytest.mark.parametrize("surname", ["Durand", "Nom 1"])
def test_what_a_person_checked_is_never_replaced(catalogue: Catalogue, surname: str) -> None:
    found = understood(catalogue)
    corrected(catalogue, found[0], surname)
    assert keep(catalogue, found) == Replaced()  # the reading that was corrected is no news
    assert keep(catalogue, [b.named(found[0], "Autre"), *found[1:]]) == Replaced(proposed=1)
    stored = catalogue.entries.get(found[0].id)
    assert (stored.entry.person.surname, stored.version) == (surname, 2)
    assert stored.proposed is not None
    assert stored.proposed.person.surname == "Autre"
    assert keep(catalogue, found[1:]) == Replaced()  # nor is it retired
    assert keep(catalogue, [b.named(found[0], surname), *found[1:]]) == Replaced()
    assert catalogue.entries.get(found[0].id).proposed is None


def test_a_declined_proposal_is_not_offered_again(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    corrected(catalogue, found[0], "Durand")
    other = [b.named(found[0], "Autre"), *found[1:]]
    keep(catalogue, other)
    assert catalogue.entries.dismiss(found[0].id, 2).proposed is None
    assert keep(catalogue, other) == Replaced()


def test_what_is_offered_is_listed_by_register_and_counted(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    corrected(catalogue, found[1], "Durand")
    assert (list(catalogue.entries.proposed()), catalogue.entries.count_proposed(ID)) == ([], 0)
    keep(catalogue, [b.named(entry, "Autre") for entry in found])
    for listed in (catalogue.entries.proposed(), catalogue.entries.proposed(ID)):
        assert [stored.entry.id for stored in listed] == [found[1].id]
    assert catalogue.entries.count_proposed(ID) == 1
    assert (list(catalogue.entries.proposed("other")), catalogue.entries.count_proposed("other")) == ([], 0)


def test_only_what_was_seen_is_declined(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    corrected(catalogue, found[0], "Durand")
    keep(catalogue, [b.named(found[0], "Autre"), *found[1:]])
    with pytest.raises(ConflictError, match="anew"):
        catalogue.entries.dismiss(found[0].id, 2, b.named(found[0], "Seen"))
    assert catalogue.entries.get(found[0].id).proposed is not None
    assert catalogue.entries.dismiss(found[0].id, 2, b.named(found[0], "Autre")).proposed is None


def lower(entry: Entry) -> Entry:
    """The entry as a later reading finds it, in another section."""
    return replace(entry, section_id="other", source=replace(entry.source, row=9, quad=b.row_quad(300)))


def test_a_checked_entry_moves_with_its_row(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    before = corrected(catalogue, found[0], "Durand")
    assert keep(catalogue, [lower(found[0]), *found[1:]]) == Replaced(changed=1)
    assert surnames(catalogue) == ["Nom 2", "Nom 3", "Durand"]
    assert catalogue.entries.listed_names(ID)[-1].section_id == "other"
    after = catalogue.entries.get(found[0].id)
    assert after == replace(before, entry=lower(before.entry), sequence=after.sequence)
    assert [item.who for item in catalogue.entries.history(found[0].id)] == ["feuillet", "Marie"]
    (change,) = catalogue.entries.changed_since(before.sequence)
    assert (change.entry_id, change.stored) == (found[0].id, after)
    assert keep(catalogue, [lower(found[0]), *found[1:]]) == Replaced()
    assert list(catalogue.entries.changed_since(after.sequence)) == []


def test_that_a_row_moved_is_nobodys_look_at_it(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    catalogue.entries.correct(found[0].id, found[0], "Marie", 1)
    keep(catalogue, [lower(found[0]), *found[1:]])
    moved = catalogue.entries.get(found[0].id)
    again = catalogue.entries.correct(found[0].id, moved.entry, "Marie", moved.version)
    assert (again.entry.state, again.version) == (State.CHECKED, 2)
    by_another = catalogue.entries.correct(found[0].id, moved.entry, "Paul", moved.version)
    assert by_another.entry.state is State.DOUBLE_CHECKED


def test_a_correction_is_undone_where_its_row_moved_since(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    made = corrected(catalogue, found[0], "Durand")
    keep(catalogue, [lower(found[0]), *found[1:]])
    (undone,) = catalogue.entries.undo(made.change_id, "Marie")
    assert undone.entry == lower(found[0])
    (redone,) = catalogue.entries.undo(undone.change_id, "Marie")
    assert redone.entry == lower(made.entry)


def test_a_group_is_undone_though_its_rows_moved_since(catalogue: Catalogue) -> None:
    head, *rest = understood(catalogue)
    items = [Correction(b.named(head, "Durand"), 1)]
    items += [Correction(b.named(entry, "Durand"), 1, inherited=True) for entry in rest]
    made = catalogue.entries.correct_group(items, "Marie", Action.REFLOWED)
    keep(catalogue, [lower(head), *(lower(b.named(entry, "Durand")) for entry in rest)])
    assert [stored.who for stored in catalogue.entries.all()] == ["Marie"] * 3
    undone = catalogue.entries.undo(made[0].change_id, "Marie")
    assert [stored.entry for stored in undone] == [lower(entry) for entry in (head, *rest)]


def test_a_group_changes_as_one_and_is_undone_as_one(catalogue: Catalogue) -> None:
    head, *rest = understood(catalogue)
    group = [
        replace(entry, ditto=Ditto("d°", (head.id,)), person=replace(entry.person, surname="Nom 1"))
        for entry in rest
    ]
    keep(catalogue, [head, *group])
    versions = {stored.entry.id: stored.version for stored in catalogue.entries.all()}
    items = [Correction(b.named(head, "Durand"), versions[head.id])]
    items += [Correction(b.named(entry, "Durand"), versions[entry.id], inherited=True) for entry in group]
    made = catalogue.entries.correct_group(items, "Marie", Action.REFLOWED)
    assert surnames(catalogue) == ["Durand"] * 3
    assert [stored.entry.state for stored in made] == [State.CORRECTED, State.MACHINE, State.MACHINE]
    assert len({stored.change_id for stored in made}) == 1

    undone = catalogue.entries.undo(made[0].change_id, "Paul")
    assert [stored.entry for stored in catalogue.entries.all()] == [head, *group]
    assert catalogue.entries.get(head.id).machine is None
    catalogue.entries.undo(undone[0].change_id, "Paul")
    assert surnames(catalogue) == ["Durand"] * 3
    assert [item.action for item in catalogue.entries.history(head.id)] == [
        Action.UNDERSTOOD,
        Action.REFLOWED,
        Action.UNDONE,
        Action.UNDONE,
    ]


def test_a_group_with_one_stale_entry_changes_nothing(catalogue: Catalogue) -> None:
    first, second, _ = understood(catalogue)
    corrected(catalogue, second, "Durand")
    with pytest.raises(ConflictError):
        catalogue.entries.correct_group(
            [Correction(b.named(first, "X"), 1), Correction(b.named(second, "X"), 1)], "Paul"
        )
    assert surnames(catalogue) == ["Nom 1", "Durand", "Nom 3"]


def test_what_was_changed_since_is_not_undone(catalogue: Catalogue) -> None:
    (entry, *_) = understood(catalogue)
    first = corrected(catalogue, entry, "Durand")
    corrected(catalogue, entry, "Dupont")
    with pytest.raises(ConflictError):
        catalogue.entries.undo(first.change_id, "Marie")
    with pytest.raises(UsageError):
        catalogue.entries.undo(1, "Marie")
    with pytest.raises(NotFoundError):
        catalogue.entries.undo(999, "Marie")


def test_understanding_is_needed_when_what_it_depends_on_changes(catalogue: Catalogue) -> None:
    needs = catalogue.registers.needs_understanding
    assert needs(ID, "code 1")
    found = b.entries(catalogue.pages.save_reading(ID, b.reading("001.jpg"), "v"))
    catalogue.entries.replace(ID, [], found, catalogue.registers.fingerprint(ID, "code 1"))
    assert not needs(ID, "code 1")
    assert needs(ID, "code 2")
    catalogue.pages.save_reading(ID, b.reading("001.jpg"), "v2")  # the same was read
    catalogue.registers.upsert(b.REGISTER)
    assert not needs(ID, "code 1")
    for change in (
        lambda: corrected(catalogue, found[0], "Durand"),
        lambda: catalogue.pages.save_reading(ID, b.reading("001.jpg", (100, 140)), "v"),
        lambda: catalogue.registers.upsert(
            replace(b.REGISTER, settings=RegisterSettings(Description(commune="Lyon")))
        ),
    ):
        change()
        assert needs(ID, "code 1")
        catalogue.entries.replace(ID, [], found, catalogue.registers.fingerprint(ID, "code 1"))
        assert not needs(ID, "code 1")


def test_a_section_that_says_something_new_is_published_again(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    before = catalogue.entries.sequence()
    lyon = replace(b.SECTION, description=Description(commune="Lyon"))
    assert catalogue.entries.replace(ID, [lyon], found, "v") == Replaced()
    changes = list(catalogue.entries.changed_since(before))
    assert [change.entry_id for change in changes] == [entry.id for entry in found]
    assert all(change.stored and change.stored.version == 1 for change in changes)


def test_a_removed_register_leaves_marks_for_the_index(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    for _ in range(2):
        before = catalogue.entries.sequence()
        catalogue.registers.remove(ID)
        assert catalogue.registers.list() == ()
        gone = list(catalogue.entries.changed_since(before))
        assert [(item.entry_id, item.stored) for item in gone] == [(entry.id, None) for entry in found]
        catalogue.registers.upsert(b.REGISTER)
        understood(catalogue)
        latest = {item.entry_id: item.stored for item in catalogue.entries.changed_since(0)}
        assert all(latest[entry.id] is not None for entry in found)


def test_changes_are_read_in_batches(catalogue: Catalogue) -> None:
    found = b.entries(catalogue.pages.save_reading(ID, b.reading("a.jpg", range(0, 42000, 40)), "v"))
    keep(catalogue, found)
    numbers = [change.sequence for change in catalogue.entries.changed_since(0)]
    assert numbers == list(range(1, 1051))
    assert len(catalogue.entries.get_many([entry.id for entry in found])) == 1050


def test_two_registers_may_hold_one_scan(catalogue: Catalogue) -> None:
    other = replace(b.REGISTER, id="autre")
    catalogue.registers.upsert(other)
    mine = understood(catalogue)
    reading = catalogue.pages.save_reading(other.id, b.reading("001.jpg"), "v")
    catalogue.entries.replace(other.id, [], b.entries(reading, other.id), "v")
    page_id = mine[0].source.page_id
    assert len(catalogue.entries.of_page(page_id)) == 6
    assert {s.entry.source.register_id for s in catalogue.entries.of_page(page_id, other.id)} == {other.id}
    assert catalogue.pages.page(page_id, ID).register_id == ID
    assert [stored.entry.source.register_id for stored in catalogue.entries.all()] == [other.id] * 3 + [
        ID
    ] * 3


def test_registers_are_counted(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    flags = (Flag.ORDER_BREAK, Flag.LOW_CONFIDENCE)
    keep(catalogue, [replace(found[0], flags=flags), replace(found[1], flags=flags[:1]), found[2]])
    (summary,) = catalogue.registers.list()
    assert summary == catalogue.registers.summary(ID)
    assert (summary.register, summary.sections) == (b.REGISTER, (b.SECTION,))
    assert (summary.scans, summary.rows, summary.entries, summary.failures) == (1, 3, 3, 0)
    assert summary.flags == {Flag.ORDER_BREAK: 2, Flag.LOW_CONFIDENCE: 1}
    assert summary.doubtful == 2
    assert [stored.entry.id for stored in catalogue.entries.doubtful(ID)] == [found[0].id, found[1].id]
    corrected(catalogue, catalogue.entries.get(found[0].id).entry, "Durand")
    assert catalogue.registers.summary(ID).flags == {Flag.ORDER_BREAK: 1}
    assert [stored.entry.id for stored in catalogue.entries.doubtful(ID)] == [found[1].id]


def test_one_id_twice_is_a_bug(catalogue: Catalogue) -> None:
    found = understood(catalogue)
    with pytest.raises(ValueError, match="one id"):
        keep(catalogue, [found[0], found[0]])


def test_what_is_not_there_is_said(catalogue: Catalogue) -> None:
    entry = b.entries(ScanReading(b.scan("x"), b.reading("x").pages))[0]
    for ask in (
        lambda: catalogue.entries.get("nothing"),
        lambda: catalogue.entries.history("nothing"),
        lambda: catalogue.entries.correct(entry.id, entry, "Marie", 1),
        lambda: catalogue.entries.dismiss("nothing", 1),
        lambda: catalogue.entries.replace("nobody", [], [], "v"),
        lambda: catalogue.registers.get("nobody"),
        lambda: catalogue.registers.summary("nobody"),
        lambda: catalogue.registers.remove("nobody"),
        lambda: catalogue.registers.needs_understanding("nobody"),
    ):
        with pytest.raises(NotFoundError):
            ask()
