"""What there is to learn a register's hand from: cells that people vouched for, and all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lexicon.fold import fold
from registers.document import PageOutcome
from registers.entry import Entry, State
from registers.errors import EngineError, ScanError, UsageError
from registers.settings import Settings
from services.transcriptions import transcriptions_of
from services.vouched import HandCell, Written, forms_of, hand_cells
from store.catalogue import Catalogue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_ROWS = 30
_OTHERS = 1200  # cells of other rows that there is time to read anew
_BACK = 0.05  # share of steps that may lead back in a list that is in order


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: cells that people vouched for with forms of their texts, and others.

    `alphabetical`: the surnames that people vouched for, or where these are few all that were read, follow
    each other in the alphabet.
    """

    rows: int
    alphabetical: bool
    vouched: tuple[tuple[HandCell, tuple[Written, ...]], ...]
    others: tuple[HandCell, ...]


def material_of(catalogue: Catalogue, register_id: str, least: int = LEAST_ROWS) -> Material:
    """The register's handwritten cells, sorted by whether a person vouched for them.

    Raises UsageError where no page was read as handwriting or fewer than `least` rows were vouched for.
    """
    register = catalogue.registers.get(register_id)
    cells = tuple(hand_cells(register, catalogue.pages.readings(register_id)))
    if not cells:
        raise _without_handwriting(catalogue, register_id)
    said = transcriptions_of(catalogue, register_id)
    entries = {stored.entry.id: stored.entry for stored in catalogue.entries.of_register(register_id)}
    vouched, others = [], []
    for hand in cells:
        entry = entries.get(hand.entry_id)
        if entry is None or (entry.state is State.MACHINE and hand.entry_id not in said):
            others.append(hand)
            continue
        forms = forms_of(entry, hand, said.get(hand.entry_id, {}))
        if entry.state is State.MACHINE and hand.holds not in said[hand.entry_id]:
            others.append(hand)
        elif forms:
            vouched.append((hand, forms))
    rows = len({hand.entry_id for hand, _ in vouched})
    if rows < least:
        raise UsageError(
            f"{rows} handwritten rows of {register_id} were corrected, checked or transcribed; at least"
            f" {least} are needed, 50 to 200 are good",
            advice=f"feuillet transcribe export --register {register_id}, correct what it writes, feuillet"
            " transcribe import; --from-readings needs none",
        )
    vouching = [hand for hand, _ in vouched] if rows >= LEAST_ROWS else cells
    keys = [key for key in dict.fromkeys(hand.entry_id for hand in vouching) if key in entries]
    alphabetical = _alphabetical([entries[key] for key in keys])
    return Material(rows, alphabetical, tuple(vouched), tuple(others))


def _alphabetical(entries: Sequence[Entry]) -> bool:
    """Whether initials of rows below each other on a page hardly ever go back."""
    steps = back = 0
    for above, below in pairwise(entries):
        if above.source.page_id == below.source.page_id:
            first, second = fold(above.person.surname)[:1], fold(below.person.surname)[:1]
            steps, back = steps + 1, back + (second < first)
    return steps >= LEAST_ROWS / 2 and back <= _BACK * steps


def _without_handwriting(catalogue: Catalogue, register_id: str) -> UsageError:
    kept = catalogue.registers.summary(register_id).pages.get(PageOutcome.HANDWRITING, 0)
    if kept:
        return UsageError(
            f"no handwriting of {register_id} was read yet: {kept:,} of its pages are kept as images",
            advice="feuillet digitize PATH --engine handwriting --again unread reads them",
        )
    return UsageError(f"no page of {register_id} is handwriting: there is no hand to learn")


def cut(cells: Iterable[HandCell], settings: Settings) -> Iterator[tuple[HandCell, NDArray[np.uint8]]]:
    """The cells whose writing can be cut out, scan by scan; scans that are gone are passed over."""
    from ocr.cells import cut_lines

    by_scan: dict[str, list[HandCell]] = defaultdict(list)
    for cell in cells:
        by_scan[cell.scan.id].append(cell)
    for members in by_scan.values():
        try:
            lines = cut_lines(members[0].scan, [one.cell.quad for one in members], settings.read)
        except (ScanError, EngineError):
            continue
        for cell, pixels in zip(members, lines, strict=True):
            if pixels is not None:
                yield cell, pixels


def spread(cells: Sequence[HandCell], most: int = _OTHERS) -> Iterator[HandCell]:
    """Whole pages from all over the register, about `most` cells: as many as there is time to read."""
    by_page: dict[str, list[HandCell]] = defaultdict(list)
    for cell in cells:
        by_page[cell.page_id].append(cell)
    every = max(1, -(-len(cells) // most))
    for page_id in [*by_page][every // 2 :: every]:
        yield from by_page[page_id]
