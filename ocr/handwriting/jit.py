"""Loops that NumPy has no word for, compiled by Numba at their first call and kept for the next process.

What Numba keeps it finds again by a function's name and line, and writes in two steps: after a change, or a
process killed between the two, it could run what was compiled of other source. So what is kept lies in a
folder of the user's cache that is named after the source of all loops.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

_SOURCES = "*_loops.py"


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function compiled, and kept wherever there is a folder to keep it in."""
    try:
        kept: Callable[..., Any] = numba.njit(function, cache=True, nogil=True)
    except RuntimeError:  # no folder of the user's can be written
        kept = numba.njit(function, nogil=True)
    return kept


def _digest_of_sources() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(Path(__file__).parent.glob(_SOURCES)):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _keep_in_users_cache() -> None:
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    except RuntimeError:  # an account without a home
        return
    folder = Path(home) / "feuillet" / f"compiled-{_digest_of_sources()}"
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


if not os.environ.get("NUMBA_CACHE_DIR"):
    _keep_in_users_cache()
