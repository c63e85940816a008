"""The tables of a register by layout: what their columns hold, and whether they hold persons at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ner.columns.content import Content, content_of
from ner.columns.find import assign_together, column_texts, group_by_layout, looks_like_persons
from ner.dates.parse import looks_like_date
from ner.sections import Part, SectionPlan
from registers.document import Table
from registers.knowledge import Holds
from registers.register import Section

_PERSON_COLUMNS = (Holds.FULL_NAME, Holds.SURNAME, Holds.GIVEN_NAMES)
_KEYS = {Holds.DATE, Holds.MONTH, Holds.ACT_NUMBER}
_ENOUGH_OWN = 3
_LIKE_A_DATE = 0.6
_GOOD_DATES = 0.5


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A part with what its columns hold; noise and legends hold no persons."""

    part: Part
    holds: tuple[Holds, ...]
    has_persons: bool


def lay_out(plan: SectionPlan) -> tuple[LaidOut, ...]:
    """Every part with rows, in the order of the volume."""
    found: dict[int, LaidOut] = {}
    for section in plan.sections:
        indices = [i for i, part in enumerate(plan.parts) if part.section_id == section.id and part.rows]
        for group in group_by_layout([plan.parts[index].table for index in indices]):
            members = [indices[member] for member in group]
            parts = [plan.parts[index] for index in members]
            found.update(zip(members, _one_layout(parts, section), strict=True))
    return tuple(found[index] for index in sorted(found))


def _one_layout(parts: Sequence[Part], section: Section) -> list[LaidOut]:
    tables = [part.table for part in parts]
    holds = assign_together(tables, section, parts[0].columns)
    if _well_dated(tables, holds):
        return [LaidOut(part, holds, has_persons=True) for part in parts]
    dated = bool(_KEYS & set(holds))
    usual = _has_persons(tables, holds, dated=dated)
    return [
        LaidOut(
            part,
            holds,
            usual if _is_bare(part.table, holds) else _has_persons([part.table], holds, dated=dated),
        )
        for part in parts
    ]


def _well_dated(tables: Sequence[Table], holds: Sequence[Holds]) -> bool:
    """Whether row after row bears a date beside a name's column: no legend or noise looks like that."""
    if Holds.DATE not in holds or not set(_PERSON_COLUMNS) & set(holds):
        return False
    texts = [text for table in tables for text in column_texts(table, holds.index(Holds.DATE)) if text]
    good = sum(looks_like_date(text) >= _LIKE_A_DATE for text in texts)
    return good >= _ENOUGH_OWN and good >= _GOOD_DATES * sum(len(table.rows) for table in tables)


def _has_persons(tables: Sequence[Table], holds: Sequence[Holds], *, dated: bool) -> bool:
    return any(looks_like_persons(content, dated=dated) for content in _contents(tables, holds))


def _is_bare(table: Table, holds: Sequence[Holds]) -> bool:
    """Whether a table has hardly a name of its own to judge by: all dittos, or very short."""
    return all(content.filled < _ENOUGH_OWN for content in _contents([table], holds))


def _contents(tables: Sequence[Table], holds: Sequence[Holds]) -> list[Content]:
    return [
        content_of([text for table in tables for text in column_texts(table, holds.index(column))])
        for column in _PERSON_COLUMNS
        if column in holds
    ]
