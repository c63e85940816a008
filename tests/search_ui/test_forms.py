from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.datastructures import FormData, QueryParams

from registers.entry import Kind, State
from registers.errors import QueryError
from registers.query import ALL_EXPANSIONS, Expansion, Filters, SearchQuery
from search_ui.forms import Choices, SearchForm


def test_a_form_is_read_back_as_it_was_typed() -> None:
    form = SearchForm.of(FormData({"surname": " Lefebvre ", "year_from": "1880", "unknown": "x"}))
    assert form == SearchForm(surname="Lefebvre", year_from="1880")
    assert form.advanced and not form.empty
    query = form.to_query()
    assert (query.surname, query.year_from) == ("Lefebvre", 1880)
    assert SearchForm.of_query(query).surname == "Lefebvre"


def test_the_one_box_stays_as_it_was_typed() -> None:
    form = SearchForm.of(FormData({"text": "Lefebvre vers 1884"}))
    assert not form.advanced
    assert SearchForm.of_query(form.to_query()) == form


def test_fields_are_cut_and_empty_forms_are_known() -> None:
    assert len(SearchForm.of(FormData({"text": "x" * 5000})).text) == 200
    assert SearchForm.of(FormData({"text": "  "})).empty


@pytest.mark.parametrize("year", ["188", "vers", "18840", "188²", "١٨٨٤"])
def test_a_wrong_year_is_named(year: str) -> None:
    with pytest.raises(QueryError) as raised:
        SearchForm(surname="Lefebvre", year_from=year).to_query()
    assert year in str(raised.value)


def test_an_address_holds_choices_and_gives_them_back() -> None:
    choices = Choices(
        kind="birth",
        place="Paris 3e",
        decade=1880,
        register="a/b",
        state="machine",
        without=frozenset({Expansion.SOUND}),
        page=3,
    )
    link = choices.link("opaque", page=3)
    assert urlsplit(link).path == "/recherche/opaque"
    assert Choices.of(QueryParams(urlsplit(link).query)) == choices


def test_a_new_choice_begins_on_the_first_page() -> None:
    assert "page" not in parse_qs(urlsplit(Choices(page=4).link("opaque", kind="birth")).query)


def test_what_an_address_may_not_hold_is_passed_over() -> None:
    params = QueryParams("kind=king&state=gone&decade=x&page=-3&without=all")
    assert Choices.of(params) == Choices()


def test_choices_narrow_the_query() -> None:
    query = SearchQuery(surname="Lefebvre", filters=Filters(place="Lyon"))
    choices = Choices(kind="death", state="checked", without=frozenset({Expansion.TYPO}))
    narrowed = choices.over(query)
    assert narrowed.filters == Filters(kind=Kind.DEATH, place="Lyon", state=State.CHECKED)
    assert narrowed.expansions == ALL_EXPANSIONS - {Expansion.TYPO}
