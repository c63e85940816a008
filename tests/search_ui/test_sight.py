from __future__ import annotations

from dataclasses import replace

from registers.entry import State
from registers.query import Hit, SearchQuery
from search_ui.language import language
from search_ui.sight import Seen, seen_result
from services.desk import Desk
from services.find import find

FRENCH = language("fr")


def _seen(desk: Desk, surname: str, given_names: str) -> Seen:
    found = find(desk, SearchQuery(surname=surname, given_names=given_names))
    result = next(r for r in found.results if r.entry.person.given_names == given_names)
    return seen_result(result, FRENCH)


def test_a_birth_is_cited_with_all_that_finds_it_again(desk: Desk) -> None:
    seen = _seen(desk, "Lefebvre", "Jean Baptiste")
    assert seen.reading == "LEFEBVRE Jean Baptiste, 4 décembre 1883"
    assert seen.date_written == "écrit « 4 xbre 83 »"
    assert seen.reference == (
        "Valbrune-sur-Orle, naissances 1883-1892, cote 9 Z 12, vue 12, page de droite, ligne 1"
    )
    assert (seen.trust, seen.trust_word) == ("sure", "lecture automatique fiable")
    assert seen.strip.height == 56 and 900 < seen.strip.width < 1400


def test_an_inherited_surname_names_its_row_and_sign(desk: Desk) -> None:
    seen = _seen(desk, "Lefebvre", "Paul")
    assert seen.inherited == "nom repris de la ligne 1 (« d° »)"
    assert seen.head_strip.height == 40


def test_a_marriage_says_under_whom_it_is_listed_and_its_act(desk: Desk) -> None:
    seen = _seen(desk, "Lefebvre", "Henri")
    assert seen.spouse == "DUBOIS Claire Marie"
    assert seen.listed == ("inscrit sous LEFEBVRE Henri ; l’acte figure aussi sous DUBOIS Claire Marie")
    assert seen.reference.endswith("vue 3, ligne 2, acte n° 12")
    assert _seen(desk, "Mercier", "Luc").listed == "inscrit sous MERCIER Luc"


def test_republican_dates_are_given_in_both_calendars(desk: Desk) -> None:
    assert _seen(desk, "Lefebvre", "Mathurin").date == "12 brumaire an XI (3 novembre 1802)"


def test_a_date_that_was_not_read_keeps_what_is_written_and_its_bounds(desk: Desk) -> None:
    assert _seen(desk, "Roux", "Jeanne").date == "illisible (entre 1802 et 1812)"


def test_doubt_is_said_in_words(desk: Desk) -> None:
    seen = _seen(desk, "Legrand", "Victor")
    assert (seen.trust, seen.trust_word) == ("doubtful", "lecture incertaine")
    assert seen.flags == ("lecture peu sûre",)


def test_links_hold_no_names(desk: Desk) -> None:
    for result in find(desk, SearchQuery(surname="Lefebvre")).results:
        seen = seen_result(result, FRENCH)
        assert "efebvre" not in seen.page_link + seen.strip_link + seen.head_strip_link


def test_what_a_person_checked_says_when(desk: Desk) -> None:
    found = find(desk, SearchQuery(surname="Leroy")).results[0]
    checked = replace(
        found.stored, entry=replace(found.entry, state=State.CHECKED), at="2026-03-03T10:00:00+00:00"
    )
    seen = seen_result(replace(found, stored=checked, hit=Hit(found.entry.id, 1.0)), FRENCH)
    assert (seen.trust, seen.trust_word) == ("checked", "vérifiée le 3 mars 2026")
