"""Banners merged over the scans of a register: the vote of many readings, and what one scan says alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from lexicon.fold import fold
from ner.headings.parse import Heading
from registers.register import Description

_FIELDS = ("commune", "kinds", "series", "collection", "period", "cote", "permalink")
# A part of a volume is longer than this, a misread banner is not.
_RUN_OF_ITS_OWN = 3


@dataclass(frozen=True, slots=True)
class MergedBanners:
    """For each scan, in order, what its banner says after the vote; `conflicts` are what was outvoted."""

    descriptions: tuple[Description, ...]
    conflicts: tuple[tuple[str, ...], ...]


def merge_banners(headings: Sequence[Heading]) -> MergedBanners:
    """The banners of the scans in page order, gaps filled from neighbours and lone misreadings outvoted.

    A value that differs from the most frequent one stands for a part of the volume where it runs over
    several scans, is another kind, or is too unlike it to be its misreading.
    """
    descriptions = [Description()] * len(headings)
    conflicts: list[list[str]] = [[] for _ in headings]
    for field in _FIELDS:
        said = [getattr(heading.description, field) or None for heading in headings]
        for index, value in enumerate(_voted(field, said, conflicts)):
            if value is not None:
                descriptions[index] = replace(descriptions[index], **{field: value})
    return MergedBanners(tuple(descriptions), tuple(tuple(lines) for lines in conflicts))


def _voted(field: str, said: Sequence[Any], conflicts: list[list[str]]) -> list[Any]:
    present = [(index, value) for index, value in enumerate(said) if value is not None]
    if not present:
        return list(said)
    most_frequent = Counter(_key(value) for _, value in present).most_common(1)[0][0]
    usual = next(value for _, value in present if _key(value) == most_frequent)
    kept: list[Any] = [None] * len(said)
    for _, run in groupby(present, key=lambda item: _key(item[1])):
        members = list(run)
        value = members[0][1]
        misread = len(members) < _RUN_OF_ITS_OWN and _alike(field, value, usual)
        for index, _ in members:
            kept[index] = usual if misread else value
            if misread and _key(value) != most_frequent:
                conflicts[index].append(f"banner says {field} {_shown(value)}, most say {_shown(usual)}")
    return _filled(kept)


def _filled(values: Sequence[Any]) -> list[Any]:
    filled, last = list(values), next(value for value in values if value is not None)
    for index, value in enumerate(filled):
        last = last if value is None else value
        filled[index] = last
    return filled


def _alike(field: str, value: Any, usual: Any) -> bool:
    if field == "kinds":
        return bool(value == usual)
    if field == "commune":
        return fuzz.ratio(fold(value), fold(usual)) >= 70
    return Levenshtein.distance(str(value), str(usual), score_cutoff=2) <= 2


def _key(value: Any) -> Hashable:
    return fold(value) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
