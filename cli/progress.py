"""Progress on the terminal: one moving line for a person, a line now and then for a log."""

from __future__ import annotations

import math
import sys
import threading
import time


class Progress:
    """Counts scans. Safe to use from several threads; writes to standard error only."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._total = 0
        self._done = 0
        self._failed = 0
        self._started = time.monotonic()
        self._said = -math.inf  # the first line comes at once
        self._lock = threading.Lock()
        self._quiet = quiet
        self._moving = sys.stderr.isatty()

    def expect(self, total: int) -> None:
        """How many scans there are to read; said once."""
        with self._lock:
            self._total = total
            self._started = time.monotonic()
            if total and not self._quiet:
                self._write(f"{total} scans to read\n")

    def learning(self, register_id: str) -> None:
        """For a minute or two no scan is done: a hand is learnt."""
        with self._lock:
            if not self._quiet:
                line = f"learning the letters of its hand · {register_id}"
                self._write(f"\r\x1b[K{line[:110]}" if self._moving else line + "\n")

    def more(self, count: int) -> None:
        """So many scans more: the first ones of a register are read again once its hand is known."""
        with self._lock:
            self._total += count

    def advance(self, register_id: str, failed: bool) -> None:
        """One scan more is done."""
        with self._lock:
            self._done += 1
            self._failed += failed
            self._say(register_id)

    def close(self) -> None:
        if self._moving and not self._quiet:
            self._write("\r\x1b[K")

    def _say(self, register_id: str) -> None:
        now = time.monotonic()
        last = self._done == self._total
        if self._quiet or (now - self._said < (0.1 if self._moving else 15) and not last):
            return
        self._said = now
        rate = self._done / max(now - self._started, 0.001)
        left = (self._total - self._done) / rate if rate else 0
        failed = f", {self._failed} failed" if self._failed else ""
        counted = f"{self._done}/{self._total} scans{failed}"
        line = f"{counted}, {rate:.1f} a second, {_span(left)} left · {register_id}"
        self._write(f"\r\x1b[K{line[:110]}" if self._moving else line + "\n")

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
