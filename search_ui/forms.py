"""The search form, its fields, and the choices that stand in the address of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from registers.entry import Kind, State
from registers.errors import QueryError
from registers.query import ALL_EXPANSIONS, Expansion, Filters, SearchQuery
from services.find import read_query

PAGE_SIZE = 20
_MOST = 200  # characters of a field: longer than any name


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What stands in the fields, as typed."""

    text: str = ""
    surname: str = ""
    given_names: str = ""
    spouse: str = ""
    year_from: str = ""
    year_to: str = ""
    kind: str = ""
    place: str = ""

    @property
    def advanced(self) -> bool:
        """Whether any field beside the one box is filled."""
        return any(
            (self.surname, self.given_names, self.spouse, self.year_from, self.year_to, self.kind, self.place)
        )

    @property
    def empty(self) -> bool:
        return not self.text and not self.advanced

    @classmethod
    def of(cls, data: FormData) -> SearchForm:
        """From a posted form; unknown fields are passed over, long ones cut."""
        return cls(**{name: str(data.get(name, "")).strip()[:_MOST] for name in cls.__slots__})

    @classmethod
    def of_query(cls, query: SearchQuery) -> SearchForm:
        """The form that shows a search again."""
        if query.text:
            return cls(text=query.text)
        return cls(
            surname=query.surname,
            given_names=query.given_names,
            spouse=query.spouse_surname,
            year_from=str(query.year_from or ""),
            year_to=str(query.year_to or ""),
            kind=query.filters.kind.value if query.filters.kind else "",
            place=query.filters.place,
        )

    def to_query(self) -> SearchQuery:
        """The search that the form asks for; raises QueryError naming the part."""
        kind = Kind(self.kind) if self.kind in {known.value for known in Kind} else None
        return read_query(
            self.text,
            surname=self.surname,
            given_names=self.given_names,
            spouse_surname=self.spouse,
            year_from=_year(self.year_from),
            year_to=_year(self.year_to),
            kind=kind,
            place=self.place,
        )


EMPTY_FORM = SearchForm()


@dataclass(frozen=True, slots=True)
class Choices:
    """Facets chosen, expansions taken away and the page: all that an answer's address holds beside its id."""

    kind: str = ""
    place: str = ""
    decade: int | None = None
    register: str = ""
    state: str = ""
    without: frozenset[Expansion] = frozenset()
    page: int = 1

    @classmethod
    def of(cls, params: QueryParams) -> Choices:
        """From an address; what is not known is passed over."""
        return cls(
            kind=_known(params.get("kind", ""), (kind.value for kind in Kind)),
            place=params.get("place", "")[:_MOST],
            decade=_number(params.get("decade", "")),
            register=params.get("register", "")[:_MOST],
            state=_known(params.get("state", ""), (state.value for state in State)),
            without=frozenset(known for known in Expansion if known.value in params.getlist("without")),
            page=max(1, min(_number(params.get("page", "")) or 1, 10_000)),
        )

    def over(self, query: SearchQuery) -> SearchQuery:
        """The query narrowed by the choices."""
        filters = query.filters
        return replace(
            query,
            filters=Filters(
                kind=Kind(self.kind) if self.kind else filters.kind,
                place=self.place or filters.place,
                decade=self.decade if self.decade is not None else filters.decade,
                register=self.register or filters.register,
                state=State(self.state) if self.state else filters.state,
            ),
            expansions=query.expansions & (ALL_EXPANSIONS - self.without),
        )

    def link(self, search_id: str, **changes: object) -> str:
        """The address of the answer with some choices changed; a new choice begins on the first page."""
        changed = replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]
        pairs = [
            (name, str(value))
            for name in ("kind", "place", "decade", "register", "state")
            if (value := getattr(changed, name)) not in ("", None)
        ]
        pairs += [("without", expansion.value) for expansion in sorted(changed.without)]
        if changed.page > 1:
            pairs.append(("page", str(changed.page)))
        return f"/recherche/{search_id}" + (f"?{urlencode(pairs)}" if pairs else "")


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) != 4:
        raise QueryError(f"« {text} »", advice="une année s’écrit avec quatre chiffres, comme 1884")
    return int(text)


def _number(text: str) -> int | None:
    number = None
    with suppress(ValueError):
        number = int(text[:6])
    return number


def _known(text: str, values: Iterable[str]) -> str:
    return text if text in set(values) else ""
