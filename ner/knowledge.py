"""What is known of a page's columns before their text is read (registers.knowledge.Knowledge).

`VolumeKnowledge` is what services hand over for a scan: what people and the folder's name say of its
register. Its banner narrows that down (`under`), a first reading of its dates once more (`after`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ner.columns.content import content_of
from ner.columns.header_words import holds_of_header, stated_holds
from ner.dates.forms import DateAcceptor, DateStyle, learn_style
from ner.headings import describe
from ner.headings.descriptions import Layers, folder_description, merged
from ner.names.forms import FullNameAcceptor, GivenNamesAcceptor, SurnameAcceptor
from registers.dates import Period
from registers.knowledge import Acceptor, Holds
from registers.register import Description, Register, SectionSettings

_NUMBERS = (Holds.ACT_NUMBER, Holds.RANK)
_YEAR = re.compile(r"\b1[7-9]\d\d\b")
_YEARS = 10
_WIDE = 20
"""A period of more years than this says little of one page: its own dates narrow it."""
_LEAST_DATED = 6
_HELD_SHARE = 0.34
_DATED = {Holds.DATE, Holds.DAY, Holds.MONTH, Holds.YEAR}
_NAMED = {Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME}
_SHOWN_DATES = 0.4  # share of cells that look like dates in a first reading without knowledge
_SHOWN_NAMES = 0.25


@dataclass(frozen=True, slots=True)
class NumberAcceptor:
    """A column of numbers: none is likelier than another, so none is proposed."""

    holds: Holds

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()


class SectionKnowledge:
    """What the columns of one section may hold, by its period and by the headers above them.

    `columns` are the words of register.toml for the columns, left to right; they win over headers.
    `style` narrows how the hand writes dates, `shown` says what columns without a header hold, once
    pages have shown it.
    """

    def __init__(
        self,
        period: Period | None,
        *,
        columns: Sequence[str] = (),
        style: DateStyle | None = None,
        shown: Mapping[int, Holds] | None = None,
    ) -> None:
        self.period = period
        self.columns = tuple(columns)
        self.style = style
        self._shown = dict(shown or {})

    @property
    def mark(self) -> str:
        """What tells this knowledge of a section from another, before its pages have shown anything."""
        return " | ".join((str(self.period or ""), *self.columns))

    def of_column(self, index: int, header: str) -> Acceptor | None:
        """What the column may hold, or None where nothing is known."""
        holds = self._holds(index, header)
        if holds is Holds.DATE:
            return _dates(self.period, self.style) if self.period else None
        if holds in _NUMBERS:
            return NumberAcceptor(holds)
        return _names(holds) if holds else None

    def after(self, columns: Sequence[tuple[str, Sequence[str]]]) -> SectionKnowledge:
        """The same with the style of the page's dates, and their period where none or a wide one is known;
        where no header tells which column holds dates or names, its cells do."""
        told = [self._holds(index, header) for index, (header, _) in enumerate(columns)]
        shown = self._shown | _shown_by([cells for _, cells in columns], told)
        texts = [
            text
            for index, (_, cells) in enumerate(columns)
            if (told[index] or shown.get(index)) is Holds.DATE
            for text in cells
        ]
        period = self.period
        if period is None or period.last.year - period.first.year >= _WIDE:
            period = _period_of_years(texts, period) or period
        style = self.style or learn_style(texts)
        return SectionKnowledge(period, columns=self.columns, style=style, shown=shown)

    def _holds(self, index: int, header: str) -> Holds | None:
        stated = stated_holds(self.columns[index]) if index < len(self.columns) else None
        return stated or holds_of_header(header) or self._shown.get(index)


class VolumeKnowledge(SectionKnowledge):
    """What is said of a register, and of one scan of it, before anything is read.

    `position` is the scan's rank among the register's scans, from 1: the best guess of its view. What
    register.toml and people say stands above the banner, that above the folder's name.
    """

    def __init__(self, register: Register, position: int | None = None) -> None:
        self._register = register
        self._position = position
        description, columns = self._described(position, Description())
        super().__init__(description.period, columns=columns)

    def under(self, banner: Sequence[str]) -> SectionKnowledge:
        """The same, once the lines of the scan's banner are read."""
        said = describe(banner)
        view = self._position if said.view is None else said.view
        description, columns = self._described(view, said.description)
        return SectionKnowledge(description.period, columns=columns)

    def _described(self, view: int | None, banner: Description) -> tuple[Description, tuple[str, ...]]:
        settings = self._register.settings
        found = settings.section_at(view) if view is not None else None
        section = found[1] if found else SectionSettings(Description())
        layers = Layers(
            stated=section.description.over(settings.description),
            banner=banner,
            title=Description(),
            folder=folder_description(self._register),
        )
        return merged(layers)[0], section.columns or settings.columns


def _shown_by(columns: Sequence[Sequence[str]], told: Sequence[Holds | None]) -> dict[int, Holds]:
    """The column of dates and that of names by what was read in them, each where no header told any."""
    found: dict[int, Holds] = {}
    untold = {index: content_of(columns[index]) for index, holds in enumerate(told) if holds is None}
    if untold and not set(told) & _DATED:
        best = max(untold, key=lambda index: untold[index].date)
        if untold[best].date >= _SHOWN_DATES:
            found[best] = Holds.DATE
            del untold[best]
    if untold and not set(told) & _NAMED:
        best = max(untold, key=lambda index: untold[index].full)
        if untold[best].full >= _SHOWN_NAMES:
            found[best] = Holds.FULL_NAME
    return found


def _period_of_years(texts: Iterable[str], within: Period | None = None) -> Period | None:
    """The ten years that most of the years read lie in: a misread digit or two don't move them.

    Tables begin in a year ...3 and end in a year ...2 unless the years say otherwise.
    """
    years = Counter(
        year
        for text in texts
        for year in map(int, _YEAR.findall(text))
        if within is None or within.first.year <= year <= within.last.year
    )

    def held(first: int) -> int:
        return sum(years[first + n] for n in range(_YEARS))

    if years.total() < _LEAST_DATED:
        return None
    best = max(range(min(years) - _YEARS, max(years) + 1), key=held)
    usual = max((year for year in range(best - _YEARS, best + _YEARS) if year % 10 == 3), key=held)
    first = usual if held(usual) >= 0.5 * held(best) else best
    if held(first) < _HELD_SHARE * years.total():
        return None
    found = Period(date(first, 1, 1), date(first + _YEARS - 1, 12, 31))
    if within is None:
        return found
    return Period(max(found.first, within.first), min(found.last, within.last))


@cache
def _dates(period: Period, style: DateStyle | None) -> DateAcceptor:
    return DateAcceptor(period, style)


@cache
def _names(holds: Holds) -> Acceptor | None:
    if holds in (Holds.SURNAME, Holds.SPOUSE_SURNAME):
        return SurnameAcceptor()
    if holds in (Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES):
        return GivenNamesAcceptor()
    if holds in (Holds.FULL_NAME, Holds.SPOUSE_FULL_NAME):
        return FullNameAcceptor()
    return None
