"""A batch from paths to a report, its pages read by hand: what is done is left alone."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ocr.intake import open_scans
from registers.document import PageOutcome, Scan
from registers.errors import DiskFullError, MissingProgramError, StoreBusyError
from registers.settings import ReadSettings, Settings
from services.bench import Bench
from services.desk import open_catalogue
from services.digitize import digitize
from services.pool import Reading, ReadingPool
from services.publish import publish_pending
from services.read import read_chunk
from services.report import BatchReport, RegisterReport, report_lines, report_markdown
from services.understand import understand_register
from store.kept import Again
from store.workspace import Workspace
from tests.ner.builders import make_reading, make_table
from tests.services.builders import FIRST_PAGE, HEADERS, offer

TOML = 'commune = "Fictive"\nkinds = ["birth"]\nfrom = 1883\nto = 1892\n'


class Runner:
    """Reads scans without looking at them; remembers which."""

    def __init__(self, outcome: PageOutcome = PageOutcome.READ) -> None:
        self.read: list[str] = []
        self.outcome = outcome
        self.error: Exception | None = None

    def __call__(self) -> Callable[[Bench], None]:
        return self._run

    def _run(self, bench: Bench) -> None:
        for plan in bench.sound_plans:
            for scan in (scan for chunk in plan.chunks for scan in chunk):
                if self.error is not None:
                    raise self.error
                made = make_reading([make_table(FIRST_PAGE, headers=HEADERS)], outcome=self.outcome)
                (page,) = made.pages
                page = replace(page, page=replace(page.page, id=page.page.id_of(scan.id, page.page.side)))
                page = replace(page, page=replace(page.page, scan_id=scan.id))
                done = replace(made, scan=scan, pages=(page,))
                bench.catalogue.pages.save_reading(plan.register.id, done, plan.fingerprint)
                self.read.append(scan.image)
            for note in understand_register(bench.catalogue, plan.register.id):
                bench.note(plan.register.id, note)
            publish_pending(bench)


@pytest.fixture
def batch(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "replay.json").write_text(json.dumps({"cells": []}))
    monkeypatch.setenv("FEUILLET_REPLAY", str(tmp_path / "replay.json"))
    for name, shade in (("a", 10), ("b", 90)):
        folder = tmp_path / "scans" / name
        folder.mkdir(parents=True)
        (folder / "register.toml").write_text(TOML)
        for number in (1, 2):
            _picture(folder / f"vue {number}.png", shade + number)
    return replace(settings, read=ReadSettings(engine="replay"))


def _picture(path: Path, shade: int) -> None:
    Image.new("L", (60, 80), shade).save(path)
    _settle(path)


def _settle(path: Path) -> None:
    """A file that was written a moment ago looks as if it were still being copied."""
    os.utime(path, (time.time() - 60, time.time() - 60))


def _run(
    settings: Settings, folder: Path, again: Again | None = None, runner: Runner | None = None
) -> tuple[list[str], BatchReport]:
    runner = runner or Runner()
    report = digitize([folder], settings, runner, again=again)
    return runner.read, report


def _register(report: BatchReport, name: str) -> RegisterReport:
    return next(register for register in report.registers if register.register_id == name)


def test_the_second_run_finds_nothing_to_do_and_loads_no_runner(batch: Settings, tmp_path: Path) -> None:
    read, report = _run(batch, tmp_path / "scans")
    assert (len(read), report.exit_code, report.scans_read) == (4, 0, 4)

    def refuse() -> Callable[[Bench], None]:
        raise AssertionError("there is nothing to run")

    again = digitize([tmp_path / "scans"], batch, refuse)
    assert (again.scans_read, again.exit_code) == (0, 0)
    assert _register(again, "a").rows == _register(report, "a").rows == 10


def test_a_page_that_came_later_is_read_alone(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    _picture(tmp_path / "scans" / "a" / "vue 3.png", 200)
    assert _run(batch, tmp_path / "scans")[0] == ["vue 3.png"]


def test_a_moved_folder_is_known_again(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    (tmp_path / "scans").rename(tmp_path / "elsewhere")
    assert _run(batch, tmp_path / "elsewhere")[0] == []
    with open_catalogue(batch) as catalogue:
        paths = {page.scan.path for page in catalogue.pages.pages_of("a")}
    assert all("elsewhere" in path for path in paths)


def test_files_that_are_known_are_not_opened_again(
    batch: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(batch, tmp_path / "scans")
    opened: list[str] = []

    def noted(path: Path, settings: ReadSettings) -> tuple[Scan, ...]:
        opened.append(path.name)
        return open_scans(path, settings)

    monkeypatch.setattr("services.intake.open_scans", noted)
    assert _run(batch, tmp_path / "scans")[1].exit_code == 0
    assert opened == []
    _picture(tmp_path / "scans" / "a" / "vue 2.png", 77)
    assert _run(batch, tmp_path / "scans")[0] == opened == ["vue 2.png"]
    opened.clear()
    assert len(_run(batch, tmp_path / "scans", Again.ALL)[0]) == len(opened) == 4


def test_a_second_folder_of_the_same_name_is_refused_not_mixed(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans" / "a")
    (tmp_path / "other").mkdir()
    (tmp_path / "scans" / "b").rename(tmp_path / "other" / "a")
    read, report = _run(batch, tmp_path / "other" / "a")
    (failure,) = _register(report, "a").failures
    assert (read, report.exit_code) == ([], 5)
    assert "register.toml" in failure.advice
    with open_catalogue(batch) as catalogue:
        assert len(catalogue.pages.pages_of("a")) == 2
        assert catalogue.registers.get("a").folder == str(tmp_path / "scans" / "a")
    path = tmp_path / "other" / "a" / "register.toml"
    path.write_text(f'id = "another"\n{TOML}')
    assert len(_run(batch, tmp_path / "other" / "a")[0]) == 2


def test_a_copy_of_a_folder_is_the_same_register(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans" / "a")
    shutil.copytree(tmp_path / "scans" / "a", tmp_path / "copy" / "a")
    read, report = _run(batch, tmp_path / "copy" / "a")
    assert (read, report.exit_code) == ([], 0)


def test_scans_that_are_gone_are_said_and_stay(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    (tmp_path / "scans" / "a" / "vue 2.png").unlink()
    _, report = _run(batch, tmp_path / "scans")
    notes = _register(report, "a").notes
    assert "1 scan is no longer in the folder; it stays searchable" in notes
    assert _register(report, "a").rows == 10


def test_another_script_makes_the_pages_outdated(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    (tmp_path / "scans" / "a" / "register.toml").write_text(TOML + 'script = "handwriting"\n')
    _, report = _run(batch, tmp_path / "scans")
    assert [_register(report, name).outdated for name in ("a", "b")] == [2, 0]
    assert len(_run(batch, tmp_path / "scans", Again.OUTDATED)[0]) == 2


def test_a_copy_is_left_out_and_said(batch: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "scans" / "a"
    (folder / "vue 9.png").write_bytes((folder / "vue 1.png").read_bytes())
    _settle(folder / "vue 9.png")
    read, report = _run(batch, folder)
    assert read == ["vue 1.png", "vue 2.png"]
    assert any("vue 9.png is a copy of vue 1.png" in line for line in report_lines(report))


def test_settings_put_right_run_the_second_stage_only(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    (tmp_path / "scans" / "a" / "register.toml").write_text(TOML.replace("Fictive", "Autre"))
    read, _ = _run(batch, tmp_path / "scans")
    assert read == []
    with open_catalogue(batch) as catalogue:
        (section,) = catalogue.registers.sections("a")
    assert section.description.commune == "Autre"


@pytest.mark.parametrize(
    ("again", "outcome", "count"),
    [
        (None, PageOutcome.HANDWRITING, 0),
        (Again.FAILED, PageOutcome.READ, 0),
        (Again.UNREAD, PageOutcome.READ, 0),
        (Again.UNREAD, PageOutcome.HANDWRITING, 4),
        (Again.OUTDATED, PageOutcome.READ, 0),
        (Again.ALL, PageOutcome.READ, 4),
    ],
)
def test_what_is_read_again(
    batch: Settings, tmp_path: Path, again: Again | None, outcome: PageOutcome, count: int
) -> None:
    _run(batch, tmp_path / "scans", runner=Runner(outcome))
    assert len(_run(batch, tmp_path / "scans", again)[0]) == count


def test_what_an_earlier_reader_read_is_kept_and_said(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    newer = replace(batch, read=replace(batch.read, language="fra+lat"))
    read, report = _run(newer, tmp_path / "scans")
    assert (read, _register(report, "a").outdated) == ([], 2)
    assert any("--again outdated" in line for line in report_lines(report))
    assert len(_run(newer, tmp_path / "scans", Again.OUTDATED)[0]) == 4
    assert _register(_run(newer, tmp_path / "scans")[1], "a").outdated == 0


def test_a_wrong_register_toml_stops_its_register_only(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    path = tmp_path / "scans" / "a" / "register.toml"
    path.write_text("kinds = 3")
    _picture(tmp_path / "scans" / "a" / "vue 3.png", 200)
    _picture(tmp_path / "scans" / "b" / "vue 3.png", 201)
    read, report = _run(batch, tmp_path / "scans")
    assert (read, report.exit_code) == (["vue 3.png"], 1)
    (failure,) = _register(report, "a").failures
    assert "kinds" in failure.message
    with open_catalogue(batch) as catalogue:
        assert catalogue.registers.get("a").settings.description.commune == "Fictive"
        assert catalogue.registers.summary("a").entries == 10
    path.write_text(TOML)
    read, report = _run(batch, tmp_path / "scans")
    assert (read, report.exit_code) == (["vue 3.png"], 0)


def test_a_bad_file_fails_until_it_is_put_right_or_taken_away(batch: Settings, tmp_path: Path) -> None:
    bad = tmp_path / "scans" / "a" / "vue 3.png"
    repairs: tuple[Callable[[], None], ...] = (lambda: _picture(bad, 200), bad.unlink)
    for repair in repairs:
        bad.write_bytes(b"no picture")
        _settle(bad)
        _, report = _run(batch, tmp_path / "scans")
        (failure,) = _register(report, "a").failures
        assert (failure.image, report.exit_code) == ("vue 3.png", 1)
        assert failure.message in report_markdown(report)
        repair()
        assert _run(batch, tmp_path / "scans")[1].exit_code == 0


def test_one_run_at_a_time(batch: Settings, tmp_path: Path) -> None:
    workspace = Workspace.of(batch.store)
    workspace.create()
    with workspace.lock(), pytest.raises(StoreBusyError, match=str(os.getpid())) as caught:
        _run(batch, tmp_path / "scans")
    assert "\n" not in str(caught.value)


def test_a_full_disk_stops_the_run_and_the_next_goes_on(batch: Settings, tmp_path: Path) -> None:
    runner = Runner()
    runner.error = DiskFullError("no space is left", advice="free some")
    with pytest.raises(DiskFullError):
        _run(batch, tmp_path / "scans", runner=runner)
    assert len(_run(batch, tmp_path / "scans")[0]) == 4


def test_a_missing_program_stops_the_run_and_is_no_fault_of_a_page(
    batch: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_pool: ReadingPool, scans: Sequence[Scan], *_of: object) -> Iterator[Reading]:
        yield Reading(scans[0], MissingProgramError("no model", advice="install it"))

    def run(bench: Bench) -> None:
        read_chunk(bench, "a", 0, last_try=True)

    monkeypatch.setattr(ReadingPool, "read", read)
    with pytest.raises(MissingProgramError):
        digitize([tmp_path / "scans"], batch, lambda: run)
    with open_catalogue(batch) as catalogue:
        assert catalogue.pages.failures("a") == ()


def test_rows_read_otherwise_than_checked_are_counted(batch: Settings, tmp_path: Path) -> None:
    _run(batch, tmp_path / "scans")
    with open_catalogue(batch) as catalogue:
        stored = next(catalogue.entries.of_register("a"))
        catalogue.entries.correct(stored.entry.id, stored.entry, "Anne", stored.version)
        offer(catalogue, stored, act_number="7")
    _, report = _run(batch, tmp_path / "scans")
    assert [_register(report, name).proposed for name in ("a", "b")] == [1, 0]
    assert [line for line in report_lines(report) if "registers proposals" in line] == [
        "    offered  1 row read otherwise than a person has checked; feuillet registers proposals a"
    ]
