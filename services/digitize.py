"""Digitizing from paths to a report: the plan first, Prefect only when there is something to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from registers.settings import Settings
from services.bench import Bench, open_bench, report_of
from services.discover import find_registers
from services.plan import RegisterPlan, plan_batch
from services.publish import publish_pending
from services.report import BatchReport
from services.versions import understanding_version
from services.watch import NOBODY, Watch
from store.catalogue import Catalogue
from store.kept import Again
from store.workspace import Workspace

Runner = Callable[[Bench], None]
"""Walks the planned registers of a bench through; `flows` gives the one that uses Prefect."""


def digitize(
    paths: Sequence[Path],
    settings: Settings,
    run: Callable[[], Runner],
    *,
    again: Again | None = None,
    watch: Watch = NOBODY,
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
        watch.planned(sum(plan.scans for plan in plans))
        with open_bench(settings, catalogue, workspace, plans, watch) as bench:
            bench.started = started
            if any(_needs_work(catalogue, plan) for plan in bench.sound_plans):
                run()(bench)
            publish_pending(bench)
            return report_of(bench)


def _needs_work(catalogue: Catalogue, plan: RegisterPlan) -> bool:
    return bool(plan.chunks) or catalogue.registers.needs_understanding(
        plan.register.id, understanding_version()
    )
