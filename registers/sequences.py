"""Runs in a list of keys."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def longest_rise(keys: Sequence[str]) -> list[int]:
    """Indices of a longest subsequence whose keys never fall; in n log n."""
    tails: list[str] = []
    ends: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_right(tails, key)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        ends[place : place + 1] = [index]
    found = []
    last = ends[-1] if ends else -1
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]
