"""Processes that read: one dies or hangs, and only its page is lost."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ocr.intake import open_scans
from registers.document import Scan, ScanReading
from registers.errors import EngineError, FeuilletError, UnreadableScanError
from registers.register import Register
from registers.settings import ReadSettings
from services.pool import ReadingPool, ReadingStoppedError

SETTINGS = ReadSettings(engine="replay", settle_seconds=0)
REGISTER = Register("r", "/r")
Results = dict[str, ScanReading | FeuilletError]


@pytest.fixture(scope="module")
def scans(samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scan, ...]:
    """Three small pages."""
    folder = tmp_path_factory.mktemp("scans")
    whole = Image.open(samples_folder / "registers" / "deces-1913" / "deces-1913_0001.jpg")
    small = BytesIO()
    whole.crop((0, 0, whole.width, whole.height // 3)).reduce(2).save(small, "JPEG")
    page = small.getvalue()
    for number in range(3):
        # What stands behind the end of a JPEG makes each file a scan of its own.
        (folder / f"{number}.jpg").write_bytes(page + bytes([number]))
    return tuple(scan for number in range(3) for scan in open_scans(folder / f"{number}.jpg", SETTINGS))


@pytest.fixture
def replay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the replay engine reads once in each process."""
    path = tmp_path / "replay.json"
    path.write_text(json.dumps({"cells": []}))
    monkeypatch.setenv("FEUILLET_REPLAY", str(path))
    return path


@pytest.fixture
def pool(tmp_path: Path, replay: Path) -> Iterator[ReadingPool]:
    opened = ReadingPool(1, SETTINGS, tmp_path / "views")
    yield opened
    opened.close()


def _read(pool: ReadingPool, scans: Sequence[Scan]) -> Results:
    return {reading.scan.image: reading.result for reading in pool.read(scans, REGISTER, {})}


@contextmanager
def _attacked(replay: Path, attack: Callable[[int], None]) -> Iterator[None]:
    """The first two processes that open the replay file are caught in the act; later ones are spared."""
    spare = replay.with_suffix(".spare")
    replay.rename(spare)
    os.mkfifo(replay)
    pipe = os.open(replay, os.O_RDWR)  # so that a reader opens it, and waits
    stop = threading.Event()

    def watch() -> None:
        caught: set[int] = set()
        while len(caught) < 2 and not stop.is_set():
            for pid in _readers(replay) - caught - {os.getpid()}:
                caught.add(pid)
                if len(caught) == 2:
                    spare.replace(replay)
                attack(pid)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()
        os.close(pipe)


def _readers(path: Path) -> set[int]:
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if path in [handle.readlink() for handle in (process / "fd").iterdir()]:
                found.add(int(process.name))
    return found


def test_pages_are_read_and_their_copies_kept(
    pool: ReadingPool, scans: tuple[Scan, ...], tmp_path: Path
) -> None:
    results = _read(pool, scans)
    assert all(isinstance(result, ScanReading) for result in results.values())
    assert len([*(tmp_path / "views").rglob("*.jpg")]) == 3


def test_a_bad_file_fails_alone(pool: ReadingPool, scans: tuple[Scan, ...]) -> None:
    path = Path(scans[1].path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 50])
    try:
        results = _read(pool, scans)
    finally:
        path.write_bytes(content)
    failed = {name: result for name, result in results.items() if isinstance(result, FeuilletError)}
    assert [*failed] == ["1.jpg"]
    assert isinstance(failed["1.jpg"], UnreadableScanError)


def test_closing_it_stops_whoever_reads(pool: ReadingPool, scans: tuple[Scan, ...]) -> None:
    readings = pool.read(scans, REGISTER, {})
    assert isinstance(next(readings).result, ScanReading)
    pool.close()
    with pytest.raises(ReadingStoppedError):
        next(readings)
    with pytest.raises(ReadingStoppedError):
        next(pool.read(scans, REGISTER, {}))


def _patience(folder: Path, scans: Sequence[Scan]) -> float:
    """Three times as long as a process takes here and now to start and to read a page."""
    started = time.monotonic()
    measured = ReadingPool(1, SETTINGS, folder / "measured")
    _read(measured, scans[:1])
    measured.close()
    return 3 * (time.monotonic() - started) + 2


@pytest.mark.skipif(sys.platform != "linux", reason="the processes that hold a file are found in /proc")
@pytest.mark.parametrize("way", [signal.SIGKILL, pytest.param(signal.SIGSTOP, marks=pytest.mark.slow)])
def test_only_the_page_that_ends_or_stops_its_process_fails(
    pool: ReadingPool,
    scans: tuple[Scan, ...],
    replay: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: signal.Signals,
) -> None:
    if way is signal.SIGSTOP:
        monkeypatch.setattr(ReadingPool, "_hard_limit", _patience(replay.parent, scans))
    with _attacked(replay, lambda pid: os.kill(pid, way)):
        results = _read(pool, scans)
    assert len(results) == 3
    failures = [result for result in results.values() if isinstance(result, FeuilletError)]
    assert len(failures) == 1, failures
    (failed,) = failures
    assert isinstance(failed, EngineError)
    assert not failed.transient
    assert ("crashed" if way is signal.SIGKILL else "hung") in failed.message
    again = _read(pool, scans)
    assert all(isinstance(result, ScanReading) for result in again.values())


def test_a_bug_is_named_by_its_place_not_by_what_it_says(
    pool: ReadingPool, scans: tuple[Scan, ...], replay: Path
) -> None:
    replay.write_text('{"cells": [{"x": "LEFEBVRE", "y": 0, "w": 1, "h": 1, "text": ""}]}')
    (result,) = _read(pool, scans[:1]).values()
    assert isinstance(result, FeuilletError)
