"""The same questions to both engines: the same people, in the same order, for the same reasons."""

from __future__ import annotations

import pytest

from indexer import SearchEngine
from indexer.parse import parse_query
from registers.entry import Kind, State
from registers.query import (
    ALL_EXPANSIONS,
    EngineResult,
    Expansion,
    FacetCount,
    Filters,
    Paging,
    SearchQuery,
)
from tests.indexer.people import person


def answer(engine: SearchEngine, text: str, **fields: object) -> EngineResult:
    return engine.search(parse_query(text, **fields), Paging())  # type: ignore[arg-type]


def ids(engine: SearchEngine, text: str, **fields: object) -> list[str]:
    return [hit.entry_id for hit in answer(engine, text, **fields).hits]


def reasons(engine: SearchEngine, text: str, entry_id: str, **fields: object) -> set[Expansion]:
    hit = next(hit for hit in answer(engine, text, **fields).hits if hit.entry_id == entry_id)
    return {why.expansion for why in hit.why}


class TestNames:
    def test_the_exact_name_comes_first_without_a_reason(self, full: SearchEngine) -> None:
        hits = answer(full, "Lefebvre").hits
        assert {hit.entry_id for hit in hits[:3]} == {"lefebvre-1", "lefebvre-2", "lefebvre-3"}
        assert all(hit.why == () and hit.score == 1 for hit in hits[:3])

    @pytest.mark.parametrize("typed", ["lefebvre", "LEFEBVRE", " Lefebvre ", "Lefébvre"])
    def test_case_accents_and_spaces_do_not_matter(self, full: SearchEngine, typed: str) -> None:
        assert ids(full, typed)[:3] == ids(full, "Lefebvre")[:3]

    @pytest.mark.parametrize("typed", ["Le Goeff", "LEGOEFF", "Le Goëff", "le-goeff"])
    def test_ligatures_hyphens_and_joined_particles(self, full: SearchEngine, typed: str) -> None:
        assert ids(full, typed)[0] == "goeff-1"

    def test_a_name_as_it_sounds(self, full: SearchEngine) -> None:
        assert set(ids(full, "Lefaivre")) >= {"lefebvre-1", "lefebvre-2", "lefevre-1"}
        assert reasons(full, "Lefaivre", "lefevre-1") == {Expansion.SOUND}

    def test_a_name_with_one_letter_wrong(self, full: SearchEngine) -> None:
        assert ids(full, "Duramd")[0] == "durand-1"
        assert ids(full, "Morexu")[0] == "moreau-1"
        assert reasons(full, "Morexu", "moreau-1") == {Expansion.TYPO}

    def test_letters_that_readers_confuse(self, full: SearchEngine) -> None:
        assert ids(full, "Migrnard")[0] == "mignard-1"
        assert reasons(full, "Huhert", "hubert-1") == {Expansion.MISREADING}

    def test_the_misread_entry_is_found_under_the_right_name(self, full: SearchEngine) -> None:
        assert "lefehvre-1" in ids(full, "Lefebvre")

    def test_another_reading_of_the_name(self, full: SearchEngine) -> None:
        assert "renier-1" in ids(full, "Renler")

    def test_the_particle_may_be_left_out(self, full: SearchEngine) -> None:
        assert ids(full, "Roux")[:2] == ["roux-1", "leroux-1"]
        assert ids(full, "Latour")[0] == "latour-1"
        assert ids(full, "Tour")[0] == "latour-1"
        assert ids(full, "Le Roux")[:2] == ["leroux-1", "leroux-2"]

    def test_a_cross_reference(self, full: SearchEngine) -> None:
        assert ids(full, "Carpentier") == ["durand-1"]
        assert reasons(full, "Carpentier", "durand-1") == {Expansion.CROSS_REFERENCE}

    def test_the_bride_is_found_under_her_groom(self, full: SearchEngine) -> None:
        assert ids(full, "Moreau") == ["moreau-1", "dupont-1"]
        assert ids(full, "Moreau Catherine") == ["dupont-1"]
        assert reasons(full, "Moreau", "dupont-1") == {Expansion.SPOUSE}

    @pytest.mark.parametrize("typed", ["Dupont x Moreau", "Moreau x Dupont", "Dupond x Moraud"])
    def test_a_couple_in_either_order(self, full: SearchEngine, typed: str) -> None:
        assert ids(full, typed) == ["dupont-1"]

    def test_a_couple_with_given_names(self, full: SearchEngine) -> None:
        assert ids(full, "Dupont Pierre x Moreau Catherine") == ["dupont-1"]
        assert ids(full, "Dupont Antoine x Moreau Catherine") == []

    def test_quotes_ask_for_the_very_name(self, full: SearchEngine) -> None:
        assert set(ids(full, '"Lefebvre"')) == {"lefebvre-1", "lefebvre-2", "lefebvre-3"}
        assert ids(full, '"Lefaivre"') == []

    @pytest.mark.parametrize(
        ("pattern", "found"),
        [
            ("Lef*vre", {"lefebvre-1", "lefebvre-2", "lefebvre-3", "lefevre-1", "lefehvre-1"}),
            ("Lef?vre", {"lefevre-1"}),
            ("*roux", {"leroux-1", "leroux-2", "roux-1"}),
            ("Dur*", {"durand-1"}),
            ("Z*", set()),
        ],
    )
    def test_wildcards(self, full: SearchEngine, pattern: str, found: set[str]) -> None:
        assert set(ids(full, pattern)) == found


class TestGivenNames:
    def test_forms_and_abbreviations(self, full: SearchEngine) -> None:
        found = ids(full, "Lefebvre Jean Bapt.")
        assert found[:2] == ["lefebvre-1", "lefebvre-3"]
        assert "lefevre-1" in ids(full, "Lefèvre Jean")
        assert reasons(full, "Lefèvre Jean", "lefevre-1") == {Expansion.GIVEN_NAME_FORM}

    def test_another_given_name_is_another_person(self, full: SearchEngine) -> None:
        assert "lefebvre-2" not in ids(full, "Lefebvre Jean")

    def test_any_order(self, full: SearchEngine) -> None:
        assert ids(full, "Jean Baptiste Lefebvre")[0] == "lefebvre-1"
        assert ids(full, "Baptiste Jean Lefebvre")[0] == "lefebvre-1"

    def test_surname_and_given_name_exchanged_in_the_table(self, full: SearchEngine) -> None:
        assert ids(full, "Chevalier Paul") == ["paul-1"]
        assert Expansion.INVERTED in reasons(full, "Chevalier, Paul", "paul-1")

    def test_without_a_surname(self, full: SearchEngine) -> None:
        assert set(ids(full, "", given_names="Paul")) == {"leroux-2", "roux-1"}

    def test_a_wildcard(self, full: SearchEngine) -> None:
        assert ids(full, "Le Roux An*") == ["leroux-1"]


class TestDates:
    def test_bounds(self, full: SearchEngine) -> None:
        assert set(ids(full, "Lefebvre 1880-1884")) == {"lefebvre-1", "lefebvre-2", "lefehvre-1"}
        assert ids(full, "Lefebvre < 1870") == ["lefebvre-3"]
        assert ids(full, "Lefebvre > 1884") == ["lefevre-1"]

    def test_the_nearest_date_first(self, full: SearchEngine) -> None:
        assert ids(full, "Lefebvre 1884")[:2] == ["lefebvre-2", "lefebvre-1"]
        assert reasons(full, "Lefebvre 1884", "lefebvre-1") == {Expansion.DATE_NEAR}
        assert ids(full, "Lefebvre vers 1860") == ["lefebvre-3"]

    def test_an_undated_entry_is_never_ruled_out(self, full: SearchEngine) -> None:
        assert ids(full, "Hubert 1850") == ["hubert-1"]

    def test_a_date_of_which_only_the_year_is_known(self, full: SearchEngine) -> None:
        assert ids(full, "Durand 1884") == ["durand-1"]
        assert ids(full, "Durand 1890-1899") == []


class TestExpansionsSwitchedOff:
    @pytest.mark.parametrize(
        ("expansion", "typed", "lost"),
        [
            (Expansion.SOUND, "Lefaivre", "lefevre-1"),
            (Expansion.SPELLING, "Roux", "leroux-1"),
            (Expansion.CROSS_REFERENCE, "Carpentier", "durand-1"),
            (Expansion.SPOUSE, "Moreau", "dupont-1"),
            (Expansion.GIVEN_NAME_FORM, "Lefevre Jean", "lefevre-1"),
            (Expansion.INVERTED, "Chevalier, Paul", "paul-1"),
            (Expansion.DATE_NEAR, "Lefebvre 1884", "lefebvre-1"),
        ],
    )
    def test_each_can_be(self, full: SearchEngine, expansion: Expansion, typed: str, lost: str) -> None:
        assert lost in ids(full, typed)
        # A name that sounds alike may be near in letters too, and the other way round.
        left = ALL_EXPANSIONS - {expansion, Expansion.SOUND, Expansion.TYPO, Expansion.MISREADING}
        assert lost not in ids(full, typed, expansions=left)

    def test_none_left(self, full: SearchEngine) -> None:
        assert ids(full, "Lefaivre", expansions=()) == []
        assert len(ids(full, "Lefebvre", expansions=())) == 3


class TestAnswers:
    def test_total_pages_and_order_are_stable(self, engine: SearchEngine) -> None:
        many = [person(f"p{number:03d}", "Petit", "Jean", "1850-01-01") for number in range(57)]
        engine.switch(engine.build(reversed(many)))
        query = SearchQuery(surname="Petit")
        pages = [engine.search(query, Paging(offset, 10)) for offset in range(0, 70, 10)]
        assert [page.total for page in pages] == [57] * 7
        found = [hit.entry_id for page in pages for hit in page.hits]
        assert found == [entry.id for entry in many]

    def test_confidence_breaks_ties_then_date(self, engine: SearchEngine) -> None:
        engine.put([
            person("late", "Petit", "A", "1860-01-01", confidence=0.8),
            person("early", "Petit", "B", "1850-01-01", confidence=0.8),
            person("sure", "Petit", "C", "1870-01-01", confidence=0.99),
            person("undated", "Petit", "D", confidence=0.8),
        ])  # fmt: skip
        assert ids(engine, "Petit") == ["sure", "early", "late", "undated"]

    def test_facets_count_the_whole_answer(self, full: SearchEngine) -> None:
        facets = full.search(SearchQuery(surname="Lefebvre", exact=True), Paging(size=1)).facets
        assert facets.kind == (FacetCount("birth", 2), FacetCount("death", 1))
        assert facets.register == (FacetCount("r1", 2), FacetCount("r2", 1))
        assert facets.decade == (FacetCount("1860", 1), FacetCount("1880", 2))
        assert facets.place == (FacetCount("Paris 3e", 3),)
        assert facets.state == (FacetCount("machine", 3),)

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            (Filters(kind=Kind.DEATH), {"lefebvre-3"}),
            (Filters(register="r2"), {"lefebvre-3"}),
            (Filters(decade=1880), {"lefebvre-1", "lefebvre-2", "lefevre-1", "lefehvre-1"}),
            (Filters(state=State.CHECKED), {"lefevre-1"}),
            (Filters(place="PARIS 3ème arrondissement", kind=Kind.DEATH), {"lefebvre-3"}),
            (Filters(place="Paris", kind=Kind.DEATH), {"lefebvre-3"}),
            (Filters(place="Par", kind=Kind.DEATH), set()),
            (Filters(place="Lyon 1er"), set()),
        ],
    )
    def test_filters(self, full: SearchEngine, filters: Filters, found: set[str]) -> None:
        result = full.search(SearchQuery(surname="Lefebvre", filters=filters), Paging())
        assert {hit.entry_id for hit in result.hits} == found
        assert result.total == len(found)

    def test_filters_alone_list_everything(self, full: SearchEngine) -> None:
        result = full.search(SearchQuery(filters=Filters(place="Brest")), Paging())
        assert [hit.entry_id for hit in result.hits] == ["goeff-1"]

    def test_nothing_found_and_spellings_tried(self, full: SearchEngine) -> None:
        assert answer(full, "Quelconque").total == 0
        assert full.spellings(parse_query("Lefaivre"))[0] in {"lefebvre", "lefevre", "lefehvre"}

    def test_an_engine_without_an_index(self, engine: SearchEngine) -> None:
        assert answer(engine, "Lefebvre").total == 0
        assert engine.generations() == ()
        assert engine.health().available
