"""Tiers as an Elasticsearch query whose scores are the whole numbers of indexer/tiers.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from indexer.elastic.mapping import ENTRY, NO_DAY, name_term
from indexer.tiers import CLOSENESS_STEPS, SPOUSE, Dates, Demand, Reading, Role, Tiers, Window, role_weight
from lexicon.places import key_of
from registers.query import FacetCount, Facets, Filters, Paging

Clause = dict[str, Any]
Roles = Callable[[str], int]
"""The roles in which a surname stands in any entry, a bit for each: what nobody bears need not be asked."""
_MOST_VALUES = 10_000
_FACETS = ("kind", "place", "register", "state")
SORT: list[Clause] = [{"_score": "desc"}, {"confidence": "desc"}, {"earliest": "asc"}, {"id": "asc"}]
SOURCE = ["id", "names", "given", "spouse_given", "earliest", "latest"]


def body(tiers: Tiers, paging: Paging, roles_of: Roles) -> Clause:
    """The search request: exact total, one page, facets of the whole answer."""
    return {
        "query": _query(tiers, roles_of),
        "from": paging.offset,
        "size": paging.size,
        "sort": SORT,
        "track_total_hits": True,
        "_source": SOURCE,
        "aggs": {
            name: {
                "terms": {"field": name, "size": _MOST_VALUES, "order": [{"_count": "desc"}, {"_key": "asc"}]}
            }
            for name in (*_FACETS, "decades")
        },
    }


def facets(aggregations: Mapping[str, Any]) -> Facets:
    """The facets of an answer's aggregations."""
    found = {
        name: tuple(
            FacetCount(str(bucket["key"]), bucket["doc_count"])
            for bucket in aggregations[name]["buckets"]
            if bucket["key"] != ""
        )
        for name in (*_FACETS, "decades")
    }
    return Facets(
        kind=found["kind"],
        place=found["place"],
        decade=tuple(sorted(found["decades"], key=lambda facet: int(facet.value))),
        register=found["register"],
        state=found["state"],
    )


def _query(tiers: Tiers, roles_of: Roles) -> Clause:
    closer = tiers.dates.closer if tiers.dates else ()
    return {
        "bool": {
            "must": [_people(tiers.readings, roles_of)],
            "should": [{"constant_score": {"filter": _wholly_in(window), "boost": 1}} for window in closer],
            "filter": [*_filters(tiers.filters), *_dated(tiers.dates)],
        }
    }


def _people(readings: tuple[Reading, ...], roles_of: Roles) -> Clause:
    """The best of the readings; those that ask for surnames alone become one, with fewer clauses."""
    surnames: dict[str, int] = {}
    clauses = []
    for reading in readings:
        demand = reading.person
        if demand.surnames is not None and not demand.given and reading.partner is None:
            for term, weight in _terms(demand, reading.roles, reading.penalty, roles_of).items():
                surnames[term] = max(weight, surnames.get(term, 0))
        else:
            clauses.append(_reading(reading, roles_of))
    if surnames:
        clauses += _levels("names", surnames)
    return {"dis_max": {"queries": clauses, "boost": CLOSENESS_STEPS}} if clauses else {"match_none": {}}


def _reading(reading: Reading, roles_of: Roles) -> Clause:
    clauses = _demand(reading.person, reading.roles, reading.penalty, roles_of)
    if reading.partner is not None:
        clauses += _demand(reading.partner, reading.partner_roles, 0, roles_of)
    # Blocks and names have no names to match; only what asks for none must be told apart.
    everyone = {"constant_score": {"filter": {"term": {"what": ENTRY}}, "boost": 0}}
    return {"bool": {"must": clauses}} if clauses else everyone


def _demand(demand: Demand, roles: tuple[Role, ...], penalty: int, roles_of: Roles) -> list[Clause]:
    clauses = []
    if demand.surnames is not None:
        clauses.append(_best_of("names", _terms(demand, roles, penalty, roles_of)))
    if demand.given:
        field = "spouse_given" if roles[:1] == SPOUSE[:1] else "given"
        answers = [
            _best_of(field, {name.name: name.weight for name in asked}) for asked in demand.given if asked
        ]
        clauses.append({"bool": {"should": answers, "minimum_should_match": 1}})
    return clauses


def _terms(demand: Demand, roles: tuple[Role, ...], penalty: int, roles_of: Roles) -> dict[str, int]:
    """What the terms of a demand's surnames weigh, those that there are."""
    return {
        name_term(role, name.name): role_weight(name, role, penalty)
        for name in demand.surnames or ()
        for borne in (roles_of(name.name),)
        for role in roles
        if borne >> role & 1
    }


def _best_of(field: str, weights: dict[str, int]) -> Clause:
    """The weight of the best of these terms that the document has."""
    return {"dis_max": {"queries": _levels(field, weights)}} if weights else {"match_none": {}}


def _levels(field: str, weights: dict[str, int]) -> list[Clause]:
    """One clause for each weight; a document that has one of its terms scores just that."""
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for term, weight in weights.items():
        levels[weight].append(term)
    return [{"terms": {field: terms, "boost": weight}} for weight, terms in levels.items()]


def _filters(filters: Filters) -> list[Clause]:
    wanted = {
        "kind": filters.kind.value if filters.kind else None,
        "register": filters.register or None,
        "state": filters.state.value if filters.state else None,
        "place_key": key_of(filters.place) if filters.place else None,
        "decades": filters.decade,
    }
    return [{"term": {field: value}} for field, value in wanted.items() if value is not None]


def _wholly_in(window: Window) -> Clause:
    return {
        "bool": {
            "filter": [
                {"range": {"earliest": {"gte": window.first}}},
                {"range": {"latest": {"gte": 0, "lte": window.last}}},
            ]
        }
    }


def _dated(dates: Dates | None) -> list[Clause]:
    if dates is None:
        return []
    touching = [
        {"range": {"earliest": {"lte": dates.within.last}}},
        {"range": {"latest": {"gte": dates.within.first}}},
    ]
    return [{"bool": {"should": [{"term": {"latest": NO_DAY}}, {"bool": {"filter": touching}}]}}]
