"""Sections: precedence of settings, banners, titles and folder names; page order; title lines."""

from __future__ import annotations

from ner.sections import sections_of
from registers.dates import Period
from registers.entry import Kind
from registers.register import Description, RegisterSettings, SectionSettings
from tests.ner.builders import make_reading, make_register, make_table

ROWS = [["Lefebvre Jean", "4 mai 1883"], ["Martin Paul", "5 mai 1884"]]
TITLE = "TABLE DÉCENNALE DES NAISSANCES\nCommune de Valbrune\ndu 1er janvier 1883 au 31 décembre 1892"
BANNER = "Brissandre - 01/01/{0}-31/12/{1} - Table décennale - {2} - 9Z26 - Vue {3}/90"


def banner(view: int, kind: str = "Naissance", first: int = 1883, last: int = 1892) -> list[str]:
    return [BANNER.format(first, last, kind, view)]


def test_settings_are_stronger_than_banners() -> None:
    settings = RegisterSettings(Description(commune="Valbrune", period=Period.of_years(1873, 1882)))
    plan = sections_of(make_register(settings=settings), [make_reading([make_table(ROWS)], banner=banner(3))])
    description = plan.sections[0].description
    assert description.commune == "Valbrune"
    assert description.period == Period.of_years(1873, 1882)
    assert description.kinds == (Kind.BIRTH,)
    assert plan.sections[0].conflicts


def test_pages_are_in_the_order_of_their_views() -> None:
    readings = [
        make_reading([make_table(ROWS)], name=f"p{number}.jpg", banner=banner(view))
        for number, view in ((1, 12), (2, 11), (10, 13))
    ]
    plan = sections_of(make_register(), readings)
    assert [(place.scan.image, place.view) for place in plan.pages] == [
        ("p2.jpg", 11),
        ("p1.jpg", 12),
        ("p10.jpg", 13),
    ]


def test_pages_without_views_are_in_the_order_of_their_names() -> None:
    readings = [make_reading([make_table(ROWS)], name=f"p{number}.jpg") for number in (10, 9, 1)]
    plan = sections_of(make_register(), readings)
    assert [place.scan.image for place in plan.pages] == ["p1.jpg", "p9.jpg", "p10.jpg"]
    assert all(place.view is None for place in plan.pages)


def test_a_lone_misread_banner_is_outvoted_and_told() -> None:
    periods = [(1883, 1892)] * 4
    periods[2] = (1888, 1892)
    readings = [
        make_reading([make_table(ROWS)], name=f"p{view}.jpg", banner=banner(view, first=first, last=last))
        for view, (first, last) in enumerate(periods, 1)
    ]
    plan = sections_of(make_register(), readings)
    assert [section.period for section in plan.sections] == [Period.of_years(1883, 1892)]
    assert [note.code for note in plan.notes] == ["banner_conflict"]


def test_banners_of_two_kinds_are_two_sections() -> None:
    kinds = ["Naissance", "Naissance", "Mariage", "Mariage"]
    readings = [
        make_reading([make_table(ROWS)], name=f"p{view}.jpg", banner=banner(view, kind))
        for view, kind in enumerate(kinds, 1)
    ]
    plan = sections_of(make_register(), readings)
    assert [(section.kind, section.first_view, section.last_view) for section in plan.sections] == [
        (Kind.BIRTH, 1, 2),
        (Kind.MARRIAGE, 3, 4),
    ]


def test_stated_sections_go_by_views_or_by_rank() -> None:
    settings = RegisterSettings(
        Description(commune="Valbrune"),
        (
            SectionSettings(Description(kinds=(Kind.BIRTH,), period=Period.of_years(1843, 1852)), 1, 1),
            SectionSettings(Description(kinds=(Kind.DEATH,), period=Period.of_years(1843, 1852)), 2, 3),
        ),
    )
    readings = [make_reading([make_table(ROWS)], name=f"p{number}.jpg") for number in (1, 2, 3)]
    plan = sections_of(make_register(settings=settings), readings)
    kinds = {section.id: section.kind for section in plan.sections}
    assert [kinds[part.section_id] for part in plan.parts] == [Kind.BIRTH, Kind.DEATH, Kind.DEATH]
    assert all(section.description.commune == "Valbrune" for section in plan.sections)


def test_title_lines_within_a_table_begin_sections() -> None:
    table = make_table(
        [
            *ROWS,
            ["MARIAGES", ""],
            ["Petit Luc", "6 mai 1883"],
            ["Année 1884", ""],
            ["Roux Anne", "7 mai 1884"],
        ]
    )
    register = make_register(settings=RegisterSettings(Description(period=Period.of_years(1883, 1892))))
    plan = sections_of(register, [make_reading([table], titles=["NAISSANCES"])])
    sections = {section.id: section for section in plan.sections}
    assert [sections[part.section_id].kind for part in plan.parts] == [
        Kind.BIRTH,
        Kind.MARRIAGE,
        Kind.MARRIAGE,
    ]
    assert sections[plan.parts[2].section_id].period == Period.of_years(1884, 1884)
    assert [len(part.rows) for part in plan.parts] == [2, 1, 1]


def test_a_title_narrows_what_the_banner_says() -> None:
    readings = [
        make_reading(
            [make_table(ROWS)],
            name="p1.jpg",
            banner=banner(1, "Naissance, mariage, décès"),
            titles=["NAISSANCES"],
        ),
        make_reading(
            [make_table(ROWS)], name="p2.jpg", banner=banner(2, "Naissance, mariage, décès"), titles=["DÉCÈS"]
        ),
    ]
    plan = sections_of(make_register(), readings)
    assert [section.kind for section in plan.sections] == [Kind.BIRTH, Kind.DEATH]


def test_a_cover_joins_the_section_that_it_opens() -> None:
    readings = [
        make_reading([], name="p1.jpg"),
        make_reading(
            [
                make_table(
                    ROWS,
                    title=TITLE,
                )
            ],
            name="p2.jpg",
        ),
    ]
    plan = sections_of(make_register(), readings)
    assert [section.description.commune for section in plan.sections] == ["Valbrune"]
    assert {place.section_id for place in plan.pages} == {plan.sections[0].id}


def test_the_folders_name_is_the_last_resort() -> None:
    plan = sections_of(make_register("Valbrune/naissances_1883-1892"), [make_reading([make_table(ROWS)])])
    assert plan.sections[0].kind is Kind.BIRTH
    assert plan.sections[0].period == Period.of_years(1883, 1892)


def test_a_closing_gives_its_total_to_the_section() -> None:
    words = "Arrêté la présente table, contenant 2 actes, par nous, maire"
    closing = make_reading([], name="p2.jpg", titles=[words])
    plan = sections_of(make_register(), [make_reading([make_table(ROWS)], name="p1.jpg"), closing])
    assert plan.totals == ((plan.sections[0].id, 2),)


def test_a_register_without_pages_has_one_section() -> None:
    assert len(sections_of(make_register(), []).sections) == 1
