"""The order of a register's scans: by view where known, else by natural file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from registers.document import Side

SIDE_RANK: Mapping[Side, int] = {Side.LEFT: 0, Side.SINGLE: 0, Side.RIGHT: 1}
NaturalKey = tuple[tuple[int, int, str], ...]
_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> NaturalKey:
    """Sorts `page 2` before `page 10`, whatever the case; ties are the caller's to break."""
    parts = _DIGITS.split(name.casefold())
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)


def ranks(images: Mapping[str, str], views: Mapping[str, int]) -> dict[str, int]:
    """The rank, from 0, of each scan of a register.

    `images` maps scan ids to the names that exports give (`name_p0003.pdf`), `views` those scan ids
    whose view is known to it. A scan whose view was not read follows the one before it by name.
    """
    by_name = sorted(images, key=lambda scan_id: (natural_key(images[scan_id]), images[scan_id], scan_id))
    placed, latest = [], -1
    for rank, scan_id in enumerate(by_name):
        known = views.get(scan_id)
        latest = latest if known is None else known
        placed.append((latest, known is None, rank, scan_id))
    return {scan_id: rank for rank, (*_, scan_id) in enumerate(sorted(placed))}


def first_views(pages: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """Each scan's view, from its pages' (scan id, view): the first that is known."""
    views: dict[str, int] = {}
    for scan_id, view in pages:
        if view is not None:
            views.setdefault(scan_id, view)
    return views
