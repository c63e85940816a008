from __future__ import annotations

from dataclasses import replace

import pytest

from registers.document import PageOutcome, ScanReading, Side
from registers.errors import NotFoundError
from store.catalogue import Catalogue
from store.kept import Again, Failure, PagePlace
from tests.store import builders as b


def ordinals(reading: ScanReading) -> list[int]:
    return [row.ordinal for page in reading.pages for table in page.tables for row in table.rows]


def test_a_reading_comes_back_as_it_was(catalogue: Catalogue) -> None:
    saved = catalogue.pages.save_reading(b.REGISTER.id, b.reading("001.jpg"), "v1")
    assert ordinals(saved) == [1, 2, 3]
    assert catalogue.pages.readings(b.REGISTER.id) == (saved,)
    assert catalogue.pages.reading(b.REGISTER.id, saved.scan.id) == saved


def test_readings_come_in_natural_order(catalogue: Catalogue) -> None:
    for name in ("page 10.jpg", "page 9.jpg", "Page 2.jpg"):
        catalogue.pages.save_reading(b.REGISTER.id, b.reading(name), "v1")
    names = [reading.scan.image for reading in catalogue.pages.readings(b.REGISTER.id)]
    assert names == ["Page 2.jpg", "page 9.jpg", "page 10.jpg"]


def test_rows_keep_their_ordinals_over_readings(catalogue: Catalogue) -> None:
    def read(*tops: float) -> list[int]:
        return ordinals(catalogue.pages.save_reading(b.REGISTER.id, b.reading("001.jpg", tops), "v"))

    assert read(100, 140, 180) == [1, 2, 3]
    assert read(60, 104, 180) == [4, 1, 3]  # one above is new, one is missing
    assert read(101, 139, 181, 260) == [1, 2, 3, 5]  # the missing one is back with its number
    assert read() == []
    assert read(60, 100, 300) == [4, 1, 6]


def test_page_sides_count_apart(catalogue: Catalogue) -> None:
    scan = b.scan("001.jpg")
    sides = [b.page(scan, [b.table((100, 140))], side=side) for side in (Side.LEFT, Side.RIGHT)]
    saved = catalogue.pages.save_reading(b.REGISTER.id, ScanReading(scan, tuple(sides)), "v")
    assert ordinals(saved) == [1, 2, 1, 2]


def test_tables_of_a_page_count_on(catalogue: Catalogue) -> None:
    scan = b.scan("001.jpg")
    both = b.page(scan, [b.table((100, 140)), b.table((300, 340), offset=2)])
    assert ordinals(catalogue.pages.save_reading(b.REGISTER.id, ScanReading(scan, (both,)), "v")) == [
        1,
        2,
        3,
        4,
    ]


def test_done_tells_what_a_run_must_read(catalogue: Catalogue) -> None:
    scan = b.scan("hand.jpg")
    hand = ScanReading(scan, (b.page(scan, outcome=PageOutcome.HANDWRITING),))
    catalogue.pages.save_reading(b.REGISTER.id, hand, "v1")
    typed = catalogue.pages.save_reading(b.REGISTER.id, b.reading("typed.jpg"), "v1")
    bad = Failure("/scans/bad.pdf", "engine", "no", sha256="f" * 64, page_index=3)
    catalogue.pages.save_failure(b.REGISTER.id, bad, "v1")

    done = catalogue.pages.done(b.REGISTER.id)
    keys = {"hand": (scan.sha256, 0), "typed": (typed.scan.sha256, 0), "bad": ("f" * 64, 3)}
    assert set(done) == set(keys.values())

    def wanted(again: Again | None, fingerprint: str = "v1") -> set[str]:
        return {
            name
            for name, key in keys.items()
            if done[key].wanted(again, outdated=done[key].fingerprint != fingerprint)
        }

    assert wanted(None) == set()
    assert wanted(None, "v2") == set()
    assert wanted(Again.FAILED) == {"bad"}
    assert wanted(Again.UNREAD) == {"bad", "hand"}
    assert wanted(Again.OUTDATED) == set()
    assert wanted(Again.OUTDATED, "v2") == set(keys)
    assert wanted(Again.ALL) == set(keys)


def test_a_success_clears_the_failure(catalogue: Catalogue) -> None:
    reading = b.reading("001.jpg")
    path = reading.scan.path
    catalogue.pages.save_failure(b.REGISTER.id, Failure(path, "scan_growing", "still being copied"))
    catalogue.pages.save_failure(
        b.REGISTER.id, Failure(path, "engine", "crashed", sha256=reading.scan.sha256, page_index=0)
    )
    catalogue.pages.save_failure(b.REGISTER.id, Failure("/scans/other.pdf", "scan_empty", "no pages"))
    assert [failure.code for failure in catalogue.pages.failures(b.REGISTER.id)] == [
        "scan_empty",
        "scan_growing",
        "engine",
    ]
    catalogue.pages.save_reading(b.REGISTER.id, reading, "v1")
    assert [failure.code for failure in catalogue.pages.failures(b.REGISTER.id)] == ["scan_empty"]
    catalogue.pages.clear_failure(b.REGISTER.id, "/scans/other.pdf")
    assert catalogue.pages.failures(b.REGISTER.id) == ()


def test_the_same_failure_again_changes_nothing(catalogue: Catalogue) -> None:
    failure = Failure("/scans/a.pdf", "scan_encrypted", "a password protects it", "remove it")
    catalogue.pages.save_failure(b.REGISTER.id, replace(failure, at="2001-01-01T00:00:00Z"))
    catalogue.pages.save_failure(b.REGISTER.id, failure)
    assert [found.at for found in catalogue.pages.failures(b.REGISTER.id)] == ["2001-01-01T00:00:00Z"]


def test_failed_pages_are_listed_with_their_reason(catalogue: Catalogue) -> None:
    scan = b.scan("001.jpg")
    failed = b.page(scan, outcome=PageOutcome.FAILED)
    failed = replace(failed, page=replace(failed.page, reason="too dark"))
    catalogue.pages.save_reading(b.REGISTER.id, ScanReading(scan, (failed,)), "v")
    (found,) = catalogue.pages.failures(b.REGISTER.id)
    assert (found.path, found.message, found.page_index) == (scan.path, "too dark", 0)
    assert catalogue.pages.outcomes(b.REGISTER.id) == {PageOutcome.FAILED: 1}


def test_a_file_with_other_content_supersedes_the_one_of_its_name(catalogue: Catalogue) -> None:
    catalogue.pages.save_reading(b.REGISTER.id, b.reading("001.jpg", content="old"), "v")
    new = catalogue.pages.save_reading(b.REGISTER.id, b.reading("001.jpg", content="new"), "v")
    assert catalogue.pages.readings(b.REGISTER.id) == (new,)


def test_a_renamed_file_keeps_its_reading(catalogue: Catalogue) -> None:
    before = catalogue.pages.save_reading(b.REGISTER.id, b.reading("001.jpg"), "v")
    catalogue.pages.moved(b.REGISTER.id, before.scan.sha256, "/elsewhere/vue 1.jpg")
    after = catalogue.pages.reading(b.REGISTER.id, before.scan.id)
    assert after == replace(before, scan=replace(before.scan, path="/elsewhere/vue 1.jpg"))
    assert catalogue.pages.done(b.REGISTER.id)[before.scan.sha256, 0].path == "/elsewhere/vue 1.jpg"


def test_file_names_need_not_be_utf8(catalogue: Catalogue) -> None:
    name = b"d\xe9c\xe8s.jpg".decode("utf-8", "surrogateescape")
    saved = catalogue.pages.save_reading(b.REGISTER.id, b.reading(name, content="x"), "v")
    catalogue.pages.save_failure(b.REGISTER.id, Failure(f"/{name}", "scan", f"{name} is bad"))
    assert catalogue.pages.readings(b.REGISTER.id) == (saved,)
    assert catalogue.pages.failures(b.REGISTER.id)[0].path == f"/{name}"


def test_pages_come_in_order_of_views_with_their_sections(catalogue: Catalogue) -> None:
    names = ("a.jpg", "b.jpg", "c.jpg")
    saved = [catalogue.pages.save_reading(b.REGISTER.id, b.reading(name), "v") for name in names]
    ids = [reading.pages[0].page.id for reading in saved]
    places = [PagePlace(ids[0], 12, "s"), PagePlace(ids[1], 11, "s")]  # c's view was not read
    catalogue.entries.replace(b.REGISTER.id, [b.SECTION], [], "v", places)
    listed = catalogue.pages.pages_of(b.REGISTER.id)
    assert [page.scan.image for page in listed] == ["b.jpg", "c.jpg", "a.jpg"]
    assert [(page.view, page.section_id) for page in listed] == [(11, "s"), (None, ""), (12, "s")]
    assert [page.row_count for page in listed] == [3, 3, 3]


def test_a_page_comes_with_its_tables(catalogue: Catalogue) -> None:
    saved = catalogue.pages.save_reading(b.REGISTER.id, b.reading("a.jpg"), "v")
    page = catalogue.pages.page(saved.pages[0].page.id)
    assert page.tables == saved.pages[0].tables
    assert page.scan == saved.scan == catalogue.pages.scan(saved.scan.id)
    assert page.banner == saved.banner


@pytest.mark.parametrize("ask", ["page", "scan", "reading", "save"])
def test_what_is_not_there_is_said(catalogue: Catalogue, ask: str) -> None:
    with pytest.raises(NotFoundError):
        match ask:
            case "page":
                catalogue.pages.page("nothing")
            case "scan":
                catalogue.pages.scan("nothing")
            case "reading":
                catalogue.pages.reading(b.REGISTER.id, "nothing")
            case _:
                catalogue.pages.save_reading("nobody", b.reading("a.jpg"), "v")
