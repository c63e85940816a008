"""Loops that NumPy has no word for, compiled by Numba at their first call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function compiled, and kept for the next process wherever there is a folder to keep it in.

    What is kept is used until the function's own file changes: functions that call each other stand in one
    module, or a change in one would not be noticed by the other.
    """
    try:
        kept: Callable[..., Any] = numba.njit(function, cache=True, nogil=True)
    except RuntimeError:  # neither beside the source nor in the user's cache
        kept = numba.njit(function, nogil=True)
    return kept
