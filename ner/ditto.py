"""Ditto signs: which marks stand for "as above", learnt per register, and the row that they come from.

Everything here works on plain sequences, so that a section's rows can be handed over in reading order
(left side, right side, next page) whatever tables they come from. `ner/extract.py` turns the indices
of `Resolved.chain` into entry ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registers.entry import Entry, Flag, PersonName


@dataclass(frozen=True, slots=True)
class DittoHabit:
    """What a hand uses for "as above": canonical signs (see `sign_of`), and whether blank means it.

    `look_alikes` are texts that only this register's position makes dittos ("n", "II").
    """

    signs: frozenset[str] = frozenset()
    blank_is_ditto: bool = False
    look_alikes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """One row's value: its own (`chain` empty) or taken from above.

    `chain` holds indices into the sequence that was given, from the row just above to the head.
    `sign` is what is written at the ditto ("" for a blank).
    """

    value: str
    sign: str = ""
    chain: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Reflow:
    """One entry that a corrected head changes."""

    entry_id: str
    before: PersonName
    after: PersonName


@dataclass(frozen=True, slots=True)
class ReflowPreview:
    """What changes when a head gets another name; `kept` are entries that a person has checked."""

    changes: tuple[Reflow, ...]
    kept: tuple[str, ...] = ()


def is_ditto(text: str) -> bool:
    """Whether a cell's text is a ditto sign and nothing else (a blank is not: see DittoHabit)."""
    return False


def sign_of(text: str) -> str:
    """The canonical sign (`d°`, `id`, `"`, `-`) of a text that is a ditto, else an empty string."""
    return ""


def learn_habit(columns: Sequence[Sequence[str]]) -> DittoHabit:
    """What this hand uses, from the surname cells of each page side, in reading order."""
    return DittoHabit()


def resolve_dittos(
    texts: Sequence[str], habit: DittoHabit, *, present: Sequence[bool] | None = None
) -> tuple[Resolved, ...]:
    """Each row's value with the chain to its head.

    `texts` are the cells of one column over a whole section, in reading order; `present` says which
    rows hold anything in their other cells (a wholly empty row is no ditto and breaks no chain).
    """
    return tuple(Resolved(text) for text in texts)


def resolve_given_names(texts: Sequence[str], habit: DittoHabit) -> tuple[Resolved, ...]:
    """The same for given names, where a sign may stand for one name only ("Lucie id")."""
    return tuple(Resolved(text) for text in texts)


def reflow(entries: Sequence[Entry], head_id: str, new_name: PersonName) -> ReflowPreview:
    """What changes when the entry `head_id` gets `new_name`: itself and all that took over its surname."""
    return ReflowPreview(())
