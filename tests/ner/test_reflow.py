from __future__ import annotations

from dataclasses import replace

from ner.reflow import reflow
from registers.dates import RegisterDate
from registers.document import Side
from registers.entry import Ditto, Entry, Kind, PersonName, Source, State
from registers.geometry import Box

HERE = Box(0, 0, 10, 10).to_quad()


def entry(name: str, surname: str, *chain: str, state: State = State.MACHINE) -> Entry:
    source = Source("r", "s", "s.jpg", "p", Side.LEFT, 1, HERE)
    person = PersonName(surname, "Jean", "" if chain else surname)
    ditto = Ditto("d°", chain) if chain else None
    return Entry(name, "section", Kind.BIRTH, person, RegisterDate(), source, ditto=ditto, state=state)


ROWS = (entry("a", "Martn"), entry("b", "Martn", "a"), entry("c", "Martn", "b", "a"), entry("d", "Petit"))
NEW = PersonName("Martin", "Jean", "Martin")


def test_the_group_takes_the_heads_new_surname() -> None:
    preview = reflow(ROWS, "a", NEW)
    assert [change.entry_id for change in preview.changes] == ["a", "b", "c"]
    assert [change.after.surname for change in preview.changes] == ["Martin"] * 3
    assert preview.changes[1].before == ROWS[1].person
    assert preview.changes[1].after.surname_text == ""
    assert preview.kept == ()


def test_the_rows_below_a_ditto_that_gets_a_name_of_its_own_follow_it() -> None:
    preview = reflow(ROWS, "b", NEW)
    assert [change.entry_id for change in preview.changes] == ["b", "c"]


def test_what_a_person_checked_stays() -> None:
    rows = (*ROWS[:2], replace(ROWS[2], state=State.CHECKED), ROWS[3])
    preview = reflow(rows, "a", NEW)
    assert [change.entry_id for change in preview.changes] == ["a", "b"]
    assert preview.kept == ("c",)


def test_rows_behind_one_that_a_person_renamed_stay() -> None:
    renamed = replace(ROWS[1], ditto=None, state=State.CORRECTED)
    preview = reflow((ROWS[0], renamed, ROWS[2]), "a", NEW)
    assert [change.entry_id for change in preview.changes] == ["a"]
    assert preview.kept == ("c",)


def test_an_unknown_head_changes_nothing() -> None:
    assert reflow(ROWS, "x", NEW).changes == ()
