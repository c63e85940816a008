"""The second stage as a whole: tables made by hand to entries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ner.extract import Understanding, understand
from registers.dates import Period
from registers.document import PageOutcome, Side, Table
from registers.entry import Entry, Flag, Kind, Remark
from registers.register import Description, RegisterSettings
from tests.ner.builders import make_reading, make_register, make_table

BIRTHS = RegisterSettings(Description(kinds=(Kind.BIRTH,), period=Period.of_years(1883, 1892)))
MARRIAGES = RegisterSettings(Description(kinds=(Kind.MARRIAGE,), period=Period.of_years(1912, 1912)))
HEADERS = ["NOMS", "PRÉNOMS", "DATES"]


def births(*tables: Table, settings: RegisterSettings = BIRTHS) -> tuple[Entry, ...]:
    return understand(make_register(settings=settings), [make_reading(tables)]).entries


def surnames(entries: Sequence[Entry]) -> list[str]:
    return [entry.person.surname for entry in entries]


def test_a_ten_year_table_with_all_its_dittos() -> None:
    rows = [
        ["Lefebvre", "Jean Bte", "20 Janvier 83"],
        ["d°", "Lucie Pauline", "19 xbre 90"],
        ["d°", "id Marie", "12 id 92"],
        ["Martin", "Paul", "1er id 83"],
    ]
    entries = births(make_table(rows, headers=HEADERS))
    assert surnames(entries) == ["Lefebvre", "Lefebvre", "Lefebvre", "Martin"]
    assert [entry.person.given_names for entry in entries] == [
        "Jean Baptiste",
        "Lucie Pauline",
        "Lucie Marie",
        "Paul",
    ]
    assert [entry.date.iso for entry in entries] == ["1883-01-20", "1890-12-19", "1892-12-12", "1883-12-01"]
    assert entries[2].ditto is not None
    assert entries[2].ditto.chain == (entries[1].id, entries[0].id)
    assert entries[2].person.surname_text == "d°"
    assert all(entry.kind is Kind.BIRTH for entry in entries)


def test_blanks_are_dittos_across_sides_and_pages_where_the_hand_leaves_them() -> None:
    left = make_table(
        [["Lefebvre", "Jean", "20 Janvier 83"], ["", "Marie", "4 mai 84"], ["", "Paul", "5 mai 84"]]
    )
    right = make_table([["", "Anne", "6 mai 85"], ["Martin", "Luc", "7 mai 85"], ["", "Rose", "8 mai 85"]])
    readings = [make_reading([left], [right], name="p1.jpg"), make_reading([right], [left], name="p2.jpg")]
    entries = understand(make_register(settings=BIRTHS), readings).entries
    assert surnames(entries) == ["Lefebvre"] * 4 + ["Martin"] * 3 + [
        "Martin",
        "Martin",
        "Lefebvre",
        "Lefebvre",
        "Lefebvre",
    ]
    assert entries[6].ditto is not None
    assert entries[6].ditto.head == entries[4].id


def test_ids_rows_and_sides() -> None:
    left = make_table([["Adam", "Jean", "20 Janvier 83"], ["Bauer", "Luc", "4 mai 84"]])
    right = make_table([["NOMS", "PRÉNOMS", "DATES"], ["Carré", "Anne", "6 mai 85"]])
    below = make_table([["Denis", "Rose", "7 mai 85"]], row_offset=2)
    reading = make_reading([left], [right, below])
    entries = understand(make_register("fonds/a", BIRTHS), [reading]).entries
    scan = reading.scan.id
    assert [entry.id for entry in entries] == [
        f"fonds/a:{scan}:l:001",
        f"fonds/a:{scan}:l:002",
        f"fonds/a:{scan}:r:002",
        f"fonds/a:{scan}:r:003",
    ]
    assert [(entry.source.side, entry.source.row) for entry in entries] == [
        (Side.LEFT, 1),
        (Side.LEFT, 2),
        (Side.RIGHT, 1),
        (Side.RIGHT, 2),
    ]


@pytest.mark.parametrize(
    "stray",
    [
        ["", "", ""],
        ["B", "", ""],
        ["NOMS", "PRÉNOMS", "DATES"],
        ["Report", "", ""],
        ["TOTAL", "", "27"],
        ["12", "", ""],
        ["......", "", "..."],
        ["OMIS", "", ""],
    ],
)
def test_lines_that_are_no_persons_give_no_entry(stray: list[str]) -> None:
    rows = [
        ["Adam", "Jean", "20 Janvier 83"],
        stray,
        ["Bauer", "Luc", "4 mai 84"],
        ["Carré", "Anne", "6 mai 85"],
    ]
    assert surnames(births(make_table(rows, headers=HEADERS))) == ["Adam", "Bauer", "Carré"]


def test_a_legend_gives_no_entries() -> None:
    rows = [
        ["Q", "= Province de Québec"],
        ["vf", "= voix chantée de femme"],
        ["vh", "= voix chantée d'homme"],
        ["acc.d", "= accordéon diatonique"],
    ]
    understanding = understand(make_register(settings=BIRTHS), [make_reading([make_table(rows)])])
    assert understanding.entries == ()
    assert [note.code for note in understanding.notes] == ["no_names"]


def test_noise_gives_no_entries() -> None:
    rows = [["~ iv", "“4 .", "v,"], ["il1", "::", "; W"], ["e", "«.", "aa ;"], ["_ =", "|", "rv"]]
    assert births(make_table(rows)) == ()


def test_handwriting_that_was_not_read_gives_no_entries() -> None:
    reading = make_reading(
        [], [], outcome=PageOutcome.HANDWRITING, banner=["Valbrune - Naissance - 1903-1912 - 9Z1 - Vue 4/9"]
    )
    understanding = understand(make_register(), [reading])
    assert understanding.entries == ()
    assert [place.view for place in understanding.places] == [4, 4]
    assert understanding.sections[0].description.commune == "Valbrune"


def test_groom_and_bride() -> None:
    rows = [
        ["1", "LEFEBVRE Jean", "MARTIN Anne", "4 mai"],
        ["2", "PETIT Luc", "ROUX Marie", "6 mai 1912"],
        ["3", "ROUX Paul", "PETIT Jeanne", "9 mai 1912"],
        ["4", "SAVARY Louis", "d° Rose", "9 mai 1912"],
    ]
    entries = births(make_table(rows, headers=["N°", "ÉPOUX", "ÉPOUSES", "DATES"]), settings=MARRIAGES)
    assert [entry.act_number for entry in entries] == ["1", "2", "3", "4"]
    spouses = [entry.spouse for entry in entries]
    assert [spouse.surname for spouse in spouses if spouse] == ["Martin", "Roux", "Petit", "Petit"]
    assert {entry.kind for entry in entries} == {Kind.MARRIAGE}


def test_both_spouses_listed_are_twins() -> None:
    rows = [
        ["1", "LEFEBVRE Jean", "MARTIN Anne", "4 mai 1912"],
        ["1", "MARTIN Anne", "LEFEBVRE Jean", "4 mai 1912"],
        ["2", "PETIT Luc", "ROUX Marie", "6 mai 1912"],
        ["2", "ROUX Marie", "PETIT Luc", "6 mai 1912"],
    ]
    entries = births(
        make_table(rows, headers=["N°", "NOMS ET PRÉNOMS", "CONJOINT", "DATES"]), settings=MARRIAGES
    )
    assert [entry.twin_of for entry in entries] == [
        entries[1].id,
        entries[0].id,
        entries[3].id,
        entries[2].id,
    ]
    assert all(entry.twin_of != entry.id for entry in entries)


def test_a_person_listed_under_two_surnames_is_linked_and_kept() -> None:
    rows = [
        ["Allevard - Marie Rose reconnue André", "4 mai 1885"],
        ["André - Marie Rose", "4 mai 1885"],
        ["Aubert - Luc", "5 mai 1885"],
    ]
    entries = births(make_table(rows, headers=["NOMS ET PRÉNOMS", "DATES"]))
    assert len(entries) == 3
    assert entries[0].twin_of == entries[1].id
    assert entries[0].person.cross_surnames == ("André",)
    assert entries[0].remark_kind is Remark.FILIATION
    assert entries[2].twin_of == ""


def test_a_transcription_outside_the_period_is_no_error() -> None:
    rows = [
        ["Adam Jean", "4 mai 1915", "transcription n° 112 de 1919"],
        ["Bauer Luc", "6 mai 1915", ""],
        ["Carré Paul", "9 mai 1919", ""],
    ]
    table = make_table(rows, headers=["NOMS ET PRÉNOMS", "DATES", "OBSERVATIONS"])
    stated = RegisterSettings(Description(kinds=(Kind.DEATH,), period=Period.of_years(1919, 1919)))
    first, second, _ = births(table, settings=stated)
    assert first.kind is Kind.TRANSCRIPTION
    assert (first.act_number, first.act_year, first.date.iso) == ("112", 1919, "1915-05-04")
    assert Flag.DATE_OUTSIDE_PERIOD not in first.flags
    assert Flag.DATE_OUTSIDE_PERIOD in second.flags


def test_a_name_that_was_not_read_is_shown_as_unread() -> None:
    entries = births(
        make_table(
            [["Adam", "Jean", "20 Janvier 83"], ["", "", "4 mai 84"], ["Carré", "Anne", "6 mai 85"]],
            headers=HEADERS,
        )
    )
    assert Flag.UNREAD_CELL in entries[1].flags
    assert entries[1].person.surname == ""


def test_a_whole_person_may_be_a_ditto() -> None:
    rows = [
        ["12", "DURAND,Eddie"],
        ["13", '"'],
        ["14", "”"],
        ["15", '"'],
        ["16", "#"],
        ["17", "DURAND, Willie"],
    ]
    entries = births(make_table(rows, headers=["2", "5"]))
    assert [(entry.person.surname, entry.person.given_names) for entry in entries] == [
        ("Durand", "Eddie")
    ] * 5 + [("Durand", "Willie")]
    assert entries[4].ditto is not None
    assert entries[4].ditto.head == entries[0].id


def test_a_wrapped_name_is_one_row() -> None:
    rows = [
        ["1", "ADAM, Luc", "4 mai 1885"],
        ["2", "BAUER,", "5 mai 1885"],
        ["", "Willie", ""],
        ["3", "CARRÉ, Anne", "6 mai 1885"],
    ]
    entries = births(make_table(rows, headers=["N°", "NOMS ET PRÉNOMS", "DATES"]))
    assert [(entry.person.surname, entry.person.given_names) for entry in entries] == [
        ("Adam", "Luc"),
        ("Bauer", "Willie"),
        ("Carré", "Anne"),
    ]


def test_a_garbled_given_name_is_put_right_and_told() -> None:
    entries = births(
        make_table(
            [["Adam", "Suzannc Maric", "20 Janvier 83"], ["Bauer", "Luc", "4 mai 84"]], headers=HEADERS
        )
    )
    assert entries[0].person.given_names == "Suzanne Marie"
    assert entries[0].person.given_names_text == "Suzannc Maric"
    assert Flag.REPAIRED in entries[0].flags


def test_no_heading_at_all_and_the_period_comes_from_the_dates() -> None:
    rows = [
        [f"Nom{letter}", "Jean", f"{day} mai 188{day % 8 + 1}"] for day, letter in enumerate("abcdefghij", 1)
    ]
    understanding = understand(make_register(), [make_reading([make_table(rows, headers=HEADERS)])])
    assert understanding.sections[0].period == Period.of_years(1881, 1888)
    assert understanding.sections[0].conflicts


def test_a_registers_numbers_are_audited_with_the_closing() -> None:
    rows = [
        [str(number), f"ADAM Jean{'-Luc' * (number % 2)}", f"{number} mai 1912"]
        for number in (1, 2, 3, 5, 6, 7, 7, 8)
    ]
    readings = [
        make_reading([make_table(rows, headers=["N°", "NOMS ET PRÉNOMS", "DATES"])], name="p1.jpg"),
        make_reading(
            [], name="p2.jpg", titles=["Arrêté la présente table, contenant 9 actes, par nous, maire"]
        ),
    ]
    report = understand(
        make_register(
            settings=RegisterSettings(Description(kinds=(Kind.BIRTH,), period=Period.of_years(1912, 1912)))
        ),
        readings,
    ).numbers[0]
    assert (report.missing, report.double, report.stated) == ((4, 9), (7,), 9)
    assert str(report) == "8 numbers, 2 missing: 4, 9, 1 double: 7"


def test_the_same_tables_give_the_same_understanding_in_any_order() -> None:
    readings = [
        make_reading(
            [make_table([[name, "Jean", "4 mai 84"], ["d°", "Luc", "5 mai 84"]])], name=f"p{page}.jpg"
        )
        for page, name in enumerate(("Adam", "Bauer", "Carré"))
    ]
    assert understand(make_register(settings=BIRTHS), readings) == understand(
        make_register(settings=BIRTHS), readings[::-1]
    )


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "d°",
            "id",
            '"',
            "",
            "Lefebvre",
            "Jean",
            "20 Janvier 83",
            "12 id 92",
            "17",
            "MARIAGES",
            "B",
            "Adam (Luc)",
            "Roux et Petit Anne",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=12)
    )
)
def test_no_content_raises(rows: list[list[str]]) -> None:
    understanding = understand(make_register(), [make_reading([make_table(rows)], titles=rows[0])])
    assert isinstance(understanding, Understanding)
    ids = {entry.id for entry in understanding.entries}
    assert len(ids) == len(understanding.entries)
    assert all(set(entry.ditto.chain) <= ids for entry in understanding.entries if entry.ditto)
    assert {entry.section_id for entry in understanding.entries} <= {
        section.id for section in understanding.sections
    }
