"""Banners, titles and folder names: what they say of a section."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ner.headings.parse import describe, running_letter
from registers.dates import Period
from registers.document import PageClass
from registers.entry import Kind
from registers.register import Collection, Series

PORTAL = (
    "Brissandre - 1er arrondissement - 01/01/1903-31/12/1912 - Table décennale - Naissance - "
    "9Z2617 - Vue 48/109"
)


def test_a_portals_banner_says_it_all() -> None:
    heading = describe(["Archives municipales de Brissandre", PORTAL])
    assert heading.description.commune == "Brissandre 1er arrondissement"
    assert heading.description.period == Period.of_years(1903, 1912)
    assert heading.description.kinds == (Kind.BIRTH,)
    assert heading.description.series is Series.DECENNIAL
    assert heading.description.cote == "9Z2617"
    assert (heading.view, heading.view_count) == (48, 109)


@pytest.mark.parametrize(
    ("line", "commune", "years", "kinds", "cote", "view"),
    [
        ("Valbrune, naissances, 1883-1892, vue 12 sur 40", "Valbrune", (1883, 1892), "birth", None, 12),
        ("AD45 - Valbrune (Loiret) - Tables décennales - NMD - 1883-1892 - 4 E 123/4 - image 3/12",
         "Valbrune", (1883, 1892), "birth marriage death", "4 E 123/4", 3),
        ("Etat civil > Orgelval-les-Aulnes > Tables décennales > 1893 - 1902 > 4E504/26 > 56/120",
         "Orgelval-les-Aulnes", (1893, 1902), "", "4E504/26", 56),
        ("Paris 3e arrondissement | V4E 1234 | Décès 1873-1882 | Vue 7 / 31",
         "Paris 3e arrondissement", (1873, 1882), "death", "V4E 1234", 7),
        ("Brissandre - 5 Mi 12 - 9 Z 14 - Mariage - 1903-1912 - Vue 4/9",
         "Brissandre", (1903, 1912), "marriage", "9 Z 14", 4),
    ],
)  # fmt: skip
def test_other_portals_orders_and_words(
    *, line: str, commune: str, years: tuple[int, int], kinds: str, cote: str | None, view: int
) -> None:
    heading = describe([line])
    assert heading.description.commune == commune
    assert heading.description.period == Period.of_years(*years)
    assert " ".join(heading.description.kinds) == kinds
    assert heading.description.cote == cote
    assert heading.view == view


def test_a_misread_banner_still_says_kind_view_and_period() -> None:
    heading = describe(["Brissandre - 01/01/l903-31/12/19l2 - Tab1e décennaIe - Naissanee - Vuc 68/l09"])
    assert heading.description.kinds == (Kind.BIRTH,)
    assert heading.description.period == Period.of_years(1903, 1912)
    assert (heading.view, heading.view_count) == (68, 109)


def test_a_title_spread_over_lines() -> None:
    lines = [
        "TABLE DÉCENNALE",
        "DES NAISSANCES",
        "Commune de la Combe-Noire",
        "du 1er janvier 1883",
        "au 31 décembre 1892",
    ]
    heading = describe(lines).description
    assert heading.commune == "La Combe-Noire"
    assert heading.kinds == (Kind.BIRTH,)
    assert heading.period == Period.of_years(1883, 1892)
    assert heading.series is Series.DECENNIAL


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("an XI à 1812", date(1802, 9, 23), date(1812, 12, 31)),
        ("de l'an XI à 1812", date(1802, 9, 23), date(1812, 12, 31)),
        ("1793-an X", date(1793, 1, 1), date(1802, 9, 22)),
        ("deces-1792-an-x", date(1792, 1, 1), date(1802, 9, 22)),
        ("ans XI à XIII", date(1802, 9, 23), date(1805, 9, 22)),
        ("du 1er vendémiaire an I au 5e jour complémentaire an X", date(1792, 9, 22), date(1802, 9, 22)),
        ("Mariages 1912", date(1912, 1, 1), date(1912, 12, 31)),
        ("1883-92", date(1883, 1, 1), date(1892, 12, 31)),
        ("janvier 1883 à décembre 1892", date(1883, 1, 1), date(1892, 12, 31)),
        ("an II", date(1793, 9, 22), date(1794, 9, 21)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert describe([text]).description.period == Period(first, last)


def test_one_bound_of_a_ten_year_table_is_no_period() -> None:
    assert describe(["TABLE DÉCENNALE DES DÉCÈS", "du 1er janvier 1883 au 31 dé"]).description.period is None


def test_a_publication_of_marriages_is_one_kind() -> None:
    assert describe(["Publications de mariages 1893"]).description.kinds == (Kind.PUBLICATION,)


def test_the_copy_of_the_court() -> None:
    assert describe(["Décès 1912 (collection du greffe)"]).description.collection is Collection.GREFFE


def test_a_licence_line_says_nothing() -> None:
    line = "réutilisation libre. Mention obligatoire : cote - Date d'édition : 02/12/2025"
    assert describe([line]) == describe([])


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Le présent registre contenant mille deux cent quatre actes a été clos et arrêté par nous", 1204),
        ("Arrêté la présente table décennale, contenant 102 actes, par nous, maire", 102),
        ("Clos et arrêté, au nombre de quatre-vingt-dix-sept naissances", 97),
    ],
)
def test_a_closing_states_its_total(text: str, total: int) -> None:
    heading = describe([text])
    assert heading.page_class is PageClass.CLOSING
    assert heading.total == total


def test_neant_is_none_recorded() -> None:
    assert describe(["DIVORCES", "Année 1912", "NÉANT"]).page_class is PageClass.NONE_RECORDED


@pytest.mark.parametrize(
    ("text", "letter"), [("A", "A"), ("Lettre B", "B"), ("- C -", "C"), ("Ab", ""), ("12", "")]
)
def test_running_letters(text: str, letter: str) -> None:
    assert running_letter(text) == letter


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_heading_raises(lines: list[str]) -> None:
    heading = describe(lines)
    assert heading.view is None or heading.view >= 0


@given(
    st.integers(1793, 1960),
    st.integers(0, 20),
    st.sampled_from(["{}-{}", "{} à {}", "de {} à {}", "01/01/{}-31/12/{}"]),
)
def test_a_written_period_is_read_back(first: int, length: int, form: str) -> None:
    period = describe([form.format(first, first + length)]).description.period
    assert period == Period.of_years(first, first + length)
