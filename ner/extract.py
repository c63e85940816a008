"""The second stage: a register's tables -> its entries, as a pure function.

Columns, dates, dittos, order and totals need the neighbours and the whole section, so a register is
understood at once, and understood again whenever a heading, a correction or this code changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ner.acts import ActNumber, act_in_remark, act_number, kind_of_row
from ner.columns.layouts import lay_out
from ner.confidence import page_confidences, row_confidence, surname_confidence
from ner.dates.column import other_days, period_of_dates, read_dates
from ner.dates.parse import ParsedDate
from ner.links import link_twins
from ner.names.persons import SPOUSE, PersonReading, read_persons
from ner.names.second_opinion import with_second_opinions
from ner.notes import Note
from ner.order.audit import audit
from ner.order.by_date import OtherDate, with_dates_in_order
from ner.order.numbers import NumberReport, audit_numbers, with_repaired_numbers
from ner.order.page_jumps import jumps
from ner.order.suspects import with_likelier_surname
from ner.rows import RowClass, RowText, rows_of
from ner.sections import PagePlace, SectionPlan, sections_of
from registers.document import ScanReading
from registers.entry import Ditto, Entry, Flag, Kind, PersonName, Remark, Source, entry_id
from registers.knowledge import Holds
from registers.register import Register, Section

_ELSEWHERE = {Kind.TRANSCRIPTION, Kind.JUDGMENT}


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that is understood of a register; entries and places stand in the order of the volume."""

    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...] = ()
    numbers: tuple[NumberReport, ...] = ()
    places: tuple[PagePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What the cells of one row say."""

    person: PersonReading
    spouse: PersonName | None
    date: ParsedDate


@dataclass(frozen=True, slots=True)
class _Audited:
    """The entries of one section with what the auditors say of them."""

    entries: Sequence[Entry]
    numbers: tuple[NumberReport, ...]
    notes: tuple[Note, ...]


def understand(register: Register, readings: Sequence[ScanReading]) -> Understanding:
    """The sections and entries of a register; never raises on what a page holds."""
    plan = sections_of(register, readings)
    rows, notes = _person_rows(plan)
    sections: list[Section] = []
    entries: dict[str, Entry] = {}
    numbers: list[NumberReport] = []
    totals = dict(plan.totals)
    for planned in plan.sections:
        section = _with_period(planned, rows[planned.id])
        found = _section_entries(register, section, rows[planned.id], totals.get(planned.id))
        sections.append(section)
        numbers.extend(found.numbers)
        notes.extend(found.notes)
        entries.update((entry.id, entry) for entry in found.entries)
    in_order = [entries[key] for row in _in_order(plan, rows) if (key := _id_of(register, row)) in entries]
    return Understanding(
        tuple(sections), link_twins(in_order), (*plan.notes, *notes), tuple(numbers), plan.pages
    )


def _person_rows(plan: SectionPlan) -> tuple[dict[str, list[RowText]], list[Note]]:
    """The rows about persons by section; tables without names give none, and a note."""
    rows: dict[str, list[RowText]] = defaultdict(list)
    counted: Counter[str] = Counter()
    notes: list[Note] = []
    added = False
    for laid in lay_out(plan):
        part = laid.part
        if not laid.has_persons:
            text = f"{part.scan.image} has a table without names"
            notes.append(Note("no_names", text, part.section_id, part.page.id))
            continue
        for row_class, row in rows_of(part, laid.holds):
            if row_class in {RowClass.OMITTED, RowClass.LETTER}:
                added = row_class is RowClass.OMITTED
            if row_class is RowClass.PERSON:
                counted[part.page.id] += 1
                numbered = replace(row, number=counted[part.page.id], added=added)
                rows[part.section_id].append(numbered)
    return rows, notes


def _with_period(section: Section, rows: Sequence[RowText]) -> Section:
    if section.period is not None:
        return section
    period = period_of_dates(rows)
    if period is None:
        return section
    return replace(
        section,
        description=replace(section.description, period=period),
        conflicts=(*section.conflicts, f"no heading states the period; the dates span {period}"),
    )


def _section_entries(
    register: Register, section: Section, rows: Sequence[RowText], stated: int | None
) -> _Audited:
    persons = with_second_opinions(read_persons(rows))
    spouses = _spouses(rows, persons)
    dates = read_dates(rows, [person.overflow for person in persons], section.period)
    ids = [_id_of(register, row) for row in rows]
    entries = [
        _entry(register, section, row, _Read(reading, spouse, parsed), ids)
        for row, reading, spouse, parsed in zip(rows, persons, spouses, dates, strict=True)
    ]
    ordered = audit(
        entries,
        alternatives={key: person.alternatives for key, person in zip(ids, persons, strict=True)},
        beliefs={key: surname_confidence(row) for key, row in zip(ids, rows, strict=True)},
        added={key for key, row in zip(ids, rows, strict=True) if row.added},
    )
    dated = with_dates_in_order(
        ordered.entries,
        ordered.regime,
        _other_dates(rows, dates, ids, section),
        {key for key, row, parsed in zip(ids, rows, dates, strict=True) if row.added or parsed.ditto},
    )
    entries = with_repaired_numbers(dated) if ordered.by_number else list(dated)
    numbered = audit_numbers(section.id, entries, stated=stated, by_number=ordered.by_number)
    pages = page_confidences(rows)
    return _Audited(
        [
            _weighed(entry, row, numbered.flags.get(entry.id, ()), pages.get(row.part.page.id))
            for entry, row in zip(entries, rows, strict=True)
        ],
        numbered.reports,
        jumps(section.id, ordered),
    )


def _other_dates(
    rows: Sequence[RowText], dates: Sequence[ParsedDate], ids: Sequence[str], section: Section
) -> dict[str, list[OtherDate]]:
    """Other days that the reader offers; none for a date that a row below repeats by a sign."""
    repeated = [*(below.ditto for below in dates[1:]), False][: len(dates)]
    return {
        key: [OtherDate(*other) for other in other_days(row, parsed.date, section.period).items()]
        for key, row, parsed, kept in zip(ids, rows, dates, repeated, strict=True)
        if not kept
    }


def _spouses(rows: Sequence[RowText], persons: Sequence[PersonReading]) -> list[PersonName | None]:
    if not any(row.has(SPOUSE.surname, SPOUSE.given_names, SPOUSE.full_name) for row in rows):
        return [reading.spouse for reading in persons]
    return [
        with_likelier_surname(reading.name)
        if reading.name.surname or reading.name.given_names
        else person.spouse
        for reading, person in zip(read_persons(rows, SPOUSE), persons, strict=True)
    ]


def _entry(
    register: Register,
    section: Section,
    row: RowText,
    read: _Read,
    ids: Sequence[str],
) -> Entry:
    reading, spouse, parsed = read.person, read.spouse, read.date
    remarks = "; ".join(text for text in (reading.remarks, row.text(Holds.REMARKS)) if text)
    kind = kind_of_row(section.description.kinds, remarks, spouse=spouse is not None)
    number = act_number(row.text(Holds.ACT_NUMBER))
    if kind in _ELSEWHERE:
        elsewhere = act_in_remark(remarks)
        number = ActNumber(number.number or elsewhere.number, number.year or elsewhere.year)
    flags = [*reading.flags, *(parsed.flags if row.dated else ())]
    if kind in _ELSEWHERE:
        flags = [flag for flag in flags if flag is not Flag.DATE_OUTSIDE_PERIOD]
    return Entry(
        id=_id_of(register, row),
        section_id=section.id,
        kind=kind,
        person=reading.name,
        date=parsed.date,
        source=_source(register, row),
        spouse=spouse,
        act_number=number.number,
        act_year=number.year,
        remarks=remarks,
        remark_kind=reading.remark_kind or (Remark.OTHER if remarks else None),
        ditto=Ditto(reading.sign, tuple(ids[index] for index in reading.chain)) if reading.chain else None,
        flags=tuple(dict.fromkeys(flags)),
    )


def _source(register: Register, row: RowText) -> Source:
    part = row.part
    return Source(
        register_id=register.id,
        scan_id=part.scan.id,
        image=part.scan.image,
        page_id=part.page.id,
        side=part.page.side,
        row=row.number,
        quad=row.row.quad,
        view=part.view,
        engine=part.page.engine,
    )


def _weighed(entry: Entry, row: RowText, number_flags: Sequence[Flag], page: float | None) -> Entry:
    flags = tuple(dict.fromkeys((*entry.flags, *number_flags)))
    return replace(entry, flags=flags, confidence=row_confidence(row, flags, page))


def _id_of(register: Register, row: RowText) -> str:
    return entry_id(register.id, row.part.scan.id, row.part.page.side, row.rank)


def _in_order(plan: SectionPlan, rows: dict[str, list[RowText]]) -> list[RowText]:
    """Rows of all sections in the order of the volume."""
    pages = {place.page.id: rank for rank, place in enumerate(plan.pages)}
    return sorted(
        (row for members in rows.values() for row in members),
        key=lambda row: (pages[row.part.page.id], row.rank),
    )
