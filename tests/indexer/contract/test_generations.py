"""Generations and changes, on both engines."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from indexer import SearchEngine
from registers.errors import ConflictError, NotFoundError
from registers.query import Paging, SearchQuery
from tests.indexer.people import PEOPLE, person


def found(engine: SearchEngine, surname: str) -> list[str]:
    return [hit.entry_id for hit in engine.search(SearchQuery(surname=surname, exact=True), Paging()).hits]


def test_a_built_generation_is_not_seen_before_the_switch(engine: SearchEngine) -> None:
    engine.put([person("a", "Petit", "Jean")])
    name = engine.build([person("b", "Petit", "Jean"), person("c", "Grand", "Paul")])
    assert found(engine, "Petit") == ["a"]
    engine.switch(name)
    assert found(engine, "Petit") == ["b"]
    assert [(info.entries, info.current) for info in engine.generations()] == [(1, False), (2, True)]


def test_the_previous_generation_is_kept_and_can_be_returned_to(engine: SearchEngine) -> None:
    names = []
    for number in range(3):
        names.append(engine.build([person(f"p{number}", "Petit", "Jean")]))
        engine.switch(names[-1])
    assert [info.name for info in engine.generations()] == names[1:]
    engine.switch(names[1])
    assert found(engine, "Petit") == ["p1"]


def test_dropping(engine: SearchEngine) -> None:
    first = engine.build([person("a", "Petit", "Jean")])
    second = engine.build([])
    engine.switch(first)
    with pytest.raises(ConflictError):
        engine.drop(first)
    engine.drop(second)
    assert [info.name for info in engine.generations()] == [first]
    for unknown in (second, "no-such-generation"):
        with pytest.raises(NotFoundError):
            engine.drop(unknown)
        with pytest.raises(NotFoundError):
            engine.switch(unknown)


def test_what_was_asked_before_does_not_hide_what_is_new(engine: SearchEngine) -> None:
    near = SearchQuery(surname="Lefebvre", given_names="Zéphirin")

    def answers() -> set[str]:
        return {hit.entry_id for hit in engine.search(near, Paging()).hits}

    engine.switch(engine.build(PEOPLE))
    assert answers() == set()
    engine.put([person("new", "Lefehbvre", "Zéphyrin")])
    assert answers() == {"new"}
    engine.put([person("known", "Lefehvre", "Zéphirin")])
    assert answers() == {"new", "known"}
    engine.delete(["new"])
    assert answers() == {"known"}
    engine.switch(engine.build([person("other", "Lefebure", "Zéphirin")]))
    assert answers() == {"other"}


def test_a_correction_is_searchable_at_once(engine: SearchEngine) -> None:
    engine.switch(engine.build(PEOPLE))
    began = time.monotonic()
    engine.put([person("lefehvre-1", "Lefebvrier", "Zéphirin", "1883-12-05", version=2)])
    assert found(engine, "Lefebvrier") == ["lefehvre-1"]
    assert found(engine, "Lefehvre") == []
    result = engine.search(SearchQuery(surname="Lefebvrier", given_names="Zephirin"), Paging())
    assert result.hits[0].entry_id == "lefehvre-1"
    assert time.monotonic() - began < 30


def test_a_known_name_in_a_new_role_is_found_at_once(engine: SearchEngine) -> None:
    engine.switch(engine.build(PEOPLE))
    hubert = SearchQuery(surname="Hubert")
    assert engine.search(hubert, Paging()).total == 1
    engine.put([person("new-1", "Petit", "Jean", spouse_surname="Hubert")])
    engine.put([person("new-2", "Petit", "Paul", also=("Hubert",))])
    assert {hit.entry_id for hit in engine.search(hubert, Paging()).hits} == {"hubert-1", "new-1", "new-2"}
    assert engine.search(SearchQuery(surname="Petit", spouse_surname="Hubert"), Paging()).total == 1


def test_who_asks_for_no_name_gets_entries_only(engine: SearchEngine) -> None:
    engine.switch(engine.build(PEOPLE))
    engine.put([person("new", "Introuvable", "Zoé", "1890-01-01")])
    result = engine.search(SearchQuery(), Paging())
    assert result.total == len(PEOPLE) + 1
    assert sum(facet.count for facet in result.facets.kind) == result.total


def test_a_reader_follows_two_switches_in_a_blink(engine: SearchEngine) -> None:
    engine.switch(engine.build([person("a", "Petit", "Jean")]))
    assert found(engine, "Petit") == ["a"]
    for entry_id in ("b", "c", "d"):
        engine.switch(engine.build([person(entry_id, "Petit", "Jean")]))
        assert found(engine, "Petit") == [entry_id]


def test_an_older_version_does_not_replace_a_newer_one(engine: SearchEngine) -> None:
    newer = person("a", "Petit", "Jean", version=5)
    engine.put([newer])
    engine.put([replace(newer, surnames=("Grand",), version=4)])
    assert found(engine, "Petit") == ["a"]
    engine.put([replace(newer, surnames=("Grand",))])
    assert found(engine, "Grand") == ["a"]
    assert found(engine, "Petit") == []


def test_deleting_and_coming_back(engine: SearchEngine) -> None:
    engine.put(PEOPLE)
    engine.delete(["lefebvre-1", "unknown"])
    assert "lefebvre-1" not in found(engine, "Lefebvre")
    # The catalogue numbers every change: what comes back is later than what went.
    engine.put([replace(entry, version=99) for entry in PEOPLE if entry.id == "lefebvre-1"])
    assert "lefebvre-1" in found(engine, "Lefebvre")


def test_putting_and_building_give_the_same_index(engine: SearchEngine) -> None:
    query = SearchQuery(surname="Lefaivre", given_names="Jean")
    engine.put(PEOPLE)
    put = engine.search(query, Paging())
    engine.switch(engine.build(PEOPLE))
    assert engine.search(query, Paging()) == put


def test_the_vocabulary_holds_the_surnames(engine: SearchEngine) -> None:
    engine.put(PEOPLE)
    vocabulary = engine.vocabulary()
    assert {"lefebvre", "leroux", "roux", "moreau"} <= set(vocabulary.names)
