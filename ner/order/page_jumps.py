"""Pages out of turn: photographed twice, swapped, or missing between two letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from string import ascii_lowercase

from lexicon import surnames
from lexicon.fold import fold
from ner.notes import Note
from ner.order.audit import OrderAudit
from ner.order.keys import sort_key
from ner.order.regime import Regime
from registers.entry import Entry

_ENOUGH_ROWS = 5
_SAME_ROWS = 0.8
# So many rows would be expected under letters that are skipped.
_EXPECTED = 12.0
_SORTED = {Regime.FIRST_LETTER, Regime.FIRST_LETTER_DATE, Regime.STRICT, Regime.STRICT_DATE}


def jumps(section_id: str, audit: OrderAudit) -> tuple[Note, ...]:
    """What the pages of a section say of their order; at most one note for each page."""
    pages = [[*rows] for _, rows in groupby(audit.entries, key=lambda entry: entry.source.page_id)]
    notes = [*_twice(section_id, pages)]
    if audit.regime in _SORTED:
        notes += _misplaced(section_id, audit)
        notes += _skipped(section_id, pages, len(audit.entries))
    return tuple({note.page_id: note for note in reversed(notes)}.values())[::-1]


def _twice(section_id: str, pages: Sequence[Sequence[Entry]]) -> Iterator[Note]:
    for before, after in pairwise(pages):
        if len(after) >= _ENOUGH_ROWS and _likeness(before, after) >= _SAME_ROWS:
            yield _note("page_twice", "shows the same rows as the page before it", section_id, after[0])


def _likeness(one: Sequence[Entry], other: Sequence[Entry]) -> float:
    first, second = (
        Counter((fold(e.person.surname), fold(e.person.given_names), e.date.iso) for e in page)
        for page in (one, other)
    )
    return (first & second).total() / max(first.total(), second.total())


def _misplaced(section_id: str, audit: OrderAudit) -> Iterator[Note]:
    by_id = {entry.id: entry for entry in audit.entries}
    for entry_id in audit.jumps:
        text = f"from row {by_id[entry_id].source.row} on, the rows stand elsewhere in the alphabet"
        yield _note("letter_jump", text, section_id, by_id[entry_id])


def _skipped(section_id: str, pages: Sequence[Sequence[Entry]], count: int) -> Iterator[Note]:
    for before, after in pairwise(pages):
        last, first = _initial(before[-1]), _initial(after[0])
        skipped = [letter for letter in ascii_lowercase if last < letter < first] if last else []
        if sum(_initials()[letter] for letter in skipped) * count >= _EXPECTED:
            letters = "".join(skipped).upper()
            text = f"no name under {letters} before it: a page may be missing"
            yield _note("letter_jump", text, section_id, after[0])


def _note(code: str, text: str, section_id: str, entry: Entry) -> Note:
    return Note(code, f"{entry.source.image} {text}", section_id, entry.source.page_id)


def _initial(entry: Entry) -> str:
    return sort_key(entry.person.surname)[:1]


@cache
def _initials() -> dict[str, float]:
    """Share of people whose surname begins with each letter."""
    counts = Counter(dict.fromkeys(ascii_lowercase, 0))
    for name, births in surnames.most_common(20_000):
        counts[fold(name)[:1]] += births
    total = counts.total()
    return {letter: counts[letter] / total for letter in ascii_lowercase}
