"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "guard"

Feuillet = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden", action="store_true", help="write the golden files anew instead of comparing"
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages and ground truth, which never enter the project; skips where they are absent."""
    folder = Path(os.environ.get("FEUILLET_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the shared data are not here ({folder.name}); set FEUILLET_SHARED_DATA")
    return folder


@pytest.fixture(scope="session")
def samples_folder() -> Path:
    """The committed registers with their gold."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def feuillet() -> Feuillet:
    """Runs the command line as a user does, in a process of its own that may only connect to loopback."""

    def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}", **variables}
        return subprocess.run(
            [sys.executable, "-m", "cli", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def digitized(
    feuillet: Feuillet, samples_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A workspace with all samples digitized, and what the command printed."""
    workspace = tmp_path_factory.mktemp("digitized") / "workspace"
    done = feuillet("digitize", samples_folder / "registers", "--workspace", workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace, done.stdout
