"""What a person has vouched for of handwritten cells, as texts that may stand there.

A transcription says what is written. An entry that was corrected or checked says what is meant: "Jean
Baptiste" may be written "Jn Bte", 1906-12-04 "4 Décembre 1906" or "4 xbre 06". Which of these forms it
is, the line itself tells (ocr/training/labels.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from lexicon import given_names
from lexicon.fold import fold
from ner.columns.layouts import lay_out
from ner.dates import parse_date
from ner.dates.forms import written_forms
from ner.names import parse_name
from ner.sections import Part, sections_of
from registers.dates import Period
from registers.document import Cell, Scan, ScanReading
from registers.entry import Entry, PersonName, entry_id
from registers.knowledge import Holds
from registers.register import Register
from services.known import is_handwriting

Written = tuple[str, str]
"""A text that may stand in a cell, and what of its shape is a habit of the hand."""

_JOINS = (" - ", " ", ", ")
_MOST_GIVEN = 150
_MOST_FORMS = 8
_BRE = 5  # letters of 10bre; no month in full that ends so is as short
_NEVER_CUT = ("mars", "mai", "juin", "août")
_SPOUSES = {
    Holds.SPOUSE_SURNAME: Holds.SURNAME,
    Holds.SPOUSE_GIVEN_NAMES: Holds.GIVEN_NAMES,
    Holds.SPOUSE_FULL_NAME: Holds.FULL_NAME,
}


@dataclass(frozen=True, slots=True)
class HandCell:
    """A cell of a table that was read as handwriting: whose row it is of, and what its column holds."""

    entry_id: str
    scan: Scan
    page_id: str
    cell: Cell
    holds: Holds
    header: str
    period: Period | None
    columns: tuple[str, ...] = ()


def hand_cells(register: Register, readings: Sequence[ScanReading]) -> Iterator[HandCell]:
    """The cells of a register's handwritten tables in the order of the volume."""
    plan = sections_of(register, readings)
    periods = {section.id: section.description.period for section in plan.sections}
    for laid in lay_out(plan):
        if is_handwriting(laid.part.page):
            yield from _cells(register.id, laid.part, laid.holds, periods.get(laid.part.section_id))


def _cells(register_id: str, part: Part, holds: Sequence[Holds], period: Period | None) -> Iterator[HandCell]:
    columns = zip(part.table.columns, holds, strict=True)
    named = {column.index: (column.header, held) for column, held in columns}
    scan, side = part.scan, part.page.side
    keys = {row.index: entry_id(register_id, scan.id, side, row.ordinal) for row in part.rows}
    for cell in part.table.cells:
        if cell.row in keys and cell.column in named:
            header, held = named[cell.column]
            yield HandCell(keys[cell.row], scan, part.page.id, cell, held, header, period, part.columns)


def forms_of(entry: Entry, hand: HandCell, said: Mapping[Holds, str]) -> tuple[Written, ...]:
    """Texts that may stand in a cell of an entry that a person vouched for, none where nobody can tell.

    `said` are transcriptions of the entry's cells, or of parts of them, by what they hold.
    """
    if hand.holds in said:
        return ((said[hand.holds], ""),) if said[hand.holds] else ()
    if hand.holds is Holds.DATE:
        return (*_dates(entry), *_as_read(hand, lambda text: _same_day(entry, text, hand.period)))
    if hand.holds is Holds.ACT_NUMBER:
        return ((entry.act_number, ""),) if entry.act_number else ()
    held = _SPOUSES.get(hand.holds, hand.holds)
    if held not in (Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME):
        return ()
    spouse = held is not hand.holds
    name = (entry.spouse or PersonName()) if spouse else entry.person
    parts = _Parts(name, {} if spouse else said, () if spouse or entry.ditto is None else (entry.ditto.sign,))
    remarks = () if spouse or not entry.remarks else (entry.remarks,)
    return (*parts.forms(held, remarks), *_as_read(hand, lambda text: parts.says(text, held)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name with what was transcribed of it, and the signs that may stand for its surname."""

    name: PersonName
    said: Mapping[Holds, str]
    signs: tuple[str, ...]

    def forms(self, held: Holds, remarks: Sequence[str]) -> Iterator[Written]:
        surnames, given = tuple(self._surnames()), tuple(self._given_names())
        if held is Holds.SURNAME:
            bodies = [(text, "") for text in surnames]
        elif held is Holds.GIVEN_NAMES:
            bodies = [*given]
        else:
            pairs = [(surname, text, short) for surname in surnames for text, short in given]
            bodies = [(_joined(a, join, b), join + short) for a, b, short in pairs for join in _JOINS]
            bodies += [(f"{a} ({b})", "()" + short) for a, b, short in pairs if a and b]
        for text, habit in dict.fromkeys(bodies):
            yield text, habit
            for remark in remarks:
                yield f"{text} {remark}", habit

    def says(self, text: str, held: Holds) -> bool:
        """Whether a text means this name, so that its own way of writing it may be the right one."""
        read = parse_name(text, holds=held).name
        same_given = held is Holds.SURNAME or fold(read.given_names) == fold(self.name.given_names)
        same_surname = held is Holds.GIVEN_NAMES or fold(read.surname) == fold(self.name.surname)
        return same_given and same_surname

    def _surnames(self) -> Iterator[str]:
        if Holds.SURNAME in self.said:
            yield self.said[Holds.SURNAME]
            return
        yield from self.signs
        surname = self.name.surname
        yield surname
        yield surname.upper()
        if fold(self.name.surname_text) == fold(surname):
            yield self.name.surname_text

    def _given_names(self) -> Iterator[Written]:
        """In full, and with words cut short: some hands never do that."""
        if Holds.GIVEN_NAMES in self.said:
            yield self.said[Holds.GIVEN_NAMES], ""
            return
        text = self.name.given_names
        words = [(word, *given_names.abbreviations(word)[:_MOST_FORMS]) for word in text.split()]
        for chosen in islice(product(*words), _MOST_GIVEN):
            written = " ".join(chosen)
            yield written, "" if written == text else "short"


def _joined(surname: str, join: str, given: str) -> str:
    return f"{surname}{join}{given}" if surname and given else surname or given


def _dates(entry: Entry) -> Iterator[Written]:
    day = entry.date.exact
    if day is None:
        return
    calendar = entry.date.calendar
    try:
        forms = written_forms(day, calendar=calendar)
    except ValueError:
        forms = written_forms(day)
    for text in forms:
        _, month, year = text.split(" ", 2)
        capital = month.lstrip("0123456789")[:1].isupper()
        yield text, f"date {capital} {_length(month)} {len(year)}"


def _length(month: str) -> str:
    """How a hand writes its months, as far as this one shows it: "mai" is the same in full and cut."""
    if month.endswith("."):
        return "short"
    if month.lower() in _NEVER_CUT:
        return ""
    return "bre" if len(month) <= _BRE and month.endswith("bre") else "full"


def _same_day(entry: Entry, text: str, period: Period | None) -> bool:
    read = parse_date(text, period=period)
    # Words that had to be put right are a reader's, not the hand's.
    return bool(read.date.iso) and not (read.remainder or read.flags) and read.date.iso == entry.date.iso


def _as_read(hand: HandCell, means_it: Callable[[str], bool]) -> Iterator[Written]:
    """What was read in the cell, where it means what the person says."""
    read = (hand.cell.text, hand.cell.raw_text, *(other.text for other in hand.cell.alternatives))
    for text in dict.fromkeys(read):
        if text and means_it(text):
            yield text, ""
