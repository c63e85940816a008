from __future__ import annotations

import pytest

from registers.errors import NotFoundError
from registers.query import Coverage, Facets, Paging, SearchQuery
from search_ui import shelf as shelf_module
from search_ui.shelf import Shelf
from services.find import Found

QUERY = SearchQuery(surname="Lefebvre")


def test_searches_are_kept_under_ids_that_say_nothing() -> None:
    shelf = Shelf()
    first, second = shelf.keep(QUERY), shelf.keep(QUERY)
    assert first != second and len(first) == 16
    assert shelf.query(first) == QUERY
    with pytest.raises(NotFoundError):
        shelf.query("another")


def test_the_oldest_searches_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MOST_SEARCHES", 2)
    shelf = Shelf()
    first, second = shelf.keep(QUERY), shelf.keep(QUERY)
    shelf.query(first)
    third = shelf.keep(QUERY)
    assert shelf.query(first) and shelf.query(third)
    with pytest.raises(NotFoundError):
        shelf.query(second)


def test_an_answer_is_asked_for_once() -> None:
    shelf, asked = Shelf(), []

    def ask() -> Found:
        asked.append(1)
        return Found(QUERY, 0, (), Facets(), Coverage())

    first = shelf.answer(QUERY, Paging(), ask)
    assert shelf.answer(QUERY, Paging(), ask) is first
    shelf.answer(QUERY, Paging(20), ask)
    assert len(asked) == 2
