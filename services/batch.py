"""A batch: what there is to do, found before anything heavy is loaded, and the bench that it is done on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ocr.intake import open_scans
from ocr.read import reading_version
from registers.document import Scan
from registers.errors import FeuilletError, GrowingFileError, NotFoundError, ScanError
from registers.register import Register
from registers.settings import ReadSettings, Settings
from services.by_hand import with_corrections
from services.discover import FoundRegister
from services.pool import ReadingPool
from services.register_file import FILE_NAME
from services.report import BatchReport, FailureLine, RegisterReport
from store.catalogue import Catalogue
from store.kept import Again, Failure
from store.workspace import Workspace

Advance = Callable[[str, bool], None]
"""Told after each scan: the register's id, and whether the scan failed."""


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """A register with the scans that are left to read, cut into chunks.

    One whose register.toml is wrong has a `problem` and is left as it was: nothing is known of it for sure,
    not even its id.
    """

    register: Register
    chunks: tuple[tuple[Scan, ...], ...]
    outdated: int = 0
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: FailureLine | None = None

    @property
    def scans(self) -> int:
        return sum(len(chunk) for chunk in self.chunks)


@dataclass(slots=True)
class Bench:
    """What the steps of a batch share within one process."""

    settings: Settings
    workspace: Workspace
    catalogue: Catalogue
    plans: tuple[RegisterPlan, ...]
    fingerprint: str
    advance: Advance
    started: float
    finished: set[tuple[str, str]] = field(default_factory=set)
    publishing: threading.Lock = field(default_factory=threading.Lock)
    notes: dict[str, list[str]] = field(default_factory=dict)
    _pool: ReadingPool | None = None

    @property
    def sound_plans(self) -> tuple[RegisterPlan, ...]:
        """The plans of registers that can be worked on."""
        return tuple(plan for plan in self.plans if plan.problem is None)

    @property
    def pool(self) -> ReadingPool:
        """The processes that read, started when the first chunk asks for them."""
        if self._pool is None:
            self._pool = ReadingPool(self.settings.batch.jobs, self.settings.read, self.workspace.views)
        return self._pool

    def plan_of(self, register_id: str) -> RegisterPlan:
        for plan in self.plans:
            if plan.register.id == register_id:
                return plan
        raise NotFoundError(f"register {register_id} is not in this batch")

    def note(self, register_id: str, text: str) -> None:
        """A remark for the report; said twice it stands once."""
        notes = self.notes.setdefault(register_id, [])
        if text not in notes:
            notes.append(text)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()


_BENCHES: dict[str, Bench] = {}


def bench_of(workspace: str) -> Bench:
    """The bench of the batch that runs in this process on that workspace; raises NotFoundError."""
    try:
        return _BENCHES[workspace]
    except KeyError:
        raise NotFoundError(f"no batch runs in this process on {workspace}") from None


@contextmanager
def open_bench(
    settings: Settings,
    catalogue: Catalogue,
    workspace: Workspace,
    plans: tuple[RegisterPlan, ...],
    advance: Advance,
) -> Iterator[Bench]:
    """Make a bench known to `bench_of` for the length of the block."""
    key = str(workspace.root)
    bench = Bench(
        settings, workspace, catalogue, plans, reading_version(settings.read), advance, time.monotonic()
    )
    _BENCHES[key] = bench
    try:
        yield bench
    finally:
        del _BENCHES[key]
        bench.close()


def plan_batch(
    found: Sequence[FoundRegister], catalogue: Catalogue, settings: Settings, again: Again | None
) -> tuple[RegisterPlan, ...]:
    """What is left to read of each register.

    Files that cannot be taken in are noted in the catalogue as failures; the others go on.
    """
    fingerprint = reading_version(settings.read)
    return tuple(_plan(item, catalogue, settings, fingerprint, again) for item in found)


def _plan(
    found: FoundRegister, catalogue: Catalogue, settings: Settings, fingerprint: str, again: Again | None
) -> RegisterPlan:
    passed_over = tuple(path.name for path in found.foreign)
    if found.problem is not None:
        problem = FailureLine(FILE_NAME, found.problem.code, found.problem.message, found.problem.advice)
        return RegisterPlan(found.register, (), passed_over=passed_over, problem=problem)
    register = with_corrections(catalogue, found.register)
    catalogue.registers.upsert(register)
    states = catalogue.pages.done(register.id)
    _forget_gone(found, catalogue)
    wanted: list[Scan] = []
    seen: dict[str, Scan] = {}
    notes: list[str] = []
    outdated = 0
    for scan in _take_in(found.files, catalogue, register.id, settings.read):
        if scan.id in seen:
            notes.append(f"{scan.image} is a copy of {seen[scan.id].image} and was left out")
            continue
        seen[scan.id] = scan
        state = states.get((scan.sha256, scan.page_index))
        if state is not None and state.path != scan.path:
            catalogue.pages.moved(register.id, scan.sha256, scan.path)
        if state is None or state.wanted(fingerprint, again):
            wanted.append(scan)
        elif state.fingerprint != fingerprint:
            outdated += 1
    size = max(1, settings.batch.chunk_pages)
    chunks = tuple(tuple(wanted[start : start + size]) for start in range(0, len(wanted), size))
    return RegisterPlan(register, chunks, outdated, passed_over, tuple(notes))


def _forget_gone(found: FoundRegister, catalogue: Catalogue) -> None:
    """A file that failed and was then taken away is no failure any more."""
    here = {str(path) for path in found.files}
    for failure in catalogue.pages.failures(found.register.id):
        if failure.path not in here and not Path(failure.path).exists():
            catalogue.pages.clear_failure(found.register.id, failure.path)


def _take_in(
    files: Sequence[Path], catalogue: Catalogue, register_id: str, settings: ReadSettings
) -> Iterator[Scan]:
    failed_before = {
        failure.path for failure in catalogue.pages.failures(register_id) if failure.page_index is None
    }
    for path in files:
        try:
            scans = _settled(path, settings)
        except ScanError as error:
            _fail(catalogue, register_id, path, error)
            continue
        if str(path) in failed_before:
            catalogue.pages.clear_failure(register_id, str(path))
        yield from scans


def _settled(path: Path, settings: ReadSettings) -> tuple[Scan, ...]:
    """The scans of a file, which is given a moment when it is still being copied."""
    try:
        return open_scans(path, settings)
    except GrowingFileError:
        time.sleep(settings.settle_seconds * 1.1)
        return open_scans(path, settings)


def _fail(catalogue: Catalogue, register_id: str, path: Path, error: FeuilletError) -> None:
    catalogue.pages.save_failure(register_id, Failure(str(path), error.code, error.message, error.advice))


def report_of(bench: Bench) -> BatchReport:
    """What the batch's registers hold now, counted from the catalogue."""
    return BatchReport(
        tuple(_register_report(bench.catalogue, plan, bench.notes) for plan in bench.plans),
        scans_read=sum(plan.scans for plan in bench.plans),
        seconds=time.monotonic() - bench.started,
    )


def _register_report(
    catalogue: Catalogue, plan: RegisterPlan, notes: Mapping[str, Sequence[str]]
) -> RegisterReport:
    if plan.problem is not None:
        return RegisterReport(plan.register.id, failures=(plan.problem,), passed_over=plan.passed_over)
    summary = catalogue.registers.summary(plan.register.id)
    failures = tuple(
        FailureLine(_image(failure), failure.code, failure.message, failure.advice)
        for failure in catalogue.pages.failures(plan.register.id)
    )
    return RegisterReport(
        plan.register.id,
        outcomes=summary.pages,
        rows=summary.entries,
        flags={flag.value: count for flag, count in summary.flags.items()},
        failures=failures,
        passed_over=plan.passed_over,
        notes=(*plan.notes, *notes.get(plan.register.id, ())),
        outdated=plan.outdated,
    )


def _image(failure: Failure) -> str:
    name = Path(failure.path).name
    return name if not failure.page_index else f"{name}, page {failure.page_index + 1}"
