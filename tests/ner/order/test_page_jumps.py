"""Pages photographed twice, missing, swapped."""

from __future__ import annotations

from itertools import chain

from ner.order.audit import audit
from ner.order.page_jumps import jumps
from registers.entry import Entry
from tests.ner.order.test_audit import entry, village


def pages(*names: list[str]) -> list[Entry]:
    rows = chain.from_iterable([(f"p{page}", name) for name in found] for page, found in enumerate(names, 1))
    return [entry(rank, name, page=page) for rank, (page, name) in enumerate(rows)]


def codes(rows: list[Entry]) -> list[tuple[str, str]]:
    return [(note.code, note.page_id) for note in jumps("s", audit(rows))]


def test_pages_in_turn_say_nothing() -> None:
    names = village(90, 31)
    assert codes(pages(names[:30], names[30:60], names[60:])) == []


def test_a_page_photographed_twice() -> None:
    names = village(90, 32)
    assert ("page_twice", "p3") in codes(pages(names[:30], names[30:60], names[30:60], names[60:]))


def test_letters_that_are_skipped_between_two_pages() -> None:
    names = village(400, 33)
    before = [name for name in names if name[0] < "E"]
    after = [name for name in names if name[0] >= "M"]
    assert codes(pages(before, after)) == [("letter_jump", "p2")]


def test_swapped_pages() -> None:
    names = village(120, 34)
    swapped = pages(names[:30], names[60:90], names[30:60], names[90:])
    found = codes(swapped)
    assert {code for code, _ in found} == {"letter_jump"}
    assert all(not row.flags for row in audit(swapped).entries)
