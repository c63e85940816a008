from __future__ import annotations

import pytest

from registers.entry import Kind
from registers.query import Filters, SearchQuery
from services.coverage import RECONSTITUTED, coverage_of, with_unread_pages
from services.desk import Desk
from tests.desk_builders import BIRTHS, DEATHS, MARRIAGES, UNREAD


def _concerned(small_desk: Desk, query: SearchQuery) -> set[str]:
    return {register.register_id for register in coverage_of(small_desk, query).registers}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SearchQuery(), {BIRTHS, MARRIAGES, DEATHS, UNREAD}),
        (SearchQuery(year_from=1880, year_to=1890), {BIRTHS}),
        (SearchQuery(year_to=1812), {DEATHS}),
        (SearchQuery(filters=Filters(kind=Kind.MARRIAGE)), {MARRIAGES}),
        (SearchQuery(filters=Filters(place="paris 3E")), {UNREAD}),
        (SearchQuery(filters=Filters(place="PARIS 3ème arrdt")), {UNREAD}),
        (SearchQuery(filters=Filters(place="Paris")), {UNREAD}),
        (SearchQuery(filters=Filters(place="Par")), set()),
        (SearchQuery(filters=Filters(decade=1910)), {MARRIAGES}),
        (SearchQuery(filters=Filters(register=BIRTHS)), {BIRTHS}),
        (SearchQuery(year_from=1700, year_to=1710), set()),
    ],
)
def test_registers_are_those_that_the_search_could_concern(
    small_desk: Desk, query: SearchQuery, expected: set[str]
) -> None:
    assert _concerned(small_desk, query) == expected


def test_a_register_of_handwriting_counts_as_not_read(small_desk: Desk) -> None:
    coverage = coverage_of(small_desk, SearchQuery(filters=Filters(place="Paris")))
    (register,) = coverage.registers
    assert (register.state, register.unread, register.pages_unread) == ("not_read", 2, ())
    assert coverage.pages_unread == 2
    (listed,) = with_unread_pages(small_desk, coverage).registers
    assert listed.pages_unread == tuple(p.page.id for p in small_desk.catalogue.pages.pages_of(UNREAD))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (SearchQuery(filters=Filters(place="Paris 3e"), year_from=1850, year_to=1855), True),
        (SearchQuery(filters=Filters(place="Paris 3e")), True),
        (SearchQuery(filters=Filters(place="Paris 3e"), year_from=1860), False),
        (SearchQuery(filters=Filters(place="Valbrune")), False),
        (SearchQuery(filters=Filters(place="Parisot"), year_to=1850), False),
    ],
)
def test_where_acts_were_reconstituted_absence_proves_nothing(
    small_desk: Desk, query: SearchQuery, said: bool
) -> None:
    assert (RECONSTITUTED in coverage_of(small_desk, query).caveats) is said
