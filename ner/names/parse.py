"""Written names -> PersonName: surname, particle, given names, spouse, remarks.

The way of a cell: specks off and digits put right (ner/names/words.py), remarks and other surnames set
apart (ner/names/remarks.py), surname and given names split (ner/names/split.py), given names expanded
(ner/names/given.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lexicon import given_names, surnames
from lexicon.capitals import ordinary_capitals
from ner.dates.grammar import read_date
from ner.names.given import GivenNames, read_given_names
from ner.names.remarks import NameParts, take_apart
from ner.names.split import NameSplit, split_name
from ner.names.words import cleaned, is_shouted, trimmed, without_digits
from registers.entry import Flag, PersonName, Remark
from registers.knowledge import Holds

_SURNAME = frozenset({Holds.SURNAME, Holds.SPOUSE_SURNAME})
_GIVEN = frozenset({Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES})
_AND = re.compile(r"\s+(?:et|&|avec|contre|[xX×])\s+")
_SAINT = re.compile(r"\b(St|Ste)\b\.?[\s-]+(?=[^\W\d])", re.IGNORECASE)
_SPACED_HYPHEN = re.compile(r"\s*-\s*")


@dataclass(frozen=True, slots=True)
class ParsedName:
    """What a name cell says.

    `remarks` is the part that is no name, as written; `overflow` a date that ran over into the cell.
    Flags: LOW_CONFIDENCE where surname and given names could be split otherwise, REPAIRED where digits
    were read as letters, CELL_OVERFLOW where the cell holds a date.
    """

    name: PersonName
    spouse: PersonName | None = None
    remarks: str = ""
    remark_kind: Remark | None = None
    flags: tuple[Flag, ...] = ()
    overflow: str = ""


def parse_name(text: str, *, holds: Holds) -> ParsedName:
    """The name in a cell that holds a surname, given names or both; never raises.

    A column of given names fills only `given_names` (and the remarks that stand there), a column of
    surnames only `surname`; `join_names` puts the two cells of a row together. Ditto signs are no
    names: resolve them first (ner/ditto.py).
    """
    plain = cleaned(text)
    if not plain:
        return ParsedName(PersonName(surname_text=text if holds in _SURNAME else ""))
    plain, repaired = without_digits(plain)
    parts = take_apart(plain, surname_first=holds not in _GIVEN)
    own_name, overflow = _without_date(parts.name)
    parts = replace(parts, name=own_name)
    flags = [Flag.REPAIRED] if repaired else []
    if overflow:
        flags.append(Flag.CELL_OVERFLOW)
    if holds in _SURNAME:
        name, spouse = _surname_only(text, parts), None
    elif holds in _GIVEN:
        name, spouse = _given_only(text, parts), None
    else:
        name, spouse, sure = _full(parts)
        if not sure:
            flags.append(Flag.LOW_CONFIDENCE)
    return ParsedName(name, spouse, parts.remarks, parts.remark_kind, tuple(flags), overflow)


def join_names(surname: ParsedName, given_names: ParsedName) -> ParsedName:
    """One person from the two cells of a row; remarks and flags of both."""
    first, second = surname.name, given_names.name
    name = PersonName(
        surname=first.surname,
        given_names=second.given_names or first.given_names,
        surname_text=first.surname_text,
        given_names_text=second.given_names_text or first.given_names_text,
        gender=first.gender or second.gender,
        cross_surnames=tuple(dict.fromkeys((*first.cross_surnames, *second.cross_surnames))),
        given_names_also=second.given_names_also or first.given_names_also,
        surname_alternatives=first.surname_alternatives,
    )
    kinds = [kind for kind in Remark if kind in (surname.remark_kind, given_names.remark_kind)]
    return ParsedName(
        name,
        surname.spouse or given_names.spouse,
        " ".join(part for part in (surname.remarks, given_names.remarks) if part),
        kinds[0] if kinds else None,
        tuple(dict.fromkeys((*surname.flags, *given_names.flags))),
        surname.overflow or given_names.overflow,
    )


def surname_value(written: str) -> str:
    """A surname in ordinary capitals, "St" in full, hyphens without spaces, an inverted particle in front."""
    bare = trimmed(written).rstrip(".")
    if "(" in bare or "," in bare:
        turned = split_name(bare)
        bare = turned.surname if not turned.given_names else bare.replace("(", "").replace(")", "")
    saint = _SAINT.sub(lambda m: f"{'Sainte' if m[1].lower() == 'ste' else 'Saint'}-", bare)
    return ordinary_capitals(_SPACED_HYPHEN.sub("-", saint).strip(" -'’,()[]"))


def _without_date(text: str) -> tuple[str, str]:
    """The text without a date that ran over into it, and that date as written."""
    if not any(c.isdigit() for c in text):
        return text, ""
    reading = read_date(text)
    if not isinstance(reading.day, int) or not reading.months or reading.repaired or not reading.used:
        return text, ""
    start, end = reading.used[0].start, reading.used[-1].end
    rest = trimmed(f"{text[:start]} {text[end:]}".strip())
    return (rest, text[start:end].strip()) if rest else (text, "")


def _surname_only(text: str, parts: NameParts) -> PersonName:
    surname = surname_value(parts.name)
    others = list(parts.other_surnames)
    if parts.maiden:
        others = [surname, *others] if surname else others
        surname = surname_value(parts.maiden)
    return PersonName(
        surname=surname,
        surname_text=text,
        gender=parts.gender,
        cross_surnames=_others(others, surname),
    )


def _given_only(text: str, parts: NameParts) -> PersonName:
    given = read_given_names(parts.name)
    others = [*([parts.maiden] if parts.maiden else []), *parts.other_surnames]
    return _with_given(PersonName(given_names_text=text, cross_surnames=_others(others, "")), given, parts)


def _full(parts: NameParts) -> tuple[PersonName, PersonName | None, bool]:
    text, spouse = _without_spouse(parts.name)
    split = split_name(text) if text else NameSplit("", "", sure=False)
    surname = surname_value(split.surname)
    others = list(parts.other_surnames)
    if parts.maiden:
        others = [surname, *others] if surname else others
        surname = surname_value(parts.maiden)
    elif not surname and others and not split.given_names:
        surname = others[0]
    name = PersonName(
        surname=surname,
        surname_text=split.surname or parts.maiden,
        given_names_text=split.given_names,
        cross_surnames=_others(others, surname),
    )
    return _with_given(name, read_given_names(split.given_names), parts), spouse, split.sure


def _with_given(name: PersonName, given: GivenNames, parts: NameParts) -> PersonName:
    return replace(
        name,
        given_names=given.value,
        given_names_also=(*given.also, *(read_given_names(called).value for called in parts.also_called)),
        gender=parts.gender or given.gender,
    )


def _others(others: list[str], surname: str) -> tuple[str, ...]:
    values = (surname_value(other) for other in others)
    return tuple(dict.fromkeys(value for value in values if value and value != surname))


def _without_spouse(text: str) -> tuple[str, PersonName | None]:
    """The person and the spouse of "Martin Jean et Durand Marie"; twins ("Jean et Pierre") are one text."""
    for found in _AND.finditer(text):
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        words = after.split()
        if len(words) < 2 or len(before.split()) < 2:
            continue
        if all(
            given_names.is_given_name(w) and not is_shouted(w) and not surnames.is_surname(w) for w in words
        ):
            continue
        split = split_name(after)
        given = read_given_names(split.given_names)
        spouse = PersonName(
            surname_value(split.surname), given.value, split.surname, split.given_names, given.gender
        )
        if spouse.surname:
            return before, spouse
    return text, None
