"""Which order a section keeps: measured on its rows, misreadings tolerated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import median_low

from lexicon import surnames
from ner.order.keys import COLLATIONS, MODERN, Collation, longest_run, sort_key
from ner.order.numbers import plain_number
from registers.entry import Entry


class Regime(StrEnum):
    NONE = "none"
    FIRST_LETTER = "first_letter"
    FIRST_LETTER_DATE = "first_letter_date"
    STRICT = "strict"
    STRICT_DATE = "strict_date"
    BY_YEAR = "by_year"
    BY_NUMBER = "by_number"


# Shares of rows in the longest ordered run; a random order of 50 rows reaches .3.
_SORTED = 0.88
_SORTED_LETTERS = 0.93
_SORTED_NUMBERS = 0.93
_SORTED_YEARS = 0.97
# Shares of neighbours in order; a random order reaches .5.
_BY_DATE_IN_LETTER = 0.65
_BY_DATE_IN_NAME = 0.7
# A careful hand; one that sorts by the first letters only falls below at the next depth.
_CAREFUL = 0.975
_DEPTHS = (None, 5, 4, 3, 2, 1)
_ENOUGH_ROWS = 8
_ENOUGH_PAIRS = 8
_RESTART = 5
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Row:
    """What order compares of an entry; `own` is false where the surname was taken from above."""

    index: int
    surname: str
    given_names: str
    day: int | None
    year: int | None
    number: int | None
    own: bool

    @classmethod
    def of(cls, index: int, entry: Entry) -> Row:
        exact = entry.date.exact
        return cls(
            index=index,
            surname=entry.person.surname,
            given_names=entry.person.given_names,
            day=exact.toordinal() if exact else None,
            year=entry.date.year,
            number=plain_number(entry.act_number),
            own=entry.ditto is None and bool(entry.person.surname),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """The regime, and what is compared within a block: FIRST_LETTER, STRICT or NONE.

    `depth` is how many letters a strict hand really sorts by; None: all of them.
    """

    regime: Regime
    level: Regime = Regime.NONE
    collation: Collation = MODERN
    depth: int | None = None


def detect(rows: Sequence[Row]) -> Order:
    """The order of a section's rows; NONE where there are too few to tell."""
    own = [row for row in rows if row.own]
    if len(own) < _ENOUGH_ROWS:
        return Order(Regime.NONE)
    collation = _collation(own)
    return (
        _alphabetical(rows, [own], collation)
        or _by_acts(rows, own, collation)
        or _alphabetical(rows, restart_blocks(own), collation)
        or Order(Regime.NONE)
    )


def _alphabetical(rows: Sequence[Row], blocks: Sequence[Sequence[Row]], collation: Collation) -> Order | None:
    level = _level(blocks, collation)
    if level is Regime.STRICT:
        regime = Regime.STRICT_DATE if _by_date_in_name(rows) else Regime.STRICT
        return Order(regime, level, collation, _depth(blocks, collation))
    if level is Regime.FIRST_LETTER:
        dated = _share_in_order(rows, lambda row: sort_key(row.surname)[:1], lambda row: row.day)
        by_date = dated is not None and dated >= _BY_DATE_IN_LETTER
        return Order(Regime.FIRST_LETTER_DATE if by_date else Regime.FIRST_LETTER, level, collation)
    return None


def _by_acts(rows: Sequence[Row], own: Sequence[Row], collation: Collation) -> Order | None:
    """The order of the acts themselves: by number, or year by year."""
    if _by_number(rows):
        return Order(Regime.BY_NUMBER)
    years = _year_blocks(own)
    return Order(Regime.BY_YEAR, _level(years, collation), collation) if years is not None else None


def blocks_of(rows: Sequence[Row], order: Order) -> list[list[Row]]:
    """The rows in blocks that each keep the order from their first row on."""
    own = [row for row in rows if row.own]
    if order.regime is Regime.BY_YEAR:
        return _year_blocks(own) or [own]
    return [own] if order.level is Regime.NONE else restart_blocks(own)


def level_key(surname: str, level: Regime, collation: Collation) -> str:
    """The part of a surname that this order compares."""
    key = sort_key(surname, collation)
    return key[:1] if level is Regime.FIRST_LETTER else key if level is Regime.STRICT else ""


def restart_blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Cut where the alphabet begins again, as for a list of husbands after one of wives.

    A single misread initial is no restart: the middle letter of several rows on either side counts.
    """
    letters = [ord(sort_key(row.surname)[:1] or "a") for row in rows]
    cuts: list[int] = []
    for at in range(_WINDOW, len(rows) - _WINDOW + 1):
        drop = _drop(letters, at)
        if drop >= _RESTART and drop == max(_drop(letters, near) for near in _near(at, len(rows))):
            if cuts and at - cuts[-1] < _WINDOW:
                continue
            cuts.append(_sharpest(letters, at))
    edges = [0, *cuts, len(rows)]
    return [list(rows[first:last]) for first, last in pairwise(edges) if last > first]


def _drop(letters: Sequence[int], at: int) -> int:
    return median_low(letters[at - _WINDOW : at]) - median_low(letters[at : at + _WINDOW])


def _near(at: int, count: int) -> range:
    return range(max(_WINDOW, at - _WINDOW), min(count - _WINDOW, at + _WINDOW) + 1)


def _sharpest(letters: Sequence[int], at: int) -> int:
    """The row at which the letters fall most, near a cut."""
    places = range(max(1, at - 3), min(len(letters), at + 4))
    return max(places, key=lambda place: (letters[place - 1] - letters[place], -abs(place - at)))


def _depth(blocks: Sequence[Sequence[Row]], collation: Collation) -> int | None:
    """How deep this hand sorts, judged by names that are known, which are seldom misread."""
    known = [[row for row in block if surnames.is_surname(row.surname)] for block in blocks]
    count = sum(len(block) for block in known)
    for depth in _DEPTHS:
        kept = sum(len(longest_run([sort_key(r.surname, collation)[:depth] for r in b])) for b in known)
        if kept >= _CAREFUL * count:
            return depth
    return _DEPTHS[-1]


def _level(blocks: Sequence[Sequence[Row]], collation: Collation) -> Regime:
    count = sum(len(block) for block in blocks)
    strict = sum(len(longest_run([sort_key(r.surname, collation) for r in b])) for b in blocks)
    letters = sum(len(longest_run([sort_key(r.surname, collation)[:1] for r in b])) for b in blocks)
    # Blocks of two or three rows are in order by chance.
    if count < 3 * len(blocks) or not count:
        return Regime.NONE
    if strict >= _SORTED * count:
        return Regime.STRICT
    return Regime.FIRST_LETTER if letters >= _SORTED_LETTERS * count else Regime.NONE


def _collation(rows: Sequence[Row]) -> Collation:
    """The collation under which most rows are in order; the modern one where it makes no difference."""
    return max(COLLATIONS, key=lambda known: len(longest_run([sort_key(row.surname, known) for row in rows])))


def _by_number(rows: Sequence[Row]) -> bool:
    numbers = [(row.year or 0, row.number) for row in rows if row.number is not None]
    if len(numbers) < max(_ENOUGH_ROWS, 0.7 * len(rows)):
        return False
    runs: dict[int, list[int]] = defaultdict(list)
    for year, number in numbers:
        runs[year].append(number)
    kept = sum(len(longest_run([f"{number:06d}" for number in run])) for run in runs.values())
    return kept >= _SORTED_NUMBERS * len(numbers) and _years_ascend(rows)


def _years_ascend(rows: Sequence[Row]) -> bool:
    years = [f"{row.year:04d}" for row in rows if row.year is not None]
    return not years or len(longest_run(years)) >= _SORTED_YEARS * len(years)


def _year_blocks(rows: Sequence[Row]) -> list[list[Row]] | None:
    """One block for each year where the years follow each other, else None."""
    if not _years_ascend(rows) or len({row.year for row in rows if row.year is not None}) < 2:
        return None
    counts = Counter(row.year for row in rows)
    blocks: list[list[Row]] = []
    current: int | None = None
    for row in rows:
        stray = row.year is None or (current is not None and (row.year < current or counts[row.year] < 2))
        if blocks and (row.year == current or stray):
            blocks[-1].append(row)
        else:
            blocks.append([row])
            current = row.year
    return blocks if len(blocks) > 1 else None


def _by_date_in_name(rows: Sequence[Row]) -> bool:
    dated = _share_in_order(rows, lambda row: sort_key(row.surname), lambda row: row.day)
    if dated is None or dated < _BY_DATE_IN_NAME:
        return False
    named = _share_in_order(rows, lambda row: sort_key(row.surname), lambda row: sort_key(row.given_names))
    return named is None or dated > named


def _share_in_order(
    rows: Iterable[Row], group: Callable[[Row], str], value: Callable[[Row], str | int | None]
) -> float | None:
    """Share of neighbours of one group whose values do not fall; None with too few neighbours."""
    pairs = right = 0
    for _, members in groupby(rows, key=group):
        values = [found for row in members if (found := value(row)) not in {None, ""}]
        for before, after in pairwise(values):
            pairs += 1
            right += before <= after  # type: ignore[operator]
    return right / pairs if pairs >= _ENOUGH_PAIRS else None
