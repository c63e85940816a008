"""Tiers as an Elasticsearch query whose scores are the whole numbers of indexer/tiers.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from indexer.elastic.mapping import ENTRY, NO_DAY, name_term
from indexer.terms import place_key
from indexer.tiers import CLOSENESS_STEPS, SPOUSE, Dates, Demand, Reading, Role, Tiers, Window, role_weights
from registers.query import FacetCount, Facets, Filters, Paging

Clause = dict[str, Any]
_MOST_VALUES = 10_000
_FACETS = ("kind", "place", "register", "state")
SORT: list[Clause] = [{"_score": "desc"}, {"confidence": "desc"}, {"earliest": "asc"}, {"id": "asc"}]
SOURCE = ["id", "names", "given", "spouse_given", "earliest", "latest"]


def body(tiers: Tiers, paging: Paging) -> Clause:
    """The search request: exact total, one page, facets of the whole answer."""
    return {
        "query": _query(tiers),
        "from": paging.offset,
        "size": paging.size,
        "sort": SORT,
        "track_scores": True,
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


def _query(tiers: Tiers) -> Clause:
    readings = [_reading(reading) for reading in tiers.readings]
    people = {"dis_max": {"queries": readings, "boost": CLOSENESS_STEPS}} if readings else {"match_none": {}}
    closer = tiers.dates.closer if tiers.dates else ()
    return {
        "bool": {
            "must": [people],
            "should": [{"constant_score": {"filter": _wholly_in(window), "boost": 1}} for window in closer],
            "filter": [{"term": {"what": ENTRY}}, *_filters(tiers.filters), *_dated(tiers.dates)],
        }
    }


def _reading(reading: Reading) -> Clause:
    clauses = _demand(reading.person, reading.roles, reading.penalty)
    if reading.partner is not None:
        clauses += _demand(reading.partner, reading.partner_roles, 0)
    return (
        {"bool": {"must": clauses}}
        if clauses
        else {"constant_score": {"filter": {"match_all": {}}, "boost": 0}}
    )


def _demand(demand: Demand, roles: tuple[Role, ...], penalty: int) -> list[Clause]:
    clauses = []
    if demand.surnames is not None:
        weights = role_weights(demand.surnames, roles, penalty)
        clauses.append(_best_of("names", {name_term(*term): weight for term, weight in weights.items()}))
    if demand.given:
        field = "spouse_given" if roles[:1] == SPOUSE[:1] else "given"
        answers = [
            _best_of(field, {name.name: name.weight for name in asked}) for asked in demand.given if asked
        ]
        clauses.append({"bool": {"should": answers, "minimum_should_match": 1}})
    return clauses


def _best_of(field: str, weights: dict[str, int]) -> Clause:
    """The weight of the best of these terms that the document has."""
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for term, weight in weights.items():
        levels[weight].append(term)
    return {
        "dis_max": {
            "queries": [
                {"constant_score": {"filter": {"terms": {field: terms}}, "boost": weight}}
                for weight, terms in levels.items()
            ]
        }
    }


def _filters(filters: Filters) -> list[Clause]:
    wanted = {
        "kind": filters.kind.value if filters.kind else None,
        "register": filters.register or None,
        "state": filters.state.value if filters.state else None,
        "place_key": place_key(filters.place) if filters.place else None,
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
