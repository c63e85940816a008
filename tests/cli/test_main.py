"""The front door: help that comes at once, exit codes that scripts rely on."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def feuillet(*arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd or ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _cpu_of_help() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = feuillet("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    assert "digitize" in done.stdout
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_light() -> None:
    assert min(_cpu_of_help() for _ in range(3)) < 0.4


def test_help_loads_nothing_heavy() -> None:
    heavy = ("cv2", "numpy", "prefect", "spacy", "sqlalchemy")
    code = f"import sys, cli.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "name",
    [
        *("digitize", "search", "serve", "export", "registers", "index"),
        *("correct", "transcribe", "doctor", "settings"),
    ],
)
def test_every_command_has_help(name: str) -> None:
    done = feuillet(name, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: feuillet " + name)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nonsense"], 2),
        (["digitize"], 2),
        (["digitize", "does/not/exist"], 2),
        (["export", "--format", "xls"], 2),
        (["export", "--format", "alto"], 2),
        (["search", "Lefebvre"], 3),
        (["registers", "list"], 3),
    ],
)
def test_exit_status(tmp_path: Path, arguments: list[str], status: int) -> None:
    done = feuillet(*arguments, cwd=tmp_path)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = feuillet("settings", cwd=tmp_path, FEUILLET_PORT="eighty")
    assert done.returncode == 3
    assert "FEUILLET_PORT" in done.stderr


def test_settings_for_machines(tmp_path: Path) -> None:
    done = feuillet("settings", "--json", "--workspace", "elsewhere", cwd=tmp_path)
    values = {setting["environment"]: setting["value"] for setting in json.loads(done.stdout)}
    assert values["FEUILLET_WORKSPACE"] == "elsewhere"
