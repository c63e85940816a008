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
    role_weights,
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


def explain(tiers: Tiers, terms: EntryTerms) -> tuple[Why, ...]:
    """The ways in which the entry differs from what was asked; empty when it is just that."""
    matches = [match for reading in tiers.readings if (match := _reading(reading, terms))]
    best = max(matches, key=lambda match: match.weight, default=_Match(0))
    why = list(best.why)
    if tiers.dates is not None:
        why += _date(tiers.dates, terms)
    return tuple(dict.fromkeys(why))


def _reading(reading: Reading, terms: EntryTerms) -> _Match | None:
    person = _demand(reading.person, reading.roles, terms, reading.penalty)
    if person is None:
        return None
    why = tuple(Why(expansion) for expansion in reading.why) + person.why
    weight = person.weight
    if reading.partner is not None:
        partner = _demand(reading.partner, reading.partner_roles, terms)
        if partner is None:
            return None
        weight, why = weight + partner.weight, why + partner.why
    return _Match(weight, why)


def _demand(demand: Demand, roles: tuple[Role, ...], terms: EntryTerms, penalty: int = 0) -> _Match | None:
    weight = 0
    why: tuple[Why, ...] = ()
    if demand.surnames is not None:
        surname = _surname(demand.surnames, roles, terms, penalty)
        if surname is None:
            return None
        weight, why = surname.weight, surname.why
    if demand.given:
        own = terms.spouse_given if roles[:1] == SPOUSE[:1] else terms.given
        answers = [answer for asked in demand.given if (answer := _best(asked, own))]
        if not answers:
            return None
        weight += sum(answer.weight for answer in answers)
        why += tuple(item for answer in answers for item in _name_why(answer))
    return _Match(weight, why)


def _surname(
    surnames: tuple[WeightedName, ...], roles: tuple[Role, ...], terms: EntryTerms, penalty: int
) -> _Match | None:
    weights = role_weights(surnames, roles, penalty)
    own = [term for term in terms.names if term in weights]
    if not own:
        return None
    role, name = max(own, key=lambda term: weights[term])
    weighted = next(weighted for weighted in surnames if weighted.name == name)
    expansion = _ROLE_WHY.get(role)
    of_role = () if expansion is None else (Why(expansion, weighted.asked, name),)
    return _Match(weights[role, name], (*of_role, *_name_why(weighted)))


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


def relative(score: int, tiers: Tiers) -> float:
    """A score from 0 to 1: how near it comes to the best that the query allows."""
    return round(max(score, 0) / tiers.best, 4) if tiers.best else 1.0
