"""The log of accesses that CNIL 2021-122 asks for: append-only, who looked at what and when, no names.

Searches stand in it by their opaque id and number of results, rows by their entry's id, pages by their
own. Months of log are files of their own, so that those older than the delay can be dropped whole.
"""

from __future__ import annotations

import errno
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from registers.errors import AccessLogError


class AccessLog:
    """One JSON object per line in `access/YYYY-MM.jsonl` of the workspace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def note(self, action: str, thing: str, client: str, **details: int | str) -> None:
        """One access: `action` is search, page, strip, image, accept or dismiss.

        `thing` is its id, `client` the network address.
        Raises AccessLogError when it cannot be written: what is not noted must not be shown.
        """
        now = datetime.now(UTC)
        line = {"at": now.isoformat(timespec="seconds"), "action": action, "thing": thing, "client": client}
        content = (json.dumps(line | details, ensure_ascii=False) + "\n").encode()
        try:
            with self._lock:
                self._folder.mkdir(parents=True, exist_ok=True)
                _append(self._folder / f"{now:%Y-%m}.jsonl", content)
        except OSError as error:
            raise AccessLogError(
                f"the log of accesses in {self._folder} cannot be written ({error.strerror})",
                advice="free some space, or check your rights there",
            ) from error


def _append(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(handle, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(handle)
