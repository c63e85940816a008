"""Prefect's server for one run: on loopback, quiet, and gone with the run."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from flows.server import QUIET, FlowServerError, flow_server, quiet_environment
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _no_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PREFECT_API_URL", "PREFECT_HOME", *QUIET):
        monkeypatch.delenv(name, raising=False)


def _alive(address: str) -> bool:
    try:
        with urlopen(f"{address}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_it_answers_inside_and_is_gone_outside(tmp_path: Path) -> None:
    before = dict(os.environ)
    with flow_server(tmp_path / "prefect"):
        address = os.environ["PREFECT_API_URL"]
        assert address.startswith("http://127.0.0.1:")
        assert _alive(address)
    assert not _alive(address)
    assert dict(os.environ) == before


def test_a_proxy_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "intranet.example")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with flow_server(tmp_path / "prefect"):
        assert os.environ["NO_PROXY"] == "127.0.0.1,intranet.example,localhost"
        assert _alive(os.environ["PREFECT_API_URL"])
        answer = httpx.get(f"{os.environ['PREFECT_API_URL']}/health")
        assert answer.status_code == 200


def test_a_server_that_is_named_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with flow_server(tmp_path / "prefect"):
        assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:9/api"
    assert not (tmp_path / "prefect").exists()


def test_what_the_user_has_set_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    found = quiet_environment(tmp_path)
    assert found["PREFECT_LOGGING_LEVEL"] == "DEBUG"
    assert found["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_a_server_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(FlowServerError, match=r"server\.log"), flow_server(tmp_path / "prefect"):
        pass


def test_it_ends_when_the_run_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from flows.server import flow_server\n"
        "with flow_server(Path(sys.argv[1])):\n"
        "    print(os.environ['PREFECT_API_URL'], flush=True); time.sleep(600)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "prefect")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    address = run.stdout.readline().strip()
    assert _alive(address)
    run.kill()
    run.wait()
    deadline = time.monotonic() + 20
    while _alive(address) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not _alive(address)


@pytest.mark.slow
def test_no_name_of_the_scans_people_is_in_prefects_database(
    digitized: tuple[Path, str], samples_folder: Path
) -> None:
    workspace, _ = digitized
    surnames: set[str] = set()
    for line in (samples_folder / "registers" / "gold.csv").read_text(encoding="utf-8").splitlines()[1:]:
        surnames.update(
            cell for cell in line.split(",") if cell.istitle() and len(cell) > 6 and cell.isalpha()
        )
    surnames.discard("Republican")
    assert len(surnames) > 50
    said = _everything(workspace / "prefect" / "prefect.db")
    assert "digitize-report" in said
    assert not [surname for surname in sorted(surnames) if surname in said]


def _everything(database: Path) -> str:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
    return json.dumps(rows, ensure_ascii=False, default=repr)
