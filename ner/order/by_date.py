"""Dates of a list that is in the order of its dates: weighed together, as its surnames are.

Within one surname, or within one letter, most tables go on from act to act, so that a year that the
reader was unsure of is often told by the rows around it. Each row's readings weigh what its cell says, each
step from row to row whether the list goes on or back (a chain solved by the forward-backward algorithm;
Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 1989).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import exp, inf, lgamma, log

from ner.order.keys import sort_key
from ner.order.regime import Regime
from registers.dates import RegisterDate
from registers.entry import Entry, Flag, Kind

_BACK = 0.05
"""How often a list by date goes back a step."""
_SURE = 0.6
_ELSEWHERE = {Kind.TRANSCRIPTION, Kind.JUDGMENT}
_SETTLED = {Flag.DATE_AMBIGUOUS, Flag.DATE_OUTSIDE_PERIOD}
_GROUPS: Mapping[Regime, Callable[[Entry], str]] = {
    Regime.STRICT_DATE: lambda entry: sort_key(entry.person.surname),
    Regime.FIRST_LETTER_DATE: lambda entry: sort_key(entry.person.surname)[:1],
    Regime.BY_NUMBER: lambda _: "",
}


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A day that a reader offers for a cell, with the log probability that it lost against the best."""

    date: RegisterDate
    loss: float


def with_dates_in_order(
    entries: Sequence[Entry],
    regime: Regime,
    others: Mapping[str, Sequence[OtherDate]],
    apart: Collection[str] = (),
) -> tuple[Entry, ...]:
    """The entries of one section, those of another date that their neighbours make likelier flagged as
    repaired; as they are where the section is not in the order of its dates.

    `apart` are ids of entries that say nothing of the order: added later, or dated by a sign for "as above".
    """
    group = _GROUPS.get(regime)
    if group is None or not others:
        return tuple(entries)
    changed: dict[str, RegisterDate] = {}
    dated = [
        entry
        for entry in entries
        if entry.date.exact and entry.kind not in _ELSEWHERE and entry.id not in apart
    ]
    for _, members in groupby(dated, key=group):
        changed.update(_chosen([*members], others))
    return tuple(_dated(entry, changed[entry.id]) if entry.id in changed else entry for entry in entries)


def _dated(entry: Entry, date: RegisterDate) -> Entry:
    flags = tuple(dict.fromkeys((*(flag for flag in entry.flags if flag not in _SETTLED), Flag.REPAIRED)))
    return replace(entry, date=replace(date, text=entry.date.text), flags=flags)


def _chosen(
    members: Sequence[Entry], others: Mapping[str, Sequence[OtherDate]]
) -> Iterator[tuple[str, RegisterDate]]:
    """Ids and dates of the rows of one run whose best date is another one."""
    offered = [[OtherDate(entry.date, 0.0), *others.get(entry.id, ())] for entry in members]
    if len(members) < 2 or all(len(dates) == 1 for dates in offered):
        return
    for entry, dates, chances in zip(members, offered, _chances(offered), strict=True):
        best = max(range(len(dates)), key=chances.__getitem__)
        if best > 0 and chances[best] >= _SURE:
            yield entry.id, dates[best].date


def _chances(offered: Sequence[Sequence[OtherDate]]) -> list[list[float]]:
    """The probability of each date of each row, the rows before and after it taken into account."""
    steps = [_steps(before, after) for before, after in pairwise(offered)]
    # How much likelier days in order are than the same days in any order, per step.
    gain = lgamma(len(offered) + 1) / (len(offered) - 1)
    on, back = log(1 - _BACK) + gain, log(_BACK)
    reached = [[date.loss for date in offered[0]]]
    for rises, dates in zip(steps, offered[1:], strict=True):
        reached.append(
            [
                date.loss
                + _sum(before + (on if rises[i][j] else back) for i, before in enumerate(reached[-1]))
                for j, date in enumerate(dates)
            ]
        )
    following = [[0.0] * len(offered[-1])]
    for rises, dates in zip(steps[::-1], offered[:0:-1], strict=True):
        following.append(
            [
                _sum(
                    (on if rise else back) + date.loss + after
                    for rise, date, after in zip(row, dates, following[-1], strict=True)
                )
                for row in rises
            ]
        )
    joint = [
        [a + b for a, b in zip(*pair, strict=True)] for pair in zip(reached, following[::-1], strict=True)
    ]
    return [[exp(value - _sum(values)) for value in values] for values in joint]


def _steps(before: Sequence[OtherDate], after: Sequence[OtherDate]) -> list[list[bool]]:
    """Whether each date of a row is not before each of the row above."""
    return [[_day(one) <= _day(other) for other in after] for one in before]


def _day(offered: OtherDate) -> int:
    exact = offered.date.exact
    return exact.toordinal() if exact else 0


def _sum(values: Iterator[float] | Sequence[float]) -> float:
    """The log of the sum of what the logs stand for."""
    kept = [*values]
    most = max(kept, default=-inf)
    return most if most == -inf else most + log(sum(exp(value - most) for value in kept))
