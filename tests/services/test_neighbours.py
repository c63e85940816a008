from __future__ import annotations

import pytest

from registers.query import Filters, SearchQuery
from services.coverage import coverage_of
from services.desk import Desk
from services.neighbours import Standing, split, standings_of
from tests.desk_builders import BIRTHS


def _in_births(small_desk: Desk, surname: str) -> Standing:
    query = SearchQuery(surname=surname, filters=Filters(register=BIRTHS))
    (found,) = standings_of(small_desk, query, coverage_of(small_desk, query))
    return found


def _names(standing: Standing) -> tuple[str, str]:
    return tuple(f"{n.surname} {n.given_names}" if n else "" for n in (standing.before, standing.after))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("surname", "between"),
    [
        ("Aaron", ("", "Aubert Marie Louise")),
        ("Auvray", ("Aubert Marie Louise", "Barbier Marie Louise")),
        ("Legendre", ("Lefebvre Paul", "Legrand Victor")),
        ("LE GENDRE", ("Lefebvre Paul", "Legrand Victor")),
        ("Lecomte", ("Laurent Marie Louise", "Lefebvre Jean Baptiste")),
        ("Zola", ("Simon Claude", "")),
    ],
)
def test_a_name_stands_between_its_neighbours(
    small_desk: Desk, surname: str, between: tuple[str, str]
) -> None:
    assert _names(_in_births(small_desk, surname)) == between


def test_pages_of_the_interval_with_doubtful_rows_are_offered(small_desk: Desk) -> None:
    across = _in_births(small_desk, "Lecomte")
    assert [(found.page.side, found.rows, found.unread) for found in across.doubtful] == [("right", 1, False)]
    assert _in_births(small_desk, "Auvray").doubtful == ()


@pytest.mark.parametrize("surname", ["", "Lef*vre", "L?febvre"])
def test_without_a_plain_surname_there_is_no_place(small_desk: Desk, surname: str) -> None:
    query = SearchQuery(surname=surname)
    assert standings_of(small_desk, query, coverage_of(small_desk, query)) == ()


def test_too_few_rows_keep_no_order(small_desk: Desk) -> None:
    query = SearchQuery(surname="Legendre", filters=Filters(place="Courvignolles"))
    assert standings_of(small_desk, query, coverage_of(small_desk, query)) == ()


@pytest.mark.parametrize(
    ("keys", "sought", "place"),
    [
        ("abcd", "c", 3),
        ("abzcd", "c", 4),  # a misread row does not matter
        ("abad", "c", 3),
        ("", "c", 0),
        ("xyz", "c", 0),
        ("aab", "c", 3),
    ],
)
def test_the_place_is_the_one_that_most_rows_agree_on(keys: str, sought: str, place: int) -> None:
    assert split(list(keys), sought, after_equal=True) == place


def test_equal_keys_are_before_or_behind_as_asked() -> None:
    assert split(list("abbc"), "b", after_equal=False) == 1
    assert split(list("abbc"), "b", after_equal=True) == 3
