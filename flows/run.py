"""Starts Prefect for one run: its server, then the flow. Imported only when there is something to do."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from services.bench import Bench


def run_with_prefect(bench: Bench) -> None:
    """Run the digitize flow on a bench. Raises FlowServerError, or what a step of the flow raised.

    KeyboardInterrupt ends the reading processes at once: Prefect waits for the chunks that are under way.
    """
    from flows.server import flow_server

    with flow_server(bench.workspace.root / "prefect"):
        from flows.digitize import digitize

        with _closed_by_interrupt(bench):
            digitize(str(bench.workspace.root))


@contextmanager
def _closed_by_interrupt(bench: Bench) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # signals come to the main thread only
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        bench.close()
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
