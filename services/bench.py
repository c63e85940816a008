"""The bench that a batch is worked on: its plans, the processes that read, and what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from registers.errors import NotFoundError
from registers.settings import Settings
from services.plan import RegisterPlan
from services.pool import ReadingPool, ReadingStoppedError
from services.report import BatchReport, FailureLine, RegisterReport
from services.watch import Watch
from store.catalogue import Catalogue
from store.kept import Failure
from store.workspace import Workspace


@dataclass(slots=True)
class Bench:
    """What the steps of a batch share within one process."""

    settings: Settings
    workspace: Workspace
    catalogue: Catalogue
    plans: tuple[RegisterPlan, ...]
    watch: Watch
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

    def change(self, plan: RegisterPlan, again: Collection[str]) -> None:
        """Go on by another plan of a register, whose scans `again` (ids) are read once more.

        A plan that changes has its chunks in the same places; new ones follow.
        """
        self.plans = tuple(plan if one.register.id == plan.register.id else one for one in self.plans)
        self.finished.difference_update((plan.register.id, scan_id) for scan_id in again)
        self.watch.more(len(again))

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
    watch: Watch,
) -> Iterator[Bench]:
    """Make a bench known to `bench_of` for the length of the block."""
    key = str(workspace.root)
    bench = Bench(settings, workspace, catalogue, plans, watch, time.monotonic())
    _BENCHES[key] = bench
    try:
        yield bench
    finally:
        del _BENCHES[key]
        bench.close()


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
        proposed=catalogue.entries.count_proposed(plan.register.id),
        by_hand=0 if plan.model else _read_by_hand(catalogue, plan.register.id),
    )


def _read_by_hand(catalogue: Catalogue, register_id: str) -> int:
    states = catalogue.pages.done(register_id).values()
    return sum(state.known is not None for state in states)


def _image(failure: Failure) -> str:
    name = Path(failure.path).name
    return name if not failure.page_index else f"{name}, page {failure.page_index + 1}"
