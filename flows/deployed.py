"""The whole of `feuillet digitize` as one flow, for a Prefect server of the house (see prefect.yaml)."""

from __future__ import annotations

import os
from pathlib import Path

from prefect import flow

from flows.digitize import digitize
from registers.settings import settings_from
from services import digitize as service
from services.bench import Bench


@flow(name="digitize folders", validate_parameters=False, persist_result=False)
def digitize_folders(paths: list[str]) -> int:
    """Digitize folders of scans with the settings of the worker's environment; returns the exit status.

    Paths are as the worker sees them. What is done is left alone, so that a schedule may call it at night.
    """
    report = service.digitize([Path(path) for path in paths], settings_from(os.environ), lambda: _walk)
    return report.exit_code


def _walk(bench: Bench) -> None:
    digitize(str(bench.workspace.root))
