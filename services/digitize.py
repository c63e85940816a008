"""Digitizing from paths to a report: the plan first, Prefect only when there is something to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from registers.settings import Settings
from services.bench import Advance, Bench, open_bench, report_of
from services.discover import find_registers
from services.plan import RegisterPlan, plan_batch
from services.publish import publish_pending
from services.report import BatchReport
from services.versions import understanding_version
from store.catalogue import Catalogue
from store.kept import Again
from store.workspace import Workspace

Runner = Callable[[Bench], None]
"""Walks the planned registers of a bench through; `flows` gives the one that uses Prefect."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever watches a batch: told the number of scans once, then of each scan; all may be ignored."""

    planned: Callable[[int], None]
    advance: Advance


def digitize(
    paths: Sequence[Path],
    settings: Settings,
    run: Callable[[], Runner],
    *,
    again: Again | None = None,
    watch: Watch | None = None,
) -> BatchReport:
    """Read, understand and publish what the paths hold and is not done yet.

    `run` is called for a runner only when there is work for it, so that a batch that is done ends
    without loading one. Raises UsageError for paths without scans, StoreError, MissingProgramError.
    """
    started = time.monotonic()
    found = find_registers(paths)
    workspace = Workspace.of(settings.store)
    workspace.create()
    with workspace.lock(), Catalogue.open(settings.store) as catalogue:
        plans = plan_batch(found, catalogue, settings, again)
        if watch is not None:
            watch.planned(sum(plan.scans for plan in plans))
        advance = watch.advance if watch is not None else _ignore
        with open_bench(settings, catalogue, workspace, plans, advance) as bench:
            bench.started = started
            if any(_needs_work(catalogue, plan) for plan in bench.sound_plans):
                run()(bench)
            publish_pending(bench)
            return report_of(bench)


def _needs_work(catalogue: Catalogue, plan: RegisterPlan) -> bool:
    return bool(plan.chunks) or catalogue.registers.needs_understanding(
        plan.register.id, understanding_version()
    )


def _ignore(_register_id: str, _failed: bool) -> None:
    return None
