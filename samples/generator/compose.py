"""From acts to pages: which line stands where, what is written in its cells and what it means."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registers.document import PageClass
from samples.generator.acts import listed_acts
from samples.generator.model import Act, Column, Line, PagePlan, TableSpec, Truth
from samples.generator.names import sorting_key
from samples.generator.streams import stream
from samples.generator.writing import Writer

TITLE_LINES = 6  # rows that the title takes on a table's first page
_DITTO_AT_TOP = 0.03  # two of 158 half pages begin with a ditto; [documents.md, fact 2]
_OMITTED_HEADING = "OMIS"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A line to be written: an act, or a heading that stands alone."""

    act: Act | None = None
    heading: str = ""


def compose(table: TableSpec, *, seed: int, purpose: str, pages: int) -> list[PagePlan]:
    """A table of exactly `pages` pages that are full but for the headings, between the pages around it."""
    choices = stream(seed, purpose, "acts")
    slots: list[_Slot] = []
    if table.columns:
        slots = _lines_that_fit(table, pages * table.look.rows_per_page - TITLE_LINES, choices)
    count = sum(slot.act is not None for slot in slots)
    plans = [PagePlan(kind, table, total=count) for kind in table.first]
    plans += _written_pages(table, slots, stream(seed, purpose, "writing"), count)
    return plans + [PagePlan(kind, table, total=count) for kind in table.last]


def _lines_that_fit(table: TableSpec, room: int, choices: random.Random) -> list[_Slot]:
    """As many acts as the pages hold with their headings; an even number where each stands twice."""
    acts = listed_acts(table, room - room % 2 if table.both_spouses else room, choices)
    while len(slots := _slots(table, acts)) > room:
        del acts[len(acts) // 5]
    return slots


def _slots(table: TableSpec, acts: Sequence[Act]) -> list[_Slot]:
    slots: list[_Slot] = []
    letter = ""
    for act in acts:
        initial = sorting_key(act.person.surname)[0].upper()
        if act.omitted and letter != _OMITTED_HEADING:
            letter = _OMITTED_HEADING
            slots.append(_Slot(heading=letter))
        elif not act.omitted and table.habits.letter_heads and initial != letter:
            letter = initial
            slots.append(_Slot(heading=letter))
        slots.append(_Slot(act))
    return slots


def _written_pages(
    table: TableSpec, slots: Sequence[_Slot], choices: random.Random, total: int
) -> Iterator[PagePlan]:
    scribe = _Scribe(table, Writer.at_work(table.habits, choices), choices, _twins(slots))
    start = 0
    while start < len(slots):
        room = table.look.rows_per_page - (TITLE_LINES if start == 0 else 0)
        first = scribe.ordinal
        lines = scribe.page(slots[start : start + room])
        yield PagePlan(PageClass.TABLE, table, lines, first, start == 0, total)
        start += room


@dataclass(slots=True)
class _Scribe:
    """A writer in the middle of a table: `ordinal` rows are written, `above` is the last of them.

    `head` is the ordinal of the row that dittos refer to; `above` is None after a heading.
    """

    table: TableSpec
    writer: Writer
    choices: random.Random
    twins: dict[int, int]
    ordinal: int = 0
    head: int = 0
    above: Act | None = None

    def page(self, slots: Sequence[_Slot]) -> tuple[Line, ...]:
        lines = []
        top = True
        for slot in slots:
            if slot.act is None:
                lines.append(Line(heading=slot.heading))
                self.above = None
                continue
            lines.append(self._row(slot.act, top))
            top = False
        return tuple(lines)

    def _row(self, act: Act, top: bool) -> Line:
        ditto = self._is_ditto(act, top)
        before = None if top else self.above
        self.head = self.head if ditto else self.ordinal
        writer, surname = self.writer, act.person.surname
        surname_text = (writer.ditto_sign or "") if ditto else writer.surname(surname)
        given_text = _given_names(writer, act, before, self.choices)
        remark = writer.remark(act)
        date_text, calendar = writer.day(act.day, before.day if before else None, self.choices)
        cells = {
            Column.NUMBER: str(act.number or ""),
            Column.SURNAME: surname_text,
            Column.GIVEN_NAMES: f"{given_text} {remark}".strip(),
            Column.NAME: writer.in_one_cell(surname_text, given_text, remark, ditto=ditto),
            Column.SPOUSE: self._spouse(act),
            Column.DATE: date_text,
        }
        truth = Truth(
            kind=self.table.kind,
            surname=writer.surname_value(surname),
            given_names=" ".join(act.person.given_names),
            surname_text=surname_text,
            given_names_text=given_text,
            date_text=date_text,
            day=act.day,
            calendar=calendar,
            spouse_surname=writer.surname_value(act.spouse.surname) if act.spouse else "",
            spouse_given_names=" ".join(act.spouse.given_names) if act.spouse else "",
            act_number=cells[Column.NUMBER],
            remarks=remark,
            head=self.head if ditto else None,
            twin=self.twins.get(self.ordinal),
        )
        self.above = act
        self.ordinal += 1
        return Line({column: cells[column] for column in self.table.columns}, truth)

    def _is_ditto(self, act: Act, top: bool) -> bool:
        same = self.above is not None and self.above.person.surname == act.person.surname
        if self.writer.ditto_sign is None or not same:
            return False
        return not top or self.choices.random() < _DITTO_AT_TOP

    def _spouse(self, act: Act) -> str:
        if act.spouse is None:
            return ""
        given_names = self.writer.given_names(act.spouse, self.choices)
        return self.writer.in_one_cell(self.writer.surname(act.spouse.surname), given_names)


def _given_names(writer: Writer, act: Act, before: Act | None, choices: random.Random) -> str:
    """Given names as written; "Lucie id" where the last one is that of the row above, in the same place."""
    names = act.person.given_names
    above = before.person.given_names if before else ()
    if (
        len(names) == len(above) > 1
        and names[-1] == above[-1]
        and choices.random() < writer.habits.given_name_dittos
    ):
        return " ".join((*names[:-1], "id"))
    return writer.given_names(act.person, choices)


def _twins(slots: Sequence[_Slot]) -> dict[int, int]:
    """Ordinals of the two rows of one marriage, both ways, where a table lists both spouses."""
    by_number: dict[int, list[int]] = {}
    acts = [slot.act for slot in slots if slot.act is not None]
    for ordinal, act in enumerate(acts):
        if act.number is not None and act.spouse is not None:
            by_number.setdefault(act.number, []).append(ordinal)
    pairs = [rows for rows in by_number.values() if len(rows) == 2]
    return {a: b for first, second in pairs for a, b in ((first, second), (second, first))}
