"""Answers that are kept for when they are asked again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from indexer.candidates import surname_candidates
from indexer.given import given_candidates
from indexer.recent import Recent
from indexer.vocabulary import Vocabulary
from registers.query import ALL_EXPANSIONS, Expansion, SearchQuery


def noting(made: list[int], number: int) -> Callable[[], int]:
    """What makes a number and notes it in `made`."""

    def make() -> int:
        made.append(number)
        return number

    return make


def test_what_was_asked_lately_is_not_made_again_and_the_oldest_goes() -> None:
    recent: Recent[int, int] = Recent(2)
    made: list[int] = []
    for number in (1, 2, 1, 3, 1, 2):
        assert recent.get(number, noting(made, number)) == number
    assert made == [1, 2, 3, 2]
    assert len(recent) == 2


def test_many_threads_may_ask() -> None:
    recent: Recent[int, int] = Recent(3)
    asked = [number % 7 for number in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: recent.get(number, lambda: number), asked)) == asked
    assert len(recent) == 3


def test_a_new_name_is_among_the_answers_of_a_question_asked_before() -> None:
    query = SearchQuery(surname="Lefebvre")
    before = Vocabulary.of(["lefebvre", "martin"])
    names = [name.name for name in surname_candidates("Lefebvre", query, before)]
    assert surname_candidates("Lefebvre", query, before) is surname_candidates("Lefebvre", query, before)
    after = before.extended(["lefehvre"])
    assert names == ["lefebvre"]
    assert [name.name for name in surname_candidates("Lefebvre", query, after)] == ["lefebvre", "lefehvre"]


def test_other_expansions_are_another_question() -> None:
    vocabulary = Vocabulary.of(["jean", "jehan", "lefebvre", "lefehvre"])
    for off in (ALL_EXPANSIONS, frozenset[Expansion](), ALL_EXPANSIONS):
        query = SearchQuery(expansions=off)
        fresh = Vocabulary.of(vocabulary.names)
        for exact in (query, SearchQuery(expansions=off, exact=True)):
            assert surname_candidates("Lefebvre", exact, vocabulary) == surname_candidates(
                "Lefebvre", exact, fresh
            )
            assert given_candidates("jean", 1, exact, vocabulary) == given_candidates("jean", 1, exact, fresh)
