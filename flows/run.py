"""Starts Prefect for one run: its server, then the flow. Imported only when there is something to do."""

from __future__ import annotations

from services.batch import Bench


def run_with_prefect(bench: Bench) -> None:
    """Run the digitize flow on a bench. Raises FlowServerError, or what a step of the flow raised."""
    from flows.server import flow_server

    with flow_server(bench.workspace.root / "prefect"):
        from flows.digitize import digitize

        digitize(str(bench.workspace.root))
