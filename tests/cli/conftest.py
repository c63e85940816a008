"""The command line in this process, and a published desk, copied for tests that change it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from cli.main import main
from tests.conftest import Feuillet
from tests.desk_builders import build


@pytest.fixture(scope="session")
def feuillet() -> Feuillet:
    """As the fixture of the same name for all rooms, but without a process for each command."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = ["feuillet", *map(str, arguments)]
        said, complained = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in (said, complained))
        with (
            patch.multiple(sys, argv=command, stdin=io.StringIO()),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        status = int(str(ended.value.code))
        return subprocess.CompletedProcess(
            command, status, said.getvalue().decode(), complained.getvalue().decode()
        )

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(build(tmp_path_factory.mktemp("desk")).store.workspace)


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "workspace"))
