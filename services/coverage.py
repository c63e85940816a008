"""The reasoned part of an answer: which registers a search concerns, and how far each has been read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lexicon.places import key_of, keys_of
from lexicon.reconstituted import only_reconstituted
from registers.query import Coverage, RegisterCoverage, SearchQuery
from services.desk import Desk
from services.overview import UNREAD, Scope, label_of

__all__ = ["RECONSTITUTED", "coverage_of", "label_of", "with_unread_pages"]

RECONSTITUTED = "reconstituted"
"""The caveat that absence proves nothing: only a part of the acts exists again."""

_MOST_LISTED = 40
_GAPS = frozenset({"lost", "none_recorded"})


def coverage_of(desk: Desk, query: SearchQuery) -> Coverage:
    """Every register whose place, kind and years the query could concern, with its pages read and unread.

    Then what the archive's inventory says of parts that no register holds.
    """
    holdings = desk.overview.holdings()
    wanted = _Wanted(query)
    found: list[RegisterCoverage] = []
    scopes: list[Scope] = []
    for register, parts in holdings.covered:
        concerned = [part for part in parts if wanted.concerns(part)]
        if (concerned or not parts) and wanted.register in {"", register.register_id}:
            found.append(register)
            scopes += concerned
    if not wanted.register:
        for missing, scope in holdings.inventory:
            if wanted.concerns(scope) and (missing.state in _GAPS or not _held(scope, scopes)):
                found.append(missing)
                scopes.append(scope)
    return Coverage(
        registers=tuple(found),
        year_from=query.year_from,
        year_to=query.year_to,
        spellings=desk.engine.spellings(query),
        caveats=_caveats(query, scopes),
    )


def with_unread_pages(desk: Desk, coverage: Coverage) -> Coverage:
    """The same with the ids of the pages that were not read, of as many registers as a person looks at."""
    partly = [register.register_id for register in coverage.registers if register.unread][:_MOST_LISTED]
    ids = desk.catalogue.pages.ids_of(partly, UNREAD)
    return replace(
        coverage,
        registers=tuple(
            replace(register, pages_unread=ids[register.register_id])
            if register.register_id in ids
            else register
            for register in coverage.registers
        ),
    )


class _Wanted:
    """What a query asks of place, kind and years, ready to be compared ten thousand times."""

    def __init__(self, query: SearchQuery) -> None:
        decade = query.filters.decade
        self.register = query.filters.register
        self._kind = query.filters.kind
        self._place = key_of(query.filters.place)
        self._first = max(query.year_from or 0, decade or 0)
        self._last = min(query.year_to or 9999, 9999 if decade is None else decade + 9)

    def concerns(self, scope: Scope) -> bool:
        if self._kind and scope.kinds and self._kind not in scope.kinds:
            return False
        if self._place and scope.place and self._place not in keys_of(scope.place):
            return False
        return (scope.first or 0) <= self._last and (scope.last or 9999) >= self._first


def _held(scope: Scope, others: Iterable[Scope]) -> bool:
    """Whether what an inventory names is among the registers."""
    return any(
        other.place == scope.place
        and (not scope.kinds or set(scope.kinds) <= set(other.kinds))
        and (other.first or 9999) <= (scope.first or 0)
        and (other.last or 0) >= (scope.last or 9999)
        for other in others
    )


def _caveats(query: SearchQuery, scopes: Iterable[Scope]) -> tuple[str, ...]:
    first = query.year_from or query.filters.decade or 0
    places = [(query.filters.place, first)] if query.filters.place else []
    places += [(scope.place, max(first, scope.first or 0)) for scope in scopes]
    return (RECONSTITUTED,) if any(only_reconstituted(place, year) for place, year in places) else ()
