"""The spaCy pipeline's word on cells whose surname and given names the rules could not tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lexicon.fold import fold
from ner.names.parse import ParsedName, parse_name
from ner.names.persons import PersonReading
from registers.entry import Flag, PersonName
from registers.knowledge import Holds


def with_second_opinions(readings: Sequence[PersonReading]) -> tuple[PersonReading, ...]:
    """The readings, the doubtful ones judged again.

    Where pipeline and rules agree the doubt is lifted; where they differ it stays as a flag, and the
    pipeline's surname among the alternatives; where the rules found no split, the pipeline's is taken.
    Raises MissingProgramError where a cell needs the pipeline and it is not installed.
    """
    doubtful = [index for index, reading in enumerate(readings) if reading.unsplit]
    if not doubtful:
        return tuple(readings)
    # spaCy takes a second to import; most registers never need it.
    from ner.model import split_lines
    from ner.spans import Label

    judged = list(readings)
    for index, spans in zip(doubtful, split_lines([readings[i].unsplit for i in doubtful]), strict=True):
        surname, given_names = spans.first(Label.SURNAME), spans.first(Label.GIVEN_NAMES)
        if surname and given_names:
            judged[index] = _judged(readings[index], _parsed(surname, given_names))
    return tuple(judged)


def _parsed(surname: str, given_names: str) -> PersonName:
    first: ParsedName = parse_name(surname, holds=Holds.SURNAME)
    second: ParsedName = parse_name(given_names, holds=Holds.GIVEN_NAMES)
    return replace(
        second.name, surname=first.name.surname, surname_text=surname, given_names_text=given_names
    )


def _judged(reading: PersonReading, other: PersonName) -> PersonReading:
    name = reading.name
    if not name.surname or not name.given_names:
        flags = tuple(dict.fromkeys((*reading.flags, Flag.LOW_CONFIDENCE)))
        return replace(reading, name=replace(other, cross_surnames=name.cross_surnames), flags=flags)
    if fold(name.surname) == fold(other.surname):
        return replace(
            reading, flags=tuple(flag for flag in reading.flags if flag is not Flag.LOW_CONFIDENCE)
        )
    others = tuple(dict.fromkeys((*name.surname_alternatives, other.surname)))
    return replace(reading, name=replace(name, surname_alternatives=others))
