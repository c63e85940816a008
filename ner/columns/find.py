"""Which column holds what: the words above it, what its cells look like, what a person has said.

Tables of one layout are judged together, so that a page with a misread header or few rows is read like
its neighbours. The words for `columns` in register.toml are those of `ner/columns/header_words.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ner.columns.content import Content, content_of
from ner.columns.header_words import holds_of_header, stated_holds
from registers.document import Table
from registers.entry import Kind
from registers.knowledge import Holds
from registers.register import RegisterSettings, Section

_ROWS_PER_TABLE = 30
_TABLES_PER_LAYOUT = 12
_SAME_EDGE = 0.07
_NAME_ENOUGH = 0.5
_GOOD_DATES = 0.6
_WHOLE_TOKENS = 1.6  # words a cell on average where a surname and given names stand together
PERSON = (Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME)
SPOUSE = (Holds.SPOUSE_SURNAME, Holds.SPOUSE_GIVEN_NAMES, Holds.SPOUSE_FULL_NAME)
_DATES = (Holds.DATE, Holds.DAY, Holds.MONTH, Holds.YEAR)
_OF_COUPLES = {Kind.MARRIAGE, Kind.DIVORCE, Kind.PUBLICATION}
_AS_SPOUSE = dict(zip(PERSON, SPOUSE, strict=True))


@dataclass(frozen=True, slots=True)
class _Evidence:
    header: Holds | None
    content: Content


def assign(table: Table, section: Section, settings: RegisterSettings) -> tuple[Holds, ...]:
    """What each column of one table holds, left to right."""
    return assign_together((table,), section, settings.columns)


def assign_together(
    tables: Sequence[Table], section: Section, stated: Sequence[str] = ()
) -> tuple[Holds, ...]:
    """What each column of tables of one layout holds; all tables have the same number of columns.

    `stated` are a person's words for the columns; they hold wherever they are understood.
    """
    count = len(tables[0].columns)
    told = [stated_holds(word) for word in stated] if len(stated) == count else [None] * count
    if all(told):
        return tuple(holds for holds in told if holds)
    evidence = [_evidence(tables, index) for index in range(count)]
    decided = _decide(evidence, section.description.kinds)
    return tuple(said or found for said, found in zip(told, decided, strict=True))


def group_by_layout(tables: Sequence[Table]) -> tuple[tuple[int, ...], ...]:
    """Indices of the tables that share a layout: as many columns, at like places within the table."""
    groups: list[tuple[tuple[float, ...], list[int]]] = []
    for index, table in enumerate(tables):
        edges = _edges(table)
        for known, members in groups:
            if len(known) == len(edges) and _near(known, edges):
                members.append(index)
                break
        else:
            groups.append((edges, [index]))
    return tuple(tuple(members) for _, members in groups)


def looks_like_persons(content: Content, *, dated: bool) -> bool:
    """Whether the cells of a person column are names at all; noise and legends are not."""
    if content.filled == 0 or content.name < _NAME_ENOUGH:
        return False
    supported = content.given + content.full >= 0.25
    return supported or dated


def _near(known: Sequence[float], edges: Sequence[float]) -> bool:
    return all(abs(one - other) <= _SAME_EDGE for one, other in zip(known, edges, strict=True))


def _edges(table: Table) -> tuple[float, ...]:
    boxes = [column.quad.bounds for column in table.columns]
    if not boxes:
        return ()
    left, right = boxes[0].x, max(box.right for box in boxes)
    return tuple((box.x - left) / max(1, right - left) for box in boxes)


def _evidence(tables: Sequence[Table], index: int) -> _Evidence:
    headers = [holds for table in tables if (holds := holds_of_header(table.columns[index].header))]
    texts: list[str] = []
    for table in tables[:_TABLES_PER_LAYOUT]:
        texts.extend(column_texts(table, index)[:_ROWS_PER_TABLE])
    header = Counter(headers).most_common(1)[0][0] if headers else None
    return _Evidence(header, content_of(texts))


def column_texts(table: Table, index: int) -> list[str]:
    """One text for each row of a column, blank where there is no cell."""
    column = table.columns[index].index
    texts = {cell.row: cell.text for cell in table.cells if cell.column == column}
    return [texts.get(row.index, "") for row in table.rows]


def _decide(evidence: Sequence[_Evidence], kinds: Sequence[Kind]) -> list[Holds]:
    decided: list[Holds | None] = [None] * len(evidence)
    _decide_dates(evidence, decided)
    _decide_numbers(evidence, decided)
    _decide_names(evidence, decided, kinds)
    _decide_garbled_names(evidence, decided)
    for index, item in enumerate(evidence):
        if decided[index] is None:
            decided[index] = Holds.REMARKS if _is_remarks(index, item, decided) else Holds.OTHER
    return [holds or Holds.OTHER for holds in decided]


def _decide_dates(evidence: Sequence[_Evidence], decided: list[Holds | None]) -> None:
    scores = [
        item.content.date * (1 - item.content.number) + 0.35 * (item.header is Holds.DATE)
        for item in evidence
    ]
    best = max(range(len(evidence)), key=scores.__getitem__, default=None)
    if best is not None and scores[best] >= 0.4 and evidence[best].content.date >= 0.25:
        decided[best] = Holds.DATE
        return
    for index, item in enumerate(evidence):
        if item.header in _DATES and item.content.name < _NAME_ENOUGH:
            decided[index] = item.header
        elif item.content.month >= 0.5:
            decided[index] = Holds.MONTH
    for index, item in enumerate(evidence):
        if decided[index] is None and Holds.MONTH in decided:
            month = decided.index(Holds.MONTH)
            if item.content.year >= 0.6 and index > month:
                decided[index] = Holds.YEAR
            elif item.content.day >= 0.8 and index == month - 1:
                decided[index] = Holds.DAY


def _decide_numbers(evidence: Sequence[_Evidence], decided: list[Holds | None]) -> None:
    """One number is the act's; of two, the one that counts the lines is their rank."""
    numeric = [
        index
        for index, item in enumerate(evidence)
        if decided[index] is None and item.header is not Holds.OTHER and _is_number(item)
    ]
    for index in numeric:
        decided[index] = Holds.ACT_NUMBER
    if len(numeric) > 1:
        told = [index for index in numeric if evidence[index].header is Holds.ACT_NUMBER]
        ranked = max(
            numeric,
            key=lambda index: (evidence[index].header is Holds.RANK, evidence[index].content.counting),
        )
        for index in numeric:
            if index == ranked or (told and index not in told):
                decided[index] = Holds.RANK
        if Holds.ACT_NUMBER not in decided:
            decided[numeric[-1]] = Holds.ACT_NUMBER


def _decide_garbled_names(evidence: Sequence[_Evidence], decided: list[Holds | None]) -> None:
    """Beside a column of good dates stand names, even if the reader garbled them beyond recognition."""
    if Holds.DATE not in decided or any(holds in PERSON for holds in decided):
        return
    if evidence[decided.index(Holds.DATE)].content.date < _GOOD_DATES:
        return
    left = [i for i, item in enumerate(evidence) if decided[i] is None and item.header is not Holds.OTHER]
    wordy = max(left, key=lambda index: evidence[index].content.tokens, default=None)
    if wordy is not None and evidence[wordy].content.tokens >= 1:
        decided[wordy] = Holds.FULL_NAME


def _is_number(item: _Evidence) -> bool:
    told = item.header in {Holds.ACT_NUMBER, Holds.RANK}
    return item.content.number >= 0.6 or (told and item.content.name < _NAME_ENOUGH)


def _decide_names(evidence: Sequence[_Evidence], decided: list[Holds | None], kinds: Sequence[Kind]) -> None:
    names = [
        index
        for index, item in enumerate(evidence)
        if decided[index] is None and item.header not in {Holds.OTHER, Holds.REMARKS} and _may_be_name(item)
    ]
    persons = _persons(evidence, names)
    if any(person[0][1] is Holds.FULL_NAME for person in persons):
        persons = [person for person in persons if not _is_lone_surname(person, evidence)]
    spouses_told = any(evidence[index].header in SPOUSE for index in names)
    two_allowed = spouses_told or not kinds or bool(_OF_COUPLES & set(kinds))
    for rank, person in enumerate(persons):
        told_spouse = any(evidence[index].header in SPOUSE for index, _ in person)
        as_spouse = told_spouse or (rank == 1 and two_allowed and not spouses_told)
        for index, holds in person:
            if rank > 0 and not as_spouse:
                continue
            decided[index] = _AS_SPOUSE[holds] if as_spouse else holds


def _may_be_name(item: _Evidence) -> bool:
    told = item.header in PERSON or item.header in SPOUSE
    return item.content.name >= (0.2 if told else _NAME_ENOUGH) or (told and item.content.filled == 0)


def _persons(evidence: Sequence[_Evidence], names: Sequence[int]) -> list[list[tuple[int, Holds]]]:
    """Neighbouring name columns put together: a surname with the given names to its right, or all in one."""
    persons: list[list[tuple[int, Holds]]] = []
    for index in names:
        item = evidence[index]
        holds = _name_part(item)
        last = persons[-1] if persons else []
        beside = bool(last) and all(_is_gap(between) for between in evidence[last[-1][0] + 1 : index])
        open_surname = beside and last[0][1] is Holds.SURNAME
        same_person = (item.header in SPOUSE) == (bool(last) and evidence[last[0][0]].header in SPOUSE)
        open_name = beside and same_person
        given = holds is Holds.GIVEN_NAMES or (open_surname and _continues(item, evidence[last[0][0]]))
        if open_name and given and not _is_whole(last, item, evidence):
            last.append((index, Holds.GIVEN_NAMES))
        else:
            persons.append([(index, Holds.SURNAME if holds is Holds.GIVEN_NAMES else holds)])
    return [_completed(person, evidence) for person in persons]


def _is_gap(item: _Evidence) -> bool:
    """A column in which nothing is written, not even above it: white space that looked like one."""
    return item.header is None and item.content.filled == 0


def _is_whole(person: list[tuple[int, Holds]], item: _Evidence, evidence: Sequence[_Evidence]) -> bool:
    """Whether a person's column and the one beside it each hold whole names, whatever is read above them."""
    index, holds = person[0]
    whole = holds is Holds.FULL_NAME and evidence[index].content.tokens >= _WHOLE_TOKENS
    return whole and item.content.tokens >= _WHOLE_TOKENS and item.content.full >= _NAME_ENOUGH


def _continues(item: _Evidence, surname: _Evidence) -> bool:
    """Whether a column beside a surname is its given names although the lexicon does not say so."""
    untold = item.header is None and surname.header is None
    return untold and item.content.full < 0.5 and item.content.given > 0.2


def _name_part(item: _Evidence) -> Holds:
    header = PERSON[SPOUSE.index(item.header)] if item.header in SPOUSE else item.header
    if header is Holds.GIVEN_NAMES:
        return Holds.GIVEN_NAMES
    if header is Holds.SURNAME:
        return Holds.SURNAME
    content = item.content
    if header is Holds.FULL_NAME:
        return Holds.FULL_NAME
    best = max(content.full, content.given, content.surname)
    if best == content.full and content.tokens > 1.2:
        return Holds.FULL_NAME
    return Holds.GIVEN_NAMES if content.given > content.surname else Holds.SURNAME


def _is_lone_surname(person: list[tuple[int, Holds]], evidence: Sequence[_Evidence]) -> bool:
    """One word a cell beside whole names, and no header that calls it a name: initials, places, marks."""
    index, holds = person[0]
    return len(person) == 1 and holds is Holds.SURNAME and evidence[index].header is None


def _completed(person: list[tuple[int, Holds]], evidence: Sequence[_Evidence]) -> list[tuple[int, Holds]]:
    """A surname column without given names beside it whose cells hold both is a full name."""
    index, holds = person[0]
    content = evidence[index].content
    if len(person) == 1 and holds is Holds.SURNAME and content.tokens >= _WHOLE_TOKENS:
        return [(index, Holds.FULL_NAME)]
    return person


def _is_remarks(index: int, item: _Evidence, decided: Sequence[Holds | None]) -> bool:
    if item.header is Holds.REMARKS:
        return True
    last_name = max((i for i, holds in enumerate(decided) if holds in PERSON), default=len(decided))
    return item.header is None and index > last_name and 0 < item.content.filled <= 0.3 * item.content.rows
