"""A batch: what there is to do, found before anything heavy is loaded, and the bench that it is done on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ocr.read import check_model, reading_version
from registers.document import Scan
from registers.errors import ConfigurationError, MissingProgramError, NotFoundError
from registers.register import Register, Script
from registers.settings import ReadSettings, Settings
from services.by_hand import with_corrections
from services.discover import FoundRegister, folder_of
from services.intake import forget_gone, hashes_of, take_in
from services.known import decoded_otherwise
from services.pool import ReadingPool, ReadingStoppedError
from services.register_file import FILE_NAME
from services.report import BatchReport, FailureLine, RegisterReport
from store.catalogue import Catalogue
from store.hands import HandStore
from store.kept import Again, Failure, ScanKey, ScanState
from store.workspace import Workspace

_READS_HANDWRITING = ("auto", "handwriting")

Advance = Callable[[str, bool], None]
"""Told after each scan: the register's id, and whether the scan failed."""


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """A register with the scans that are left to read, cut into chunks.

    One whose register.toml is wrong has a `problem` and is left as it was: nothing is known of it for sure,
    not even its id. `fingerprint` marks all that decides how its scans are read. `positions` are the ranks of
    its scans, from 1, by their ids; `model` is the folder of its own handwriting model, where it has one.
    """

    register: Register
    chunks: tuple[tuple[Scan, ...], ...]
    fingerprint: str = ""
    outdated: int = 0
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: FailureLine | None = None
    positions: Mapping[str, int] = field(default_factory=dict)
    model: Path | None = None

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
    advance: Advance
    started: float
    finished: set[tuple[str, str]] = field(default_factory=set)
    publishing: threading.Lock = field(default_factory=threading.Lock)
    notes: dict[str, list[str]] = field(default_factory=dict)
    _pool: ReadingPool | None = None
    _closed: bool = False
    _opening: threading.RLock = field(default_factory=threading.RLock)

    @property
    def sound_plans(self) -> tuple[RegisterPlan, ...]:
        """The plans of registers that can be worked on."""
        return tuple(plan for plan in self.plans if plan.problem is None)

    @property
    def pool(self) -> ReadingPool:
        """The processes that read, started when the first chunk asks for them.

        Raises ReadingStoppedError after `close`.
        """
        with self._opening:
            if self._pool is None:
                if self._closed:
                    raise ReadingStoppedError("reading was stopped")
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
        """Ends the processes at once; a chunk that is under way stores nothing more."""
        with self._opening:
            self._closed = True
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
    bench = Bench(settings, workspace, catalogue, plans, advance, time.monotonic())
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
    version = reading_version(settings.read)
    return tuple(_plan(item, catalogue, settings, version, again) for item in found)


def _plan(
    found: FoundRegister, catalogue: Catalogue, settings: Settings, version: str, again: Again | None
) -> RegisterPlan:
    passed_over = tuple(path.name for path in found.foreign)
    if found.problem is not None:
        problem = FailureLine(FILE_NAME, found.problem.code, found.problem.message, found.problem.advice)
        return RegisterPlan(found.register, (), passed_over=passed_over, problem=problem)
    states = catalogue.pages.done(found.register.id)
    taken = _taken_id(found, catalogue, states, settings.read)
    if taken is not None:
        return RegisterPlan(found.register, (), passed_over=passed_over, problem=taken)
    register = with_corrections(catalogue, found.register)
    catalogue.registers.upsert(register)
    forget_gone(found.files, catalogue, register.id)
    scans, notes = _scans_of(found, catalogue, settings.read, trust=again is not Again.ALL)
    positions = {scan.id: rank for rank, scan in enumerate(scans, 1)}
    for scan in scans:
        state = states.get(_key(scan))
        if state is not None and state.path != scan.path:
            catalogue.pages.moved(register.id, scan.sha256, scan.path)
    hand = HandStore(Workspace.of(settings.store)).current(register.id)
    model = hand.folder if hand and settings.read.engine in _READS_HANDWRITING else None
    otherwise = decoded_otherwise(register, states, {_key(scan): positions[scan.id] for scan in scans})
    fingerprint = _fingerprint(version, register)
    wanted, outdated = _left(scans, states, (fingerprint, otherwise), again)
    if model is not None:
        try:
            own = _fingerprint(reading_version(settings.read, model), register)
            left = _left(scans, states, (own, otherwise), again)
            if any(left):  # a model is loaded only where there is something to read with it
                check_model(model)
        except MissingProgramError as error:
            notes.append(_not_its_own(register.id, error))
            model = None
        else:
            fingerprint, (wanted, outdated) = own, left
    notes += _gone(scans, states)
    chunks = _cut(wanted, max(1, settings.batch.chunk_pages))
    return RegisterPlan(
        register,
        chunks,
        fingerprint,
        outdated,
        passed_over,
        tuple(notes),
        positions=positions,
        model=model,
    )


def _left(
    scans: Sequence[Scan],
    states: Mapping[ScanKey, ScanState],
    now: tuple[str, Collection[ScanKey]],
    again: Again | None,
) -> tuple[list[Scan], int]:
    """The scans to read, and how many others would be read otherwise now.

    `now`: the fingerprint that they would have, and those that were decoded with other knowledge.
    """
    fingerprint, otherwise = now
    wanted: list[Scan] = []
    count = 0
    for scan in scans:
        state = states.get(_key(scan))
        outdated = state is not None and (state.fingerprint != fingerprint or _key(scan) in otherwise)
        if state is None or state.wanted(again, outdated=outdated):
            wanted.append(scan)
        else:
            count += outdated
    return wanted, count


def _key(scan: Scan) -> ScanKey:
    return scan.sha256, scan.page_index


def _not_its_own(register_id: str, error: MissingProgramError) -> str:
    return (
        f"{error.message}: handwriting is read with the shipped model; train the register's own anew, or"
        f" `feuillet train handwriting --register {register_id} --forget`"
    )


def _scans_of(
    found: FoundRegister, catalogue: Catalogue, settings: ReadSettings, *, trust: bool
) -> tuple[list[Scan], list[str]]:
    """Each scan once, and a remark on each copy."""
    seen: dict[str, Scan] = {}
    notes: list[str] = []
    for scan in take_in(found.files, catalogue, found.register.id, settings, trust=trust):
        first = seen.setdefault(scan.id, scan)
        if first is not scan:
            notes.append(f"{scan.image} is a copy of {first.image} and was left out")
    return list(seen.values()), notes


def _cut(scans: Sequence[Scan], size: int) -> tuple[tuple[Scan, ...], ...]:
    return tuple(tuple(scans[start : start + size]) for start in range(0, len(scans), size))


def _gone(scans: Sequence[Scan], states: Mapping[ScanKey, ScanState]) -> list[str]:
    """A remark on scans that were read and then taken out of the folder."""
    here = {_key(scan) for scan in scans}
    gone = sum(key not in here and not Path(state.path).exists() for key, state in states.items())
    if not gone:
        return []
    said = "1 scan is" if gone == 1 else f"{gone:,} scans are"
    return [f"{said} no longer in the folder; {'it stays' if gone == 1 else 'they stay'} searchable"]


def _taken_id(
    found: FoundRegister, catalogue: Catalogue, states: Mapping[ScanKey, ScanState], settings: ReadSettings
) -> FailureLine | None:
    """Why a register may not have its id: another folder has it, which still holds other scans."""
    try:
        before = folder_of(catalogue.registers.get(found.register.id))
    except NotFoundError:
        return None
    if before == folder_of(found.register):
        return None
    kept = {
        sha256
        for (sha256, _), state in states.items()
        if Path(state.path).parent == before and Path(state.path).exists()
    }
    if kept <= hashes_of(found.files, settings):  # moved, or copied
        return None
    return FailureLine(
        Path(found.register.folder).name,
        ConfigurationError.code,
        f"the id {found.register.id!r} stands for {before} already",
        f"give an id in register.toml, in {folder_of(found.register)}",
    )


def _fingerprint(version: str, register: Register) -> str:
    """What makes readings of this register outdated: what its people say of the writing does too.

    Periods and columns that are put right outdate handwriting alone (services/known.py).
    """
    script = register.settings.description.script or Script.AUTO
    return version if script is Script.AUTO else f"{version}; script {script.value}"


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
        outcomes=dict(summary.pages),
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
