"""Prefect's own server for the length of one run, on loopback, gone when the run is gone.

Prefect would start one by itself, but that one outlives a killed run. Where PREFECT_API_URL names a
server, that one is used instead.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from registers.errors import FeuilletError

START_SECONDS = 180.0

# Nothing leaves the machine. Prefect's own log stays out of the terminal unless asked for, its tracebacks
# of failed tasks too: what failed is said once, in one line, by the command.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "DO_NOT_TRACK": "1",
}


class FlowServerError(FeuilletError):
    """Prefect's server does not start."""

    code = "flow_server"


def quiet_environment(home: Path) -> dict[str, str]:
    """The variables that Prefect runs with; what the user has set himself wins."""
    wanted = {**QUIET, "PREFECT_HOME": str(home)}
    return {name: os.environ.get(name, value) for name, value in wanted.items()}


def without_proxy() -> dict[str, str]:
    """The variables that keep a proxy, where one is set, out of the way to this machine's own server."""
    listed = {
        host.strip()
        for name in ("NO_PROXY", "no_proxy")
        for host in os.environ.get(name, "").split(",")
        if host.strip()
    }
    hosts = "*" if "*" in listed else ",".join(sorted(listed | {"127.0.0.1", "localhost"}))
    return {"NO_PROXY": hosts, "no_proxy": hosts}


@contextmanager
def flow_server(home: Path) -> Iterator[None]:
    """A Prefect server is at hand inside, its address in PREFECT_API_URL.

    `home` holds Prefect's database and settings. Must be entered before prefect is imported. Raises
    FlowServerError when the server does not answer within START_SECONDS.
    """
    before = dict(os.environ)
    os.environ.update(quiet_environment(home) | without_proxy())
    server: subprocess.Popen[bytes] | None = None
    try:
        if not os.environ.get("PREFECT_API_URL"):
            home.mkdir(parents=True, exist_ok=True)
            port = _free_port()
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
            server = _start(port, home)
            _await(server, port, home)
        yield
    finally:
        if server is not None:
            _stop(server)
        _restore(before)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(port: int, home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    environment.pop("PREFECT_API_URL", None)
    with (home / "server.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(port), str(os.getpid())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C stops the run, and the run stops the server
        )


def _await(server: subprocess.Popen[bytes], port: int, home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise FlowServerError("Prefect's server did not start", advice=f"its log is {home / 'server.log'}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=3)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _restore(before: Mapping[str, str]) -> None:
    for name in set(os.environ) - set(before):
        del os.environ[name]
    os.environ.update(before)


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _serve(port: int, parent: int) -> None:
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(create_app(ephemeral=True), host="127.0.0.1", port=port, log_level="error", lifespan="on")


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
