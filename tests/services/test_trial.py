"""From which scans the digits of a hand are learnt."""

from __future__ import annotations

import pytest

from registers.document import PageOutcome, Scan
from registers.errors import ConfigurationError
from registers.settings import ReadSettings
from services.trial import TRIAL_SCANS, in_chunks, learns_hand, trial_of, was_read
from store.kept import ScanKey, ScanState

SCANS = [
    Scan(f"/scans/{number}.tif", f"{number:02x}" * 32, 0, 1, 10, 10) for number in range(TRIAL_SCANS + 5)
]
FIRST = tuple(SCANS[:TRIAL_SCANS])


def read(
    *scans: Scan, mark: str = "now", outcome: PageOutcome = PageOutcome.READ
) -> dict[ScanKey, ScanState]:
    return {(scan.sha256, scan.page_index): ScanState(mark, (outcome,), scan.path) for scan in scans}


def left(states: dict[ScanKey, ScanState]) -> list[Scan]:
    return [scan for scan in SCANS if (scan.sha256, scan.page_index) not in states]


@pytest.mark.parametrize("done", [(), FIRST[:4], FIRST])
def test_the_first_scans_teach_whether_they_were_read_or_not(done: tuple[Scan, ...]) -> None:
    states = read(*done)
    assert trial_of(SCANS, left(states), states, "now") == FIRST


def test_few_scans_teach_too() -> None:
    assert trial_of(SCANS[:3], SCANS[:3], {}, "now") == tuple(SCANS[:3])


def test_once_others_were_read_nothing_is_learnt_any_more() -> None:
    states = read(*FIRST, SCANS[TRIAL_SCANS])
    assert trial_of(SCANS, left(states), states, "now") == ()


def test_scans_of_another_reader_teach_nothing_unless_they_are_read_anew() -> None:
    states = read(*FIRST, mark="older")
    assert trial_of(SCANS, left(states), states, "now") == ()
    assert trial_of(SCANS, SCANS, states, "now") == FIRST


def test_a_scan_that_failed_hinders_no_others() -> None:
    states = read(*FIRST[1:]) | read(FIRST[0], outcome=PageOutcome.FAILED)
    assert trial_of(SCANS, left(states), states, "now") == FIRST


def test_a_scan_that_failed_was_not_read() -> None:
    states = read(SCANS[0], outcome=PageOutcome.FAILED)
    assert not was_read(states[SCANS[0].sha256, 0], "now")
    assert was_read(read(SCANS[0])[SCANS[0].sha256, 0], "now")
    assert not was_read(None, "now")


def test_the_trial_comes_first_in_chunks_of_its_own() -> None:
    chunks = in_chunks(SCANS, FIRST, 8)
    assert [len(chunk) for chunk in chunks] == [8, 4, 5]
    assert [scan for chunk in chunks for scan in chunk] == SCANS
    assert in_chunks(SCANS[:9], (), 8) == (tuple(SCANS[:8]), (SCANS[8],))


def test_digits_are_learnt_where_handwriting_is_read_and_nobody_forbids_it() -> None:
    assert learns_hand(ReadSettings())
    assert learns_hand(ReadSettings(engine="handwriting"))
    assert not learns_hand(ReadSettings(engine="tesseract"))
    assert not learns_hand(ReadSettings(learn_hand="never"))
    with pytest.raises(ConfigurationError, match="FEUILLET_LEARN_HAND='no'"):
        learns_hand(ReadSettings(learn_hand="no"))
