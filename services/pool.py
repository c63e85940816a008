"""Processes that read scans, and go on when one of them dies or hangs.

Nothing heavy may be imported here at the top: every worker imports this module first.
"""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from registers.errors import EngineError, EngineTimeoutError, FeuilletError
from registers.settings import ReadSettings
from services.brief import Brief

if TYPE_CHECKING:
    from registers.document import Scan, ScanReading
    from registers.register import Register


_PLACE = re.compile(r'File ".*?([^/\\\\"]+/[^/\\\\"]+)", line (\d+), in ')


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one scan: a reading or the error that stopped it."""

    scan: Scan
    result: ScanReading | FeuilletError


class ReadingStoppedError(FeuilletError):
    """The pool was closed while it was read from: nothing is known of the scans that were under way."""

    code = "reading_stopped"


class ReadingPool:
    """A pool of spawned processes; safe to use from several threads."""

    def __init__(self, jobs: int, settings: ReadSettings, views: Path) -> None:
        self._jobs = jobs or _cores()
        self._settings = settings
        self._views = views
        self._lock = threading.RLock()  # a second Ctrl-C may come during `close`
        self._renewing = threading.Lock()
        self._closed = False
        self._executors: set[ProcessPoolExecutor] = set()
        self._last_done = time.monotonic()
        self._executor = self._new(self._jobs)

    def read(
        self,
        scans: Sequence[Scan],
        register: Register,
        positions: Mapping[str, int],
        model: Path | None = None,
    ) -> Iterator[Reading]:
        """Each scan of a register with its result, in the order in which they are ready.

        `positions` are the ranks of scans among the register's, by their ids; `model` is the folder of the
        register's own handwriting model.

        A scan during which a process died or hung is tried once more in a process of its own, so that
        only the guilty one fails. Raises ReadingStoppedError once the pool is closed.
        """
        executor = self._executor
        self._last_done = time.monotonic()
        briefs = {scan.id: Brief(register, positions.get(scan.id), model) for scan in scans}
        futures = {self._submit(executor, scan, briefs[scan.id]): scan for scan in scans}
        suspects: list[Scan] = []
        try:
            while futures:
                for future in self._ready(executor, futures):
                    scan = futures.pop(future)
                    outcome = _outcome(future)
                    if outcome is None:
                        suspects.append(scan)
                    else:
                        yield Reading(scan, outcome)
        finally:
            for future in futures:
                future.cancel()
        if suspects:
            self._renew(executor)
            yield from self._one_by_one(suspects, briefs)

    def close(self) -> None:
        """Stops without waiting for what is under way; whoever reads from it gets ReadingStoppedError."""
        with self._lock:
            self._closed = True
            for executor in tuple(self._executors):
                _end(executor)
            self._executors.clear()

    @property
    def _hard_limit(self) -> float:
        # A worker stops itself at page_seconds unless it hangs inside a library.
        return self._settings.page_seconds * 1.5 + 15

    def _ready(
        self, executor: ProcessPoolExecutor, futures: Collection[Future[ScanReading]]
    ) -> Collection[Future[ScanReading]]:
        """Those that have come to something; none when it took so long that the processes were ended."""
        done, _ = wait(futures, timeout=self._hard_limit, return_when=FIRST_COMPLETED)
        self._check_open()
        if done:
            self._last_done = time.monotonic()
        elif time.monotonic() - self._last_done > self._hard_limit:
            _kill(executor)
        return done

    def _check_open(self) -> None:
        if self._closed:
            raise ReadingStoppedError("reading was stopped", advice="the same command goes on from here")

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        with self._lock:
            self._check_open()
            executor = ProcessPoolExecutor(
                jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(os.getpid(),)
            )
            self._executors.add(executor)
        return executor

    def _drop(self, executor: ProcessPoolExecutor) -> None:
        with self._lock:
            self._executors.discard(executor)
        _end(executor)

    def _submit(self, executor: ProcessPoolExecutor, scan: Scan, brief: Brief) -> Future[ScanReading]:
        with self._lock:  # no process may be started once the pool is closed
            self._check_open()
            try:
                return executor.submit(_read_scan, scan, self._settings, brief, self._views)
            except RuntimeError as error:  # broken, or renewed by another thread
                broken: Future[ScanReading] = Future()
                broken.set_exception(BrokenProcessPool(str(error)))
                return broken

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        with self._renewing:
            if self._executor is broken:
                self._executor = self._new(self._jobs)
                self._drop(broken)

    def _one_by_one(self, scans: Sequence[Scan], briefs: Mapping[str, Brief]) -> Iterator[Reading]:
        """One process for all, as long as it lives: the scan during which it ends is the guilty one."""
        executor = self._new(1)
        try:
            for scan in scans:
                outcome = self._read_alone(executor, scan, briefs[scan.id])
                if outcome is None or isinstance(outcome, _HungError):
                    self._drop(executor)
                    executor = self._new(1)
                yield Reading(scan, outcome or _crashed(scan))
        finally:
            self._drop(executor)

    def _read_alone(
        self, executor: ProcessPoolExecutor, scan: Scan, brief: Brief
    ) -> ScanReading | FeuilletError | None:
        future = self._submit(executor, scan, brief)
        done, _ = wait([future], timeout=self._hard_limit)
        self._check_open()
        if done:
            return _outcome(future)
        return _HungError(
            f"{scan.image}: reading hung for more than {self._settings.page_seconds} s",
            advice="look at the scan; raise FEUILLET_PAGE_SECONDS if it is only large",
        )


class _HungError(EngineError):
    """Unlike a page that only takes long, this one was tried twice: no third time helps."""

    code = EngineTimeoutError.code


def _crashed(scan: Scan) -> EngineError:
    return EngineError(
        f"{scan.image}: the reader crashed on this page", advice="look at the scan; the others go on"
    )


def _outcome(future: Future[ScanReading]) -> ScanReading | FeuilletError | None:
    """The reading, the error, or None when the process died before it came to one."""
    try:
        return future.result()
    except (BrokenProcessPool, CancelledError):
        return None
    except FeuilletError as error:
        return error
    except MemoryError:
        return EngineError("not enough memory for this page", advice="use fewer --jobs")
    except Exception as error:  # noqa: BLE001 - a bug on one page must not stop the batch
        # Its message might quote what stands on the page.
        return EngineError(f"unexpected {type(error).__name__}{_place_of(error)}", advice="please report it")


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _place_of(error: Exception) -> str:
    """Where in the code a worker's error was raised, as its remote traceback tells."""
    places = _PLACE.findall(str(error.__cause__ or ""))
    return f" in {places[-1][0]}, line {places[-1][1]}" if places else ""


def _end(executor: ProcessPoolExecutor) -> None:
    processes = _processes(executor)
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()


def _processes(executor: ProcessPoolExecutor) -> list[BaseProcess]:
    # The dictionary is gone once the executor is shut down.
    return list((getattr(executor, "_processes", None) or {}).values())


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in _processes(executor):
        process.kill()


def _start_worker(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    """Ends this process when the one that started it was killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _read_scan(scan: Scan, settings: ReadSettings, brief: Brief, views: Path) -> ScanReading:
    from services.one_scan import read_and_keep_view

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise EngineTimeoutError(
            f"{scan.image}: reading took more than {settings.page_seconds} s",
            advice="look at the scan; raise FEUILLET_PAGE_SECONDS if it is only large",
        )

    return _within(settings.page_seconds, stop, lambda: read_and_keep_view(scan, settings, brief, views))


def _within(
    seconds: float, stop: Callable[[int, FrameType | None], None], work: Callable[[], ScanReading]
) -> ScanReading:
    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
