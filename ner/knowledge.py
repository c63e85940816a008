"""What is known of a page's columns before their text is read (registers.knowledge.Knowledge)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ner.date_forms import DateAcceptor, DateStyle
from ner.header_words import holds_of_header, stated_holds
from ner.name_forms import FullNameAcceptor, GivenNamesAcceptor, SurnameAcceptor
from registers.dates import Period
from registers.knowledge import Acceptor, Holds

_NUMBERS = (Holds.ACT_NUMBER, Holds.RANK)


@dataclass(frozen=True, slots=True)
class NumberAcceptor:
    """A column of numbers: none is likelier than another, so none is proposed."""

    holds: Holds

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()


class SectionKnowledge:
    """What the columns of one section may hold, by its period and by the headers above them.

    `columns` are the words of register.toml for the columns, left to right; they win over headers.
    `style` narrows how the hand writes dates, once other pages have shown it.
    """

    def __init__(
        self, period: Period | None, *, columns: Sequence[str] = (), style: DateStyle | None = None
    ) -> None:
        self.period = period
        self.columns = tuple(columns)
        self.style = style

    def of_column(self, index: int, header: str) -> Acceptor | None:
        """What the column may hold, or None where nothing is known."""
        stated = stated_holds(self.columns[index]) if index < len(self.columns) else None
        holds = stated or holds_of_header(header)
        if holds is Holds.DATE:
            return _dates(self.period, self.style) if self.period else None
        if holds in _NUMBERS:
            return NumberAcceptor(holds)
        return _names(holds) if holds else None


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
