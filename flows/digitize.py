"""The digitize flow: registers, then chunks of their scans, then what the register says, then the index.

Thin on purpose: each task calls one service. Tasks take ids and numbers; the plan, the catalogue and the
pool of processes wait for them on the bench of this process.
"""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import TaskRunContext
from prefect.futures import PrefectFuture, wait
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from registers.errors import FeuilletError
from services.bench import bench_of, report_of
from services.discreet import discreet
from services.learn_hand import learn_hand
from services.plan import RegisterPlan
from services.publish import publish_pending
from services.read import read_chunk
from services.report import report_markdown
from services.understand import understand_register

CHUNKS_AT_ONCE = 2  # the pool never waits for the last page of a chunk
RETRY_SECONDS = (2.0, 10.0, 30.0)  # the last one holds for all further tries


async def _is_transient(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, FeuilletError) and error.transient


@task(
    name="read a chunk",
    task_run_name="read {register_id} chunk {chunk}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=len(RETRY_SECONDS),
    retry_delay_seconds=list(RETRY_SECONDS),
    retry_condition_fn=_is_transient,
)
def read(workspace: str, register_id: str, chunk: int) -> int:
    """Reads what is left of a chunk; returns how many scans came to a result."""
    with discreet():
        return read_chunk(bench_of(workspace), register_id, chunk, last_try=_is_last_try())


@task(
    name="learn a hand",
    task_run_name="learn the hand of {register_id}",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def learn(workspace: str, register_id: str) -> None:
    """Learns from the register's first scans what helps to read the others."""
    with discreet():
        learn_hand(bench_of(workspace), register_id)


@task(
    name="understand a register",
    task_run_name="understand {register_id}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=_is_transient,
)
def understand(workspace: str, register_id: str) -> None:
    """Turns the register's tables into entries."""
    bench = bench_of(workspace)
    with discreet():
        for note in understand_register(bench.catalogue, register_id):
            bench.note(register_id, note)


@task(
    name="publish a register",
    task_run_name="publish {register_id}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=_is_transient,
)
def publish(workspace: str, register_id: str) -> None:  # noqa: ARG001 - it names the run
    """Puts what changed into the index, so that a finished register can be searched at once."""
    with discreet():
        publish_pending(bench_of(workspace))


@flow(
    name="digitize",
    task_runner=ThreadPoolTaskRunner(max_workers=CHUNKS_AT_ONCE),  # type: ignore[arg-type]
    validate_parameters=False,
    persist_result=False,
)
def digitize(workspace: str) -> None:
    """Walks the planned registers through; each is searchable as soon as its last chunk is read."""
    bench = bench_of(workspace)
    plans = bench.sound_plans
    try:
        ahead = [_submit(workspace, plan, range(plan.first_chunks)) for plan in plans[:1]]
        for number, plan in enumerate(plans):
            # The next register is read while this one is learnt from and understood.
            for later in plans[number + 1 : number + 2]:
                ahead.append(_submit(workspace, later, range(later.first_chunks)))
            _await(ahead.pop(0))
            register_id = plan.register.id
            if plan.trial:
                learn(workspace, register_id)
            now = bench.plan_of(register_id)
            _await(_submit(workspace, now, range(plan.first_chunks, len(now.chunks))))
            understand(workspace, register_id)
            publish(workspace, register_id)
    except BaseException:
        bench.close()  # Prefect would wait for the chunks that are under way
        raise
    create_markdown_artifact(report_markdown(report_of(bench)), key="digitize-report", description="digitize")


def _submit(workspace: str, plan: RegisterPlan, chunks: range) -> list[PrefectFuture[int]]:
    return [read.submit(workspace, plan.register.id, chunk) for chunk in chunks]


def _await(chunks: list[PrefectFuture[int]]) -> None:
    wait(chunks)
    for chunk in chunks:
        chunk.result()


def _is_last_try() -> bool:
    context = TaskRunContext.get()
    return context is None or context.task_run.run_count > len(RETRY_SECONDS)
