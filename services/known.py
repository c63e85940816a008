"""What was known of a scan when its handwriting was decoded, and whether the same is known now.

Handwriting is read with the period and the columns that are known of its section. Each reading of it keeps
a mark of them, so that a period that is put right later outdates just the readings that it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from registers.document import Page, ScanReading
from store.kept import ScanKey, ScanState

if TYPE_CHECKING:
    from registers.register import Register


_HANDWRITING = "handwriting"


def is_handwriting(page: Page) -> bool:
    """Whether a page as a whole was read as handwriting."""
    return page.engine.startswith(_HANDWRITING)


def known_of(register: Register, reading: ScanReading, position: int | None) -> str | None:
    """A mark of what is known of a scan's columns; None where nothing of it was read as handwriting, not even
    some columns of a page of print.

    `position` is the scan's rank among the register's scans, from 1, as the reader was told it.
    """
    if not any(_HANDWRITING in item.page.engine for item in reading.pages):
        return None
    from ner.knowledge import VolumeKnowledge

    return VolumeKnowledge(register, position).under(reading.banner).mark


def decoded_otherwise(
    register: Register, states: Mapping[ScanKey, ScanState], positions: Mapping[ScanKey, int]
) -> frozenset[ScanKey]:
    """The scans among those at `positions` whose handwriting was decoded under another period, or other
    columns, than are known now.

    Nothing is said of readings that keep no mark: of print, and of those older than marks.
    """
    kept = [(key, states[key]) for key in positions if key in states and states[key].known is not None]
    if not kept:
        return frozenset()
    from ner.knowledge import VolumeKnowledge

    return frozenset(
        key
        for key, state in kept
        if VolumeKnowledge(register, positions[key]).under(state.banner).mark != state.known
    )
