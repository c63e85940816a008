"""The flow that a Prefect worker runs: folders in, an exit status out, entries in the catalogue."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from registers.settings import StoreSettings
from store.catalogue import Catalogue
from tests.conftest import ROOT

RUN = """
import sys
from pathlib import Path
from flows.server import flow_server
with flow_server(Path(sys.argv[2]) / "prefect"):
    from flows.deployed import digitize_folders
    sys.exit(digitize_folders([sys.argv[1]]))
"""


def test_the_deployment_names_a_flow() -> None:
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    path, _, name = deployment["entrypoint"].partition(":")
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_worker_digitizes_a_folder(samples_folder: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    scans = samples_folder / "registers" / "deces-an-xi-1812"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(scans), str(workspace)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "FEUILLET_WORKSPACE": str(workspace)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with Catalogue.open(StoreSettings(workspace=str(workspace))) as catalogue:
        assert catalogue.registers.summary("deces-an-xi-1812").entries > 90
