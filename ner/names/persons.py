"""The persons of a section's rows: names parsed, dittos followed to their heads, remarks set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from lexicon import given_names
from ner.alternatives import best_score
from ner.columns.content import is_mark, only_given_names, stands_apart
from ner.ditto import (
    DittoHabit,
    Resolved,
    is_ditto,
    learn_habit,
    resolve_dittos,
    resolve_given_names,
    without_leading_sign,
)
from ner.names.parse import ParsedName, join_names, parse_name
from ner.names.repairs import repair_given_names
from ner.rows import RowText
from registers.document import Alternative
from registers.entry import Flag, PersonName, Remark
from registers.knowledge import Holds

_BRACKETED = re.compile(r"\(\s*([^()]*?)\s*(?:\)|$)")
_POINT_FOR_COMMA = re.compile(r"^([A-Z][A-Z'’\-]{2,})\s*\.\s*(?=[A-Z][a-zà-ÿ])")
_LOST_SIGN = '"'
_MOSTLY = 0.6
_ALTERNATIVES = 5
# From so many ditto signs on, a mere mark in the name's place is taken for another.
_QUOTING = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold one person: the row's, or the spouse's."""

    surname: Holds
    given_names: Holds
    full_name: Holds

    @property
    def of_surname(self) -> tuple[Holds, Holds]:
        return self.surname, self.full_name


PERSON = Columns(Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME)
SPOUSE = Columns(Holds.SPOUSE_SURNAME, Holds.SPOUSE_GIVEN_NAMES, Holds.SPOUSE_FULL_NAME)


@dataclass(frozen=True, slots=True)
class PersonReading:
    """One row's person; `chain` are indices of the rows above up to the head of its ditto.

    `overflow` is a date that ran over into the name's cell; `unsplit` is the text of a cell whose surname
    and given names the rules could not tell apart; `alternatives` are other surnames with the log
    probability that each lost against the best.
    """

    name: PersonName
    spouse: PersonName | None = None
    remarks: str = ""
    remark_kind: Remark | None = None
    sign: str = ""
    chain: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    unsplit: str = ""
    overflow: str = ""
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class _Split:
    """A row's name before dittos: the texts of surname and given names, and the parsed whole cell.

    `repeats`: one sign stands for the whole person above. `lost_sign`: the reader lost the ditto sign.
    """

    surname: str
    given_names: str
    whole: ParsedName | None = None
    repeats: bool = False
    lost_sign: bool = False


def read_persons(rows: Sequence[RowText], columns: Columns = PERSON) -> tuple[PersonReading, ...]:
    """The person of each row; `rows` are those of one section, in reading order."""
    quoting = sum(is_ditto(row.text(holds)) for row in rows for holds in columns.of_surname) >= _QUOTING
    splits = [_split(row, columns, quoting=quoting) for row in rows]
    habit = learn_habit(_by_side(rows, [split.surname for split in splits]))
    if habit.signs:
        splits = _with_lost_signs(rows, splits, columns)
    surnames = resolve_dittos(
        [_LOST_SIGN if split.lost_sign else _surname_slot(split, habit) for split in splits],
        habit,
        present=[bool(split.surname or split.given_names) for split in splits],
    )
    given = [*resolve_given_names([split.given_names for split in splits], habit)]
    for index, (split, surname) in enumerate(zip(splits, surnames, strict=True)):
        if split.repeats and surname.chain:
            given[index] = replace(given[surname.chain[0]], sign=surname.sign, chain=surname.chain, flags=())
    return tuple(
        _reading(row, split, surname, names, columns)
        for row, split, surname, names in zip(rows, splits, surnames, given, strict=True)
    )


def _with_lost_signs(rows: Sequence[RowText], splits: Sequence[_Split], columns: Columns) -> list[_Split]:
    """Rows of given names alone, in a hand that writes ditto signs: the reader lost theirs.

    In one column that is certain enough only where surnames stand apart from given names by a comma,
    a dash or capitals, and this cell has none of them.
    """
    texts = [row.text(columns.full_name) for row in rows]
    wholes = [
        text
        for text, split in zip(texts, splits, strict=True)
        if split.whole is not None and (stands_apart(text) or not only_given_names(text))
    ]
    apart = sum(stands_apart(text) for text in wholes) >= _MOSTLY * max(1, len(wholes))
    marked: list[_Split] = []
    for text, split in zip(texts, splits, strict=True):
        blank = split.whole is None and not split.surname and bool(split.given_names)
        bare = split.whole is not None and apart and not stands_apart(text) and only_given_names(text)
        if blank or bare:
            marked.append(_Split("", text if bare else split.given_names, lost_sign=True))
        else:
            marked.append(split)
    return marked


def _by_side(rows: Sequence[RowText], texts: Sequence[str]) -> list[list[str]]:
    pairs = zip((row.part.page.id for row in rows), texts, strict=True)
    return [[text for _, text in side] for _, side in groupby(pairs, key=lambda pair: pair[0])]


def _split(row: RowText, columns: Columns, *, quoting: bool) -> _Split:
    if columns.full_name not in row.texts:
        surname = row.text(columns.surname)
        marked = quoting and surname and is_mark(surname)
        return _Split('"' if marked else surname, row.text(columns.given_names))
    text = f"{row.text(columns.full_name)} {row.text(columns.given_names)}".strip()
    if not text:
        return _Split("", "")
    if is_ditto(text) or (quoting and is_mark(text)):
        return _Split('"', "", repeats=True)
    sign, rest = without_leading_sign(text)
    if sign or text.startswith("("):
        return _Split(sign, _BRACKETED.sub(r"\1", rest, count=1))
    whole = _parsed(_POINT_FOR_COMMA.sub(r"\1, ", text), Holds.FULL_NAME)
    return _Split(whole.name.surname_text or whole.name.surname, whole.name.given_names_text, whole)


def _surname_slot(split: _Split, habit: DittoHabit) -> str:
    """The text that stands for the surname; a blank row of a hand that leaves blanks is no ditto."""
    if split.whole is not None and not split.surname:
        # A foundling's given names fill the whole cell: nothing is repeated there.
        return split.given_names if habit.blank_is_ditto else ""
    return split.surname


def _reading(
    row: RowText, split: _Split, surname: Resolved, given: Resolved, columns: Columns
) -> PersonReading:
    inherited = bool(surname.chain)
    own = split.whole is not None and not inherited and not given.chain
    parsed = split.whole if own and split.whole else _put_together(split, surname, given)
    repaired = _repaired(parsed.name)
    blank = not split.surname and not split.given_names
    flags = [*parsed.flags, *surname.flags, *given.flags]
    if split.lost_sign:
        flags.append(Flag.LOW_CONFIDENCE)
    if repaired is not parsed.name:
        flags.append(Flag.REPAIRED)
    if blank or (not parsed.name.surname and not parsed.name.given_names):
        flags.append(Flag.UNREAD_CELL)
    others = () if inherited else _alternatives(row, parsed.name.surname, columns)
    return PersonReading(
        name=replace(repaired, surname_alternatives=tuple(other.text for other in others)),
        spouse=parsed.spouse,
        remarks=parsed.remarks,
        remark_kind=parsed.remark_kind,
        sign="" if split.lost_sign else surname.sign,
        chain=surname.chain,
        flags=tuple(dict.fromkeys(flags)),
        unsplit=row.text(columns.full_name) if own and _doubtful(parsed) else "",
        overflow=parsed.overflow,
        alternatives=others,
    )


def _put_together(split: _Split, surname: Resolved, given: Resolved) -> ParsedName:
    surname_parsed = _parsed(surname.value, Holds.SURNAME)
    given_parsed = _parsed(given.value, Holds.GIVEN_NAMES)
    joined = join_names(surname_parsed, given_parsed)
    written = replace(joined.name, surname_text=split.surname, given_names_text=split.given_names)
    if surname.chain:
        # The head's remarks and other names are the head's alone.
        own = given_parsed.name.cross_surnames
        return replace(given_parsed, name=replace(written, cross_surnames=own))
    return replace(joined, name=written)


def _repaired(name: PersonName) -> PersonName:
    repair = repair_given_names(name.given_names)
    if not repair.changed:
        return name
    gender = name.gender or given_names.gender(repair.value.split()[0])
    return replace(name, given_names=repair.value, gender=gender)


def _doubtful(parsed: ParsedName) -> bool:
    return Flag.LOW_CONFIDENCE in parsed.flags or not parsed.name.surname or not parsed.name.given_names


def _alternatives(row: RowText, surname: str, columns: Columns) -> tuple[Alternative, ...]:
    """Other surnames that the reader offers, each with what it lost against the best reading."""
    losses: dict[str, float] = {}
    for holds in columns.of_surname:
        for cell in row.cells.get(holds, ())[:1]:
            best = best_score(cell)
            as_holds = Holds.SURNAME if holds is columns.surname else Holds.FULL_NAME
            for alternative in cell.alternatives[: _ALTERNATIVES * 2]:
                other = _parsed(alternative.text, as_holds).name.surname
                if other and other != surname:
                    loss = min(0.0, alternative.score - best)
                    losses[other] = max(loss, losses.get(other, loss))
    ranked = sorted(losses.items(), key=lambda item: -item[1])
    return tuple(Alternative(text, loss) for text, loss in ranked[:_ALTERNATIVES])


@lru_cache(maxsize=65536)
def _parsed(text: str, holds: Holds) -> ParsedName:
    return parse_name(text, holds=holds) if text else ParsedName(PersonName())
