"""A query spelt out over a vocabulary: which names answer, how well, and why. The same for every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.candidates import surname_candidates
from indexer.given import given_candidates
from indexer.keys import given_tokens
from indexer.tiers import (
    LISTED,
    SPOUSE,
    Dates,
    Demand,
    Reading,
    Role,
    Tiers,
    Window,
)
from indexer.vocabulary import Vocabulary
from registers.query import Expansion, SearchQuery

_INVERTED_PENALTY = 250
_NEAR_YEARS = 2
_CLOSER_YEARS = (20, 10, 5, 2, 1, 0)


def expand(query: SearchQuery, surnames: Vocabulary, given_names: Vocabulary) -> Tiers:
    """The query over the distinct surnames and given names of a generation.

    Raises QueryError when a wildcard fits more names than can be searched.
    """
    person = _demand(query.surname, query.given_names, query, surnames, given_names)
    readings: list[Reading] = []
    if query.spouse_surname or query.spouse_given_names:
        partner = _demand(query.spouse_surname, query.spouse_given_names, query, surnames, given_names)
        readings += [
            Reading(person, _listed(query), partner, SPOUSE),
            Reading(partner, _listed(query), person, SPOUSE),
        ]
    else:
        readings += _alone(person, query)
        for surname, given in _other_orders(query):
            swapped = _demand(surname, given, query, surnames, given_names)
            readings += [
                replace(reading, penalty=_INVERTED_PENALTY, why=(Expansion.INVERTED,))
                for reading in _alone(swapped, query)
            ]
        if len(query.free_names) > 1:
            whole = surname_candidates(" ".join(query.free_names), replace(query, exact=True), surnames)
            readings.append(Reading(Demand(whole), _listed(query)))
    tried = dict.fromkeys(name.name for reading in readings for name in reading.person.surnames or ())
    return Tiers(tuple(filter(_possible, readings)), _dates(query), query.filters, tuple(tried))


def _alone(person: Demand, query: SearchQuery) -> list[Reading]:
    """One person: listed, or named as the spouse of the one who is."""
    readings = [Reading(person, _listed(query))]
    named = person.surnames is not None or person.given
    if named and Expansion.SPOUSE in query.expansions:
        readings.append(Reading(person, SPOUSE, why=(Expansion.SPOUSE,)))
    return readings


def _listed(query: SearchQuery) -> tuple[Role, ...]:
    left_out = (
        {Role.PART, Role.MEMBER} if query.exact or Expansion.SPELLING not in query.expansions else set()
    )
    if Expansion.CROSS_REFERENCE not in query.expansions:
        left_out.add(Role.CROSS_REFERENCE)
    if Expansion.MISREADING not in query.expansions:
        left_out.add(Role.ALTERNATIVE)
    return tuple(role for role in LISTED if role not in left_out)


def _other_orders(query: SearchQuery) -> list[tuple[str, str]]:
    """Other ways to tell surname from given names: the row or the clerk may have them the wrong way round."""
    if query.exact or Expansion.INVERTED not in query.expansions:
        return []
    orders = []
    if query.surname and query.given_names:
        orders.append((query.given_names, query.surname))
    words = query.free_names
    if len(words) > 1:
        orders.append((words[0], " ".join(words[1:])))
        orders.append((words[-1], " ".join(words[:-1])))
    taken = (query.surname, query.given_names)
    return [order for order in dict.fromkeys(orders) if order != taken]


def _demand(
    surname: str, given: str, query: SearchQuery, surnames: Vocabulary, given_names: Vocabulary
) -> Demand:
    tokens = given_tokens(given.replace("*", "stellaxyz").replace("?", "dubiaxyz"))
    asked = [token.replace("stellaxyz", "*").replace("dubiaxyz", "?") for token in tokens]
    return Demand(
        surname_candidates(surname, query, surnames) if surname else None,
        tuple(given_candidates(token, len(asked), query, given_names) for token in asked),
    )


def _possible(reading: Reading) -> bool:
    """Whether any entry can answer: a surname that nobody bears leaves nothing to look for."""
    for demand in (reading.person, reading.partner):
        if demand is None:
            continue
        if demand.surnames is not None and not demand.surnames:
            return False
        if demand.given and not any(demand.given):
            return False
    return True


def _dates(query: SearchQuery) -> Dates | None:
    if query.year_from is None and query.year_to is None and query.about is None:
        return None
    first = query.year_from if query.year_from is not None else 1
    last = query.year_to if query.year_to is not None else 9998
    core = _years(first, last)
    within = core
    if query.about is None:
        return Dates(within, core, (core,))
    if Expansion.DATE_NEAR in query.expansions:
        within = _years(min(first, query.about - _NEAR_YEARS), max(last, query.about + _NEAR_YEARS))
    closer = tuple(_years(query.about - years, query.about + years) for years in _CLOSER_YEARS)
    return Dates(within, core, (within, *closer))


def _years(first: int, last: int) -> Window:
    first, last = max(first, 1), min(max(last, 1), 9998)
    return Window(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal())
