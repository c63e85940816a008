"""One description out of four: register.toml, banner, title, folder name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from lexicon.fold import fold
from ner.headings.parse import describe
from registers.dates import Period
from registers.entry import Kind
from registers.register import Description, Register, Series


@dataclass(frozen=True, slots=True)
class Layers:
    """What is said of a section, strongest first."""

    stated: Description
    banner: Description
    title: Description
    folder: Description


def folder_description(register: Register) -> Description:
    """What the names of a register's folders say, the innermost first."""
    return _named_so(register.id)


@lru_cache(maxsize=1000)
def _named_so(register_id: str) -> Description:
    return describe([*reversed(register_id.split("/"))]).description


def merged(layers: Layers) -> tuple[Description, tuple[str, ...]]:
    """The description that holds, and the conflicts between its layers in words."""
    known = layers.stated.over(layers.banner)
    conflicts = (*_conflicts("register.toml", layers.stated, "banner", layers.banner),)
    refined = replace(
        known,
        kinds=_narrower_kinds(known.kinds, layers.title.kinds),
        period=_narrower_period(known.period, layers.title.period),
    )
    conflicts += tuple(_conflicts("what is stronger", refined, "title", layers.title))
    description = refined.over(layers.title).over(layers.folder)
    return replace(description, series=description.series or _series_of(description.period)), conflicts


def _narrower_kinds(strong: tuple[Kind, ...], weak: tuple[Kind, ...]) -> tuple[Kind, ...]:
    return weak if weak and strong and set(weak) <= set(strong) else strong


def _narrower_period(strong: Period | None, weak: Period | None) -> Period | None:
    if strong and weak and strong.first <= weak.first and weak.last <= strong.last:
        return weak
    return strong


def _conflicts(stronger: str, strong: Description, weaker: str, weak: Description) -> Iterator[str]:
    if strong.kinds and weak.kinds and not set(strong.kinds) & set(weak.kinds):
        yield f"{stronger}: {', '.join(strong.kinds)}; {weaker}: {', '.join(weak.kinds)}"
    if strong.period and weak.period and not _within(strong.period, weak.period):
        yield f"{stronger}: {strong.period}; {weaker}: {weak.period}"
    if strong.commune and weak.commune and fuzz.partial_ratio(fold(strong.commune), fold(weak.commune)) < 80:
        yield f"{stronger}: {strong.commune}; {weaker}: {weak.commune}"
    if strong.cote and weak.cote and fold(strong.cote).replace(" ", "") != fold(weak.cote).replace(" ", ""):
        yield f"{stronger}: {strong.cote}; {weaker}: {weak.cote}"


def _within(one: Period, other: Period) -> bool:
    return (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )


def _series_of(period: Period | None) -> Series | None:
    """A single year is a yearly table's, ten years are a ten-year table's; else nothing is said."""
    if period is None:
        return None
    years = period.last.year - period.first.year + 1
    return Series.ANNUAL if years == 1 else Series.DECENNIAL if years in {10, 11} else None
