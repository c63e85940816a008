from __future__ import annotations

import pytest

from ner.dates.forms import DateStyle
from ner.knowledge import SectionKnowledge, VolumeKnowledge
from registers.dates import Period
from registers.knowledge import Acceptor, Holds, Knowledge, NameAcceptor, RegisterKnowledge
from registers.register import Description, Register, RegisterSettings, SectionSettings

DECADE = SectionKnowledge(Period.of_years(1903, 1912))


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        ("NOMS ET PRÉNOMS DES INDIVIDUS", Holds.FULL_NAME),
        ("DATES DES ACTES", Holds.DATE),
        ("NOMS", Holds.SURNAME),
        ("PRÉNOMS", Holds.GIVEN_NAMES),
        ("N° des actes", Holds.ACT_NUMBER),
    ],
)
def test_headers_tell_what_a_column_holds(header: str, holds: Holds) -> None:
    acceptor = DECADE.of_column(0, header)
    assert isinstance(acceptor, Acceptor)
    assert acceptor.holds is holds


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert DECADE.of_column(0, "") is None
    assert DECADE.of_column(0, "OBSERVATIONS") is None
    assert SectionKnowledge(None).of_column(0, "DATES") is None


def test_the_words_of_the_register_win() -> None:
    knowledge = SectionKnowledge(None, columns=("full_name", "act_number"))
    assert isinstance(knowledge.of_column(0, "DATES"), NameAcceptor)
    number = knowledge.of_column(1, "")
    assert number is not None and tuple(number.candidates("12", 5)) == ()


def test_pages_of_one_section_share_their_acceptors() -> None:
    knowledge: Knowledge = SectionKnowledge(Period.of_years(1903, 1912))
    assert knowledge.of_column(2, "DATES") is DECADE.of_column(1, "DATES DES ACTES")


def test_the_period_and_the_style_are_learnt_from_the_pages_own_dates() -> None:
    read = [
        f"{day} Mars {year}"
        for day, year in zip(range(1, 21), [1903, 1907, 1912, 1905, 1998] * 4, strict=True)
    ]
    columns = [("NOMS ET PRÉNOMS", ["Carel - Louise"]), ("DATES DES ACTES", read)]
    known = SectionKnowledge(None).after(columns)
    assert known.period is not None
    assert (known.period.first.year, known.period.last.year) == (1903, 1912)
    assert known.style == DateStyle(None, 4, True)
    assert known.of_column(1, "DATES DES ACTES") is not None


def test_too_few_years_teach_no_period() -> None:
    known = SectionKnowledge(None).after([("DATES DES ACTES", ["2 Mars 1905", "d°", "1937"])])
    assert known.period is None


def _volume(stated: Period | None, register_id: str = "v") -> Register:
    section = SectionSettings(Description(period=Period.of_years(1893, 1902)), 40, 80, ("date", "surname"))
    return Register(register_id, "/v", RegisterSettings(Description(period=stated), (section,), ("surname",)))


def test_what_register_toml_says_is_known_before_anything_is_read() -> None:
    known = VolumeKnowledge(_volume(Period.of_years(1883, 1902)), 3)
    assert known.period == Period.of_years(1883, 1902)
    assert known.columns == ("surname",)
    assert VolumeKnowledge(_volume(None), 41).period == Period.of_years(1893, 1902)
    assert VolumeKnowledge(_volume(None), None).period is None


def test_the_banner_tells_the_view_and_stands_below_what_people_say() -> None:
    volume = VolumeKnowledge(_volume(None), 2)
    assert isinstance(volume, RegisterKnowledge)
    assert volume.period is None
    assert volume.under(["Fictive - 1883-1892 - Vue 12/90"]).period == Period.of_years(1883, 1892)
    within = volume.under(["Fictive - 1883-1892 - Vue 44/90"])
    assert within.period == Period.of_years(1893, 1902)
    assert within.columns == ("date", "surname")


def test_the_folders_name_is_the_weakest_word() -> None:
    volume = VolumeKnowledge(Register("deces 1873-1882", "/v"), 1)
    assert volume.period == Period.of_years(1873, 1882)
    assert volume.under(["Naissances 1883-1892"]).period == Period.of_years(1883, 1892)


def test_a_wide_period_is_narrowed_by_the_pages_own_years() -> None:
    read = [
        f"{day} Mars {year}" for day, year in zip(range(1, 21), [1843, 1847, 1852, 1943] * 5, strict=True)
    ]
    known = SectionKnowledge(Period.of_years(1792, 1902)).after([("DATES", read)])
    assert known.period == Period.of_years(1843, 1852)
    decade = SectionKnowledge(Period.of_years(1843, 1852)).after([("DATES", read)])
    assert decade.period == Period.of_years(1843, 1852)


NAMED = ("Carel - Louise", "Carle - Jean", "Carlet - Laure", "Carnot - Marie Anne", "Caron - Paul")
DATED = ("18 Août 1903", "19 janvier 1904", "2 mai 1909", "7 Nov 1911", "3l mars 1906")


def test_cells_tell_what_a_column_holds_whose_header_nobody_could_read() -> None:
    knowledge = DECADE.after([("", NAMED), ("", DATED), ("", ("leg", "", "vu", "", "reconnu Carel"))])
    names, dates = knowledge.of_column(0, ""), knowledge.of_column(1, "")
    assert isinstance(names, NameAcceptor)
    assert dates is not None and dates.holds is Holds.DATE
    assert knowledge.of_column(2, "") is None


def test_a_header_that_tells_of_names_leaves_other_columns_alone() -> None:
    knowledge = DECADE.after([("NOMS ET PRÉNOMS", NAMED), ("", NAMED), ("DATES", DATED), ("", DATED)])
    assert knowledge.of_column(1, "") is None
    assert knowledge.of_column(3, "") is None
