"""The first stage: scans to stored tables, a chunk at a time."""

from __future__ import annotations

from registers.document import Scan, ScanReading
from registers.errors import FeuilletError, MissingProgramError, StoreError
from services.bench import Bench
from services.known import known_of
from services.plan import RegisterPlan
from store.kept import Failure


def read_chunk(bench: Bench, register_id: str, chunk: int, *, last_try: bool) -> int:
    """Read what is left of a chunk and keep each scan's result at once; returns how many are done.

    A scan that fails for good is kept as a failure and the others go on. A transient error is raised
    at the end, so that the chunk is tried once more, unless this is the `last_try`. Raises StoreError
    when the catalogue cannot take the results, MissingProgramError when nothing can be read with, and
    ReadingStoppedError once the bench is closed.
    """
    plan = bench.plan_of(register_id)
    scans = [scan for scan in plan.chunks[chunk] if (register_id, scan.id) not in bench.finished]
    transient: FeuilletError | None = None
    for reading in bench.pool.read(scans, plan.register, plan.positions, plan.model):
        result = reading.result
        if isinstance(result, ScanReading):
            known = known_of(plan.register, result, plan.positions.get(result.scan.id))
            bench.catalogue.pages.save_reading(register_id, result, plan.fingerprint, known)
        elif isinstance(result, (StoreError, MissingProgramError)):
            raise result  # neither a full disk nor a missing model is a fault of the page
        elif result.transient and not last_try:
            transient = result
            continue
        else:
            _keep_failure(bench, plan, reading.scan, result)
        bench.finished.add((register_id, reading.scan.id))
        bench.watch.advance(register_id, isinstance(result, FeuilletError))
    if transient is not None:
        raise transient
    return len(scans)


def _keep_failure(bench: Bench, plan: RegisterPlan, scan: Scan, error: FeuilletError) -> None:
    failure = Failure(scan.path, error.code, error.message, error.advice, scan.sha256, scan.page_index)
    bench.catalogue.pages.save_failure(plan.register.id, failure, plan.fingerprint)
