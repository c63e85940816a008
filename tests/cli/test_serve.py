"""feuillet serve"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from registers.errors import EXIT_INTERRUPTED
from tests.conftest import ROOT


def _heed_interrupts() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_the_page_answers_at_the_address_that_is_printed(workspace: Path) -> None:
    command = [sys.executable, "-m", "cli", "serve", "--port", "0", "--workspace", str(workspace)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - this process has no other threads yet
    ) as serving:
        try:
            assert serving.stdout is not None
            said = re.search(r"feuillet is at (http://127\.0\.0\.1:\d+/)", serving.stdout.readline())
            assert said is not None
            answer = httpx.get(f"{said[1]}registres")
            assert answer.status_code == 200 and "Valbrune-sur-Orle" in answer.text
            serving.send_signal(signal.SIGINT)
            _, complaints = serving.communicate(timeout=30)
            assert serving.returncode == EXIT_INTERRUPTED
            assert "Traceback" not in complaints
        finally:
            serving.kill()
