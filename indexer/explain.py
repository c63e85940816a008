"""Why an entry answers: the reading of the query that scores best, and in which ways it differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.terms import EntryTerms
from indexer.tiers import (
    SPOUSE,
    Dates,
    Demand,
    Reading,
    Role,
    Tiers,
    WeightedName,
    role_weight,
)
from registers.query import Expansion, Why

_ROLE_WHY = {
    Role.PART: Expansion.SPELLING,
    Role.MEMBER: Expansion.SPELLING,
    Role.CROSS_REFERENCE: Expansion.CROSS_REFERENCE,
    Role.ALTERNATIVE: Expansion.MISREADING,
}


@dataclass(frozen=True, slots=True)
class _Match:
    weight: int
    why: tuple[Why, ...] = ()


class Explainer:
    """Explains the entries of one answer; what is the same for all of them is worked out once."""

    def __init__(self, tiers: Tiers) -> None:
        self._tiers = tiers
        self._best = tiers.best
        self._readings = [_Reading.of(reading) for reading in tiers.readings]

    def relative(self, score: int) -> float:
        """A score from 0 to 1: how near it comes to the best that the query allows."""
        return round(max(score, 0) / self._best, 4) if self._best else 1.0

    def why(self, terms: EntryTerms) -> tuple[Why, ...]:
        """The ways in which the entry differs from what was asked; empty when it is just that."""
        matches = [match for reading in self._readings if (match := reading.match(terms))]
        best = max(matches, key=lambda match: match.weight, default=_Match(0))
        why = list(best.why)
        if self._tiers.dates is not None:
            why += _date(self._tiers.dates, terms)
        return tuple(dict.fromkeys(why))


@dataclass(frozen=True, slots=True)
class _Demand:
    """One person of a reading; `surnames` is None where any will do."""

    surnames: dict[str, WeightedName] | None
    given: tuple[tuple[WeightedName, ...], ...]
    roles: tuple[Role, ...]
    penalty: int

    @classmethod
    def of(cls, demand: Demand, roles: tuple[Role, ...], penalty: int = 0) -> _Demand:
        surnames = demand.surnames
        named = None if surnames is None else {name.name: name for name in reversed(surnames)}
        return cls(named, demand.given, roles, penalty)

    def match(self, terms: EntryTerms) -> _Match | None:
        weight = 0
        why: tuple[Why, ...] = ()
        if self.surnames is not None:
            surname = self._surname(self.surnames, terms)
            if surname is None:
                return None
            weight, why = surname.weight, surname.why
        if self.given:
            own = terms.spouse_given if self.roles[:1] == SPOUSE[:1] else terms.given
            answers = [answer for asked in self.given if (answer := _best(asked, own))]
            if not answers:
                return None
            weight += sum(answer.weight for answer in answers)
            why += tuple(item for answer in answers for item in _name_why(answer))
        return _Match(weight, why)

    def _surname(self, surnames: dict[str, WeightedName], terms: EntryTerms) -> _Match | None:
        weights = {
            (role, name): role_weight(surnames[name], role, self.penalty)
            for role, name in terms.names
            if role in self.roles and name in surnames
        }
        if not weights:
            return None
        role, name = max(weights, key=weights.__getitem__)
        expansion = _ROLE_WHY.get(role)
        of_role = () if expansion is None else (Why(expansion, surnames[name].asked, name),)
        return _Match(weights[role, name], (*of_role, *_name_why(surnames[name])))


@dataclass(frozen=True, slots=True)
class _Reading:
    why: tuple[Expansion, ...]
    person: _Demand
    partner: _Demand | None

    @classmethod
    def of(cls, reading: Reading) -> _Reading:
        partner = None if reading.partner is None else _Demand.of(reading.partner, reading.partner_roles)
        return cls(reading.why, _Demand.of(reading.person, reading.roles, reading.penalty), partner)

    def match(self, terms: EntryTerms) -> _Match | None:
        person = self.person.match(terms)
        if person is None:
            return None
        weight, why = person.weight, tuple(Why(expansion) for expansion in self.why) + person.why
        if self.partner is not None:
            partner = self.partner.match(terms)
            if partner is None:
                return None
            weight, why = weight + partner.weight, why + partner.why
        return _Match(weight, why)


def _best(asked: tuple[WeightedName, ...], names: Iterable[str]) -> WeightedName | None:
    own = set(names)
    return max((name for name in asked if name.name in own), key=lambda name: name.weight, default=None)


def _name_why(weighted: WeightedName) -> tuple[Why, ...]:
    return tuple(Why(expansion, weighted.asked, weighted.name) for expansion in weighted.why)


def _date(dates: Dates, terms: EntryTerms) -> tuple[Why, ...]:
    if terms.earliest is None or terms.latest is None:
        return ()
    if terms.latest >= dates.core.first and terms.earliest <= dates.core.last:
        return ()
    asked, found = (date.fromordinal(day).year for day in (dates.core.first, terms.earliest))
    return (Why(Expansion.DATE_NEAR, str(asked), str(found)),)
