"""Whoever watches a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _ignore_count(_count: int) -> None:
    return None


def _ignore_scan(_register_id: str, _failed: bool) -> None:
    return None


def _ignore_register(_register_id: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Watch:
    """Told the number of scans to read once (`planned`), of each scan that is done, with its register's id
    and whether it failed (`advance`), that the hand of a register is learnt, which takes a minute or two
    (`learning`), and how many scans are then to be read once more (`more`)."""

    planned: Callable[[int], None] = _ignore_count
    advance: Callable[[str, bool], None] = _ignore_scan
    more: Callable[[int], None] = _ignore_count
    learning: Callable[[str], None] = _ignore_register


NOBODY = Watch()
