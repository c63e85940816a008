from __future__ import annotations

from dataclasses import replace

import pytest

from registers.entry import Entry, Flag
from registers.query import Filters, SearchQuery
from registers.register import Description, Register, Section
from services.coverage import coverage_of
from services.desk import Desk
from services.neighbours import Standing, split, standings_of
from store.kept import PagePlace
from tests.desk_builders import BIRTHS
from tests.store import builders as b


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


SHARED = "partage"
_FIRST = ("Aubert", "Barbier", "Bertrand", "Caron", "David", "Dubois", "Fournier", "Garnier", "Girard")
_SECOND = ("Adam", "Bernard", "Colin", "Durand", "Faure", "Gros", "Henry", "Lambert", "Marchand", "Noël")
_PAGES = (
    (("a", _FIRST[:5]),),
    (("a", _FIRST[5:]), ("b", _SECOND[:4])),
    (("b", _SECOND[4:7]),),
    (("b", _SECOND[7:]),),
)
"""Four pages of two sections: the second begins in the middle of the second page."""


@pytest.fixture
def shared_page(desk: Desk) -> Desk:
    """Every page holds a doubtful row of each of its sections, the shared one two of the first's."""
    desk.catalogue.registers.upsert(Register(SHARED, f"/scans/{SHARED}"))
    found: list[Entry] = []
    places: list[PagePlace] = []
    for view, parts in enumerate(_PAGES, 1):
        rows = [(section, name) for section, names in parts for name in names]
        read = desk.catalogue.pages.save_reading(
            SHARED, b.reading(f"{view}.jpg", range(0, 40 * len(rows), 40)), "v"
        )
        places.append(PagePlace(read.pages[0].page.id, view, parts[0][0]))
        for (section, name), entry in zip(rows, b.entries(read, SHARED), strict=True):
            flags = (Flag.LOW_CONFIDENCE,) if name in _DOUBTFUL else ()
            found.append(replace(b.named(entry, name), section_id=section, flags=flags))
    sections = [Section(part, SHARED, Description(commune="Valbrune")) for part in "ab"]
    desk.catalogue.entries.replace(SHARED, sections, found, "v", places)
    return desk


_DOUBTFUL = frozenset({"Barbier", "Dubois", "Garnier", "Bernard", "Faure", "Marchand"})


@pytest.mark.parametrize(
    ("surname", "section", "offered"),
    [
        ("Besson", "b", [(2, 1)]),  # between two rows of the shared page
        ("Albert", "b", [(2, 1)]),
        ("Duval", "b", [(2, 1), (3, 1)]),
        ("Zola", "b", [(4, 1)]),
        ("Dupont", "a", [(2, 2)]),
        ("Aaron", "a", [(1, 1)]),
        ("Zola", "a", [(2, 2)]),
    ],
)
def test_of_a_page_that_two_sections_share_each_counts_its_own_rows(
    shared_page: Desk, surname: str, section: str, offered: list[tuple[int, int]]
) -> None:
    query = SearchQuery(surname=surname)
    found = standings_of(shared_page, query, coverage_of(shared_page, query))
    (standing,) = (one for one in found if one.section_id == section)
    assert [(doubt.page.view, doubt.rows) for doubt in standing.doubtful] == offered


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
