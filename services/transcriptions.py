"""What people have transcribed of a register's rows, word for word: kept to learn its hand from.

Corrections keep what is meant; a transcription says "Jn Bte" where the entry says Jean Baptiste.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from registers.knowledge import Holds
from store import codec
from store.catalogue import Catalogue

Transcriptions = Mapping[str, Mapping[Holds, str]]
"""Entry ids -> what stands in the entry's cells, by what they hold; an empty text where nothing does."""


def transcriptions_of(catalogue: Catalogue, register_id: str) -> Transcriptions:
    """All that were imported for a register."""
    text = catalogue.values.get(_name(register_id))
    stored = json.loads(text) if text else {}
    return {
        entry_id: {Holds(held): written for held, written in cells.items()}
        for entry_id, cells in stored.items()
    }


def keep_transcriptions(catalogue: Catalogue, register_id: str, new: Transcriptions) -> None:
    """Add transcriptions to those of a register; the newer one of a cell stands."""
    if not new:
        return
    known = {entry_id: dict(cells) for entry_id, cells in transcriptions_of(catalogue, register_id).items()}
    for entry_id, cells in new.items():
        known.setdefault(entry_id, {}).update(cells)
    catalogue.values.set(_name(register_id), codec.json_text(known))


def forget_transcriptions(catalogue: Catalogue, register_id: str) -> None:
    """Forget all of a register, because it is removed."""
    if catalogue.values.get(_name(register_id)):
        catalogue.values.set(_name(register_id), "")


def _name(register_id: str) -> str:
    return f"transcriptions:{register_id}"
