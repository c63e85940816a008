"""Finding, the report and the doctor: what is said, on a desk that is known by heart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registers.document import PageOutcome
from registers.entry import Kind
from registers.errors import EXIT_ALL_FAILED, EXIT_OK, EXIT_SOME_FAILED
from registers.query import Paging
from registers.settings import SearchSettings, Settings
from services.desk import Desk
from services.doctor import examine
from services.find import find, read_query
from services.report import BatchReport, FailureLine, RegisterReport, report_lines, report_markdown

FAILURE = FailureLine("vue 3.jpg", "scan_empty", "the file is empty", "copy it again")


@pytest.mark.parametrize("text", ["Lefebvre Jean", "Lefaivre Jean", "Lefebre Jean"])
def test_a_person_is_found_as_written_by_sound_and_misspelt(filled: Desk, text: str) -> None:
    found = find(filled, read_query(text))
    assert found.results[0].entry.person.given_names == "Jean Baptiste"
    assert found.coverage.pages_read == 2


def test_a_ditto_comes_with_its_head(filled: Desk) -> None:
    results = find(filled, read_query("Bertrand Marie")).results
    marie = next(result for result in results if result.entry.person.given_names == "Marie")
    assert marie.head is not None
    assert marie.head.person.given_names == "Paul"
    assert marie.section is not None
    assert marie.section.description.cote == "1 E 1"


def test_fields_and_paging_narrow_the_answer(filled: Desk) -> None:
    assert find(filled, read_query("Bertrand", year_to=1884)).total == 1
    assert find(filled, read_query("Bertrand", kind=Kind.DEATH)).total == 0
    page = find(filled, read_query("Bertrand"), Paging(2, 2))
    assert (page.total, len(page.results)) == (3, 1)


def test_what_vanished_since_it_was_indexed_is_left_out(filled: Desk) -> None:
    filled.catalogue.registers.remove("naissances")
    assert find(filled, read_query("Bertrand")).results == ()


@pytest.mark.parametrize(
    ("pages", "failures", "status"),
    [(2, (), EXIT_OK), (0, (), EXIT_OK), (2, (FAILURE,), EXIT_SOME_FAILED), (0, (FAILURE,), EXIT_ALL_FAILED)],
)
def test_the_exit_status_follows_the_failures(
    pages: int, failures: tuple[FailureLine, ...], status: int
) -> None:
    outcomes = {PageOutcome.READ: pages} if pages else {}
    assert BatchReport((RegisterReport("a", outcomes, failures=failures),)).exit_code == status


def test_a_report_says_what_and_what_to_do() -> None:
    register = RegisterReport(
        "a",
        {PageOutcome.READ: 1, PageOutcome.HANDWRITING: 2},
        rows=1234,
        flags={"order_break": 3},
        failures=(FAILURE,),
        notes=("17 is missing",),
    )
    said = "\n".join(report_lines(BatchReport((register,), scans_read=1)))
    for words in (
        "3 pages",
        "1,234 rows",
        "2 handwritten",
        "order_break 3",
        "copy it again",
        "17 is missing",
    ):
        assert words in said
    assert "| a | 3 | 1 | 2 | 0 | 1 | 1234 | 3 |" in report_markdown(BatchReport((register,)))


def test_the_doctor_names_what_is_missing_and_never_raises(settings: Settings) -> None:
    away = replace(settings, search=SearchSettings(url="http://127.0.0.1:9", timeout_seconds=1))
    checks = {check.name: check for check in examine(away)}
    assert checks["python"].ok
    assert checks["tesseract"].ok
    assert not checks["catalogue"].ok
    assert not checks["catalogue"].needed
    assert not checks["search engine"].ok
    assert checks["search engine"].advice
