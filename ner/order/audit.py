"""The order auditor: which order a section keeps, which rows break it, and what they must have been.

Tables were written from the acts by copyists who sorted them, so order is a check that costs nothing:
a surname that cannot stand between its neighbours was almost always misread. What is compared depends
on the hand: first letters alone before about 1850, whole surnames later, numbers or years elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ner.order.keys import COLLATIONS, Collation, longest_run
from ner.order.regime import Order, Regime, Row, blocks_of, detect, level_key
from ner.order.suspects import DOUBTFUL, SURE, Original, Place, doubtful, known, neighbours_of, original_of
from registers.document import Alternative
from registers.entry import Entry, Flag

_JUMP_ROWS = 5
_OMITTED = 8
# Beside the best reading, another one counts as close within this many units of log probability.
_CLOSE = 3.0
# Standing outside the order is evidence of a misreading; so is a reader that was unsure.
_OUTSIDE = 20.0
_READER_UNSURE = 10.0
_UNSURE = 0.85


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which sort keys a row must stand; an empty key is an open end."""

    low: str
    high: str

    def holds(self, key: str) -> bool:
        return self.low <= key and (not self.high or key <= self.high)


@dataclass(frozen=True, slots=True)
class OrderAudit:
    """What the audit of one section found; `entries` are the given ones with flags and repairs.

    `intervals` are the legal places of rows that bear their own surname, by entry id. `jumps` are ids
    of the first rows of blocks that stand elsewhere than the alphabet has them: a page turned twice,
    or two pages swapped.
    """

    regime: Regime
    entries: tuple[Entry, ...]
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    jumps: tuple[str, ...] = ()

    @property
    def by_number(self) -> bool:
        return self.regime is Regime.BY_NUMBER


def audit(
    entries: Sequence[Entry],
    *,
    alternatives: Mapping[str, Sequence[Alternative]] | None = None,
    beliefs: Mapping[str, float] | None = None,
    added: Collection[str] = (),
) -> OrderAudit:
    """Audit the entries of one section, in reading order.

    `alternatives` are other readings of surnames with the log probability that each lost against the
    best, `beliefs` the reader's confidence in the surname, both by entry id. `added` are ids of entries
    below a heading like "omis": they stand outside the order on purpose.
    """
    rows = [Row.of(index, entry) for index, entry in enumerate(entries) if entry.id not in added]
    order = detect(rows)
    auditor = _Auditor(entries, alternatives or {}, beliefs or {})
    for block in blocks_of(rows, order):
        auditor.walk(block, order)
    return OrderAudit(order.regime, auditor.result(), auditor.intervals, tuple(auditor.jumps))


class _Auditor:
    """Collects flags, repairs and intervals block by block."""

    def __init__(
        self,
        entries: Sequence[Entry],
        alternatives: Mapping[str, Sequence[Alternative]],
        beliefs: Mapping[str, float],
    ) -> None:
        self.entries = entries
        self.alternatives = alternatives
        self.beliefs = beliefs
        self.flags: dict[int, Flag] = {}
        self.repairs: dict[int, str] = {}
        self.proposals: dict[int, str] = {}
        self.intervals: dict[str, Interval] = {}
        self.jumps: list[str] = []

    def walk(self, rows: Sequence[Row], order: Order) -> None:
        """Judge the rows of one block, each with its own surname."""
        keys = [level_key(row.surname, order.level, order.collation) for row in rows]
        beliefs = [self._belief(row) for row in rows]
        kept = longest_run(keys, beliefs)
        names = [row.surname for row in rows]
        intervals = _intervals(keys, kept)
        for row, interval in zip(rows, intervals, strict=True):
            self.intervals[self.entries[row.index].id] = interval
        fits = [_Fit(interval, order.level, order.collation) for interval in intervals]
        outside = set(self._misplaced(rows, keys, kept))
        careless = _beyond(keys, beliefs, order.depth)
        for position in outside:
            excused = position in careless and known(names[position])
            if not excused and not fits[position].elsewhere(names[position]):
                self._judge(rows[position], fits[position], neighbours_of(names, position))
        for position in doubtful(names):
            if position not in outside:
                self._doubt(rows[position], fits[position], neighbours_of(names, position))

    def result(self) -> tuple[Entry, ...]:
        """The entries with their flags and repairs; a repaired surname is also that of its dittos."""
        renamed = {self.entries[index].id: surname for index, surname in self.repairs.items()}
        changed: list[Entry] = []
        for index, entry in enumerate(self.entries):
            person, flags = entry.person, entry.flags
            surname = renamed.get(entry.ditto.head if entry.ditto else entry.id)
            if surname is not None:
                others = tuple(dict.fromkeys((person.surname, *person.surname_alternatives)))
                person = replace(person, surname=surname, surname_alternatives=others)
            elif index in self.proposals:
                others = tuple(dict.fromkeys((*person.surname_alternatives, self.proposals[index])))
                person = replace(person, surname_alternatives=others)
            if index in self.flags:
                flags = tuple(dict.fromkeys((*flags, self.flags[index])))
            same = person is entry.person and flags is entry.flags
            changed.append(entry if same else replace(entry, person=person, flags=flags))
        return tuple(changed)

    def _belief(self, row: Row) -> float:
        """How much a surname is to be believed against its neighbours: known names first."""
        listed = 0.5 if known(row.surname) else 0.0
        return 1.0 + listed + self.beliefs.get(self.entries[row.index].id, 0.5)

    def _misplaced(self, rows: Sequence[Row], keys: Sequence[str], kept: Sequence[int]) -> Iterator[int]:
        """Positions outside the order, but for blocks that stand elsewhere and rows added at an end."""
        inside = set(kept)
        for out, run in groupby(range(len(keys)), key=lambda position: position not in inside):
            positions = list(run)
            if not out:
                continue
            if _is_jump(keys, positions):
                self.jumps.append(self.entries[rows[positions[0]].index].id)
            elif not _is_addition(keys, positions):
                yield from positions

    def _judge(self, row: Row, fits: _Fit, neighbours: Mapping[str, str]) -> None:
        entry = self.entries[row.index]
        for other in self.alternatives.get(entry.id, ()):
            if other.score >= -_CLOSE and fits(other.text) and known(other.text):
                self._repair(row, other.text)
                return
        found = fits.original(row.surname, neighbours)
        if found is not None and found.odds * self._doubt_of(row) * _OUTSIDE >= SURE:
            self._repair(row, found.surname)
            return
        self.flags[row.index] = Flag.ORDER_BREAK
        if found is not None and found.odds >= DOUBTFUL:
            self.proposals[row.index] = found.surname

    def _doubt(self, row: Row, fits: _Fit, neighbours: Mapping[str, str]) -> None:
        found = fits.original(row.surname, neighbours)
        if found is None or found.odds < DOUBTFUL:
            return
        if found.odds * self._doubt_of(row) >= SURE:
            self._repair(row, found.surname)
        else:
            self.flags[row.index] = Flag.LOW_CONFIDENCE
            self.proposals[row.index] = found.surname

    def _doubt_of(self, row: Row) -> float:
        return _READER_UNSURE if self.beliefs.get(self.entries[row.index].id, 1.0) < _UNSURE else 1.0

    def _repair(self, row: Row, surname: str) -> None:
        self.repairs[row.index] = surname
        self.flags[row.index] = Flag.REPAIRED


@dataclass(frozen=True, slots=True)
class _Fit:
    """Whether a surname would stand rightly in an interval."""

    interval: Interval
    level: Regime
    collation: Collation

    def __call__(self, surname: str) -> bool:
        return self.interval.holds(level_key(surname, self.level, self.collation))

    def elsewhere(self, surname: str) -> bool:
        """Whether a surname with a particle stands rightly under another of its words."""
        keys = {level_key(surname, self.level, other) for other in COLLATIONS}
        return len(keys) > 1 and any(self.interval.holds(key) for key in keys)

    def original(self, surname: str, neighbours: Mapping[str, str]) -> Original | None:
        """The name one misreading away that would stand rightly, if there is one."""
        high = self.interval.high + "~" if self.level is Regime.FIRST_LETTER else self.interval.high
        return original_of(surname, Place(self.interval.low, high, neighbours, self.collation))


def _intervals(keys: Sequence[str], kept: Sequence[int]) -> list[Interval]:
    inside = set(kept)
    lows: list[str] = []
    low = ""
    for position, key in enumerate(keys):
        lows.append(low)
        low = key if position in inside else low
    intervals: list[Interval] = []
    high = ""
    for position in range(len(keys) - 1, -1, -1):
        intervals.append(Interval(lows[position], high))
        high = keys[position] if position in inside else high
    return intervals[::-1]


def _beyond(keys: Sequence[str], beliefs: Sequence[float], depth: int | None) -> set[int]:
    """Positions that keep the order of the first `depth` letters; none where all letters count."""
    return set(longest_run([key[:depth] for key in keys], beliefs)) if depth is not None else set()


def _is_jump(keys: Sequence[str], positions: Sequence[int]) -> bool:
    """A block of its own order that stands elsewhere: pages swapped or turned twice."""
    if len(positions) < _JUMP_ROWS:
        return False
    block = [keys[position] for position in positions]
    return len(longest_run(block)) >= 0.8 * len(block)


def _is_addition(keys: Sequence[str], positions: Sequence[int]) -> bool:
    """Rows added at the end of a letter or of the table ("omis"): several, in order among themselves."""
    block = [keys[position] for position in positions]
    after = positions[-1] + 1
    if not 2 <= len(block) <= _OMITTED:
        return False
    if after >= len(keys):
        return True
    if block != sorted(block):
        return False
    one_letter = {key[:1] for key in block} == {keys[positions[0] - 1][:1]} if positions[0] else False
    return one_letter and keys[after][:1] != block[-1][:1]
