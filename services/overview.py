"""All registers with their counts, kept until the catalogue changes: every search asks for them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lexicon.fold import fold
from registers.document import PageOutcome
from registers.entry import Flag, Kind
from registers.errors import FeuilletError
from registers.query import RegisterCoverage
from registers.register import Section
from services.inventory import Holding, inventory_of
from store.catalogue import Catalogue
from store.kept import RegisterSummary

UNREAD = frozenset({PageOutcome.HANDWRITING, PageOutcome.FAILED, PageOutcome.SKIPPED})
_DOUBTFUL = (Flag.LOW_CONFIDENCE, Flag.UNREAD_CELL, Flag.ORDER_BREAK)
# What is known of no register: a register that an inventory calls read is not read here.
_NOT_IN_REGISTERS = frozenset({"not_digitized", "lost", "none_recorded"})
# While a batch is read, everything changes all the time: counting may take a tenth of the time at most.
_REST = 10.0
_OLDEST = 60.0
_QUICK = 0.2  # seconds that a search may wait for counting
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a part of a register, or of the inventory, holds: no kinds, place or years means any."""

    place: str
    kinds: tuple[Kind, ...]
    first: int | None
    last: int | None

    @classmethod
    def of(cls, section: Section) -> Scope:
        said = section.description
        first, last = (said.period.first.year, said.period.last.year) if said.period else (None, None)
        return cls(fold(said.commune or ""), said.kinds, first, last)


@dataclass(frozen=True, slots=True)
class Holdings:
    """The registers, what each covers, and the archive's inventory."""

    summaries: tuple[RegisterSummary, ...]
    covered: tuple[tuple[RegisterCoverage, tuple[Scope, ...]], ...]
    labels: Mapping[str, str]
    inventory: tuple[tuple[RegisterCoverage, Scope], ...]

    def sections_of(self, register_ids: Collection[str]) -> dict[tuple[str, str], Section]:
        """The sections of some registers, by register id and section id."""
        return {
            (summary.register.id, section.id): section
            for summary in self.summaries
            if summary.register.id in register_ids
            for section in summary.sections
        }


class Overview:
    """What `holdings` gives may be a second old, or, while a batch runs, ten times what counting takes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._kept: _Kept | None = None
        self._counting: threading.Thread | None = None

    def holdings(self) -> Holdings:
        """All registers, counted. Where that takes long, the ones from before while it is done."""
        with self._lock:
            kept = self._kept
            if kept is None or (kept.cost < _QUICK and self._is_old(kept)):
                kept = self._kept = self._count()
            elif self._counting is None and self._is_old(kept):
                self._counting = threading.Thread(target=self._count_aside, daemon=True)
                self._counting.start()
            return kept.holdings

    def _is_old(self, kept: _Kept) -> bool:
        age = time.monotonic() - kept.made
        if age < kept.cost * _REST:
            return False
        return age > _OLDEST or kept.stamp != self._catalogue.registers.stamp()

    def _count(self) -> _Kept:
        start = time.monotonic()
        stamp = self._catalogue.registers.stamp()
        holdings = _counted(self._catalogue)
        made = time.monotonic()
        return _Kept(holdings, stamp, made, made - start)

    def _count_aside(self) -> None:
        try:
            kept = self._count()
            with self._lock:
                self._kept = kept
        except FeuilletError as error:
            # The next search tries again; this one was answered with what there was.
            _log.warning("registers could not be counted: %s", error)
        finally:
            with self._lock:
                self._counting = None


@dataclass(frozen=True, slots=True)
class _Kept:
    holdings: Holdings
    stamp: str
    made: float
    cost: float


def _counted(catalogue: Catalogue) -> Holdings:
    summaries = catalogue.registers.list()
    return Holdings(
        summaries,
        tuple((_coverage(summary), tuple(map(Scope.of, summary.sections))) for summary in summaries),
        {summary.register.id: label_of(summary) for summary in summaries},
        tuple((_of_inventory(holding), _scope(holding)) for holding in inventory_of(catalogue)),
    )


def _coverage(summary: RegisterSummary) -> RegisterCoverage:
    unread = unread_of(summary)
    read = summary.pages.get(PageOutcome.READ, 0)
    pages = sum(summary.pages.values()) + summary.failures + summary.waiting
    said = [section.description for section in summary.sections]
    periods = [description.period for description in said if description.period]
    return RegisterCoverage(
        summary.register.id,
        _state(pages, unread, read) if summary.understood else "not_read",
        pages=pages,
        pages_read=read,
        rows_doubtful=sum(summary.flags.get(flag, 0) for flag in _DOUBTFUL),
        label=label_of(summary),
        unread=unread,
        kinds=tuple(dict.fromkeys(kind for description in said for kind in description.kinds)),
        first_year=min((period.first.year for period in periods), default=None),
        last_year=max((period.last.year for period in periods), default=None),
    )


def unread_of(summary: RegisterSummary) -> int:
    """Pages that hold or may hold writing which nobody has read: kept, failed, or still waiting."""
    kept = sum(summary.pages.get(outcome, 0) for outcome in UNREAD)
    return kept + summary.failures + summary.waiting


def _state(pages: int, unread: int, read: int) -> str:
    if pages and not unread:
        return "read"
    return "partly_read" if read else "not_read"


def _of_inventory(holding: Holding) -> RegisterCoverage:
    return RegisterCoverage(
        "",
        holding.state if holding.state in _NOT_IN_REGISTERS else "not_read",
        label=" · ".join(word for word in (holding.place, holding.cote) if word),
        kinds=(holding.kind,) if holding.kind else (),
        first_year=holding.first,
        last_year=holding.last,
    )


def _scope(holding: Holding) -> Scope:
    return Scope(fold(holding.place), (holding.kind,) if holding.kind else (), holding.first, holding.last)


def label_of(summary: RegisterSummary) -> str:
    """Place and cote of a register in a few words, its id where nothing is known."""
    said = (section.description for section in summary.sections)
    words = {text: None for description in said for text in (description.commune, description.cote) if text}
    return " · ".join(words) or summary.register.id
