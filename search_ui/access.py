"""The log of accesses that CNIL 2021-122 asks for: append-only, who looked at what and when, no names.

Searches stand in it by their opaque id and number of results, rows by their entry's id. Months of log are
files of their own, so that those older than the delay can be dropped whole.
"""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path


class AccessLog:
    """One JSON object per line in `access/YYYY-MM.jsonl` of the workspace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def note(self, action: str, thing: str, client: str, **details: int | str) -> None:
        """One access: `action` is search, page or strip; `thing` its id; `client` the network address."""
        now = datetime.now(UTC)
        line = {"at": now.isoformat(timespec="seconds"), "action": action, "thing": thing, "client": client}
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{now:%Y-%m}.jsonl"
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, (json.dumps(line | details, ensure_ascii=False) + "\n").encode())
            finally:
                os.close(handle)
