"""Randomness that depends on the seed and on what it is for, never on the order of calls."""

from __future__ import annotations

import hashlib
import random

import numpy as np


def stream(seed: int, *purpose: object) -> random.Random:
    """A stream of choices for one purpose; the same arguments give the same stream everywhere."""
    return random.Random(_digest(seed, purpose))


def array_stream(seed: int, *purpose: object) -> np.random.Generator:
    """The same for whole arrays."""
    return np.random.Generator(np.random.PCG64(_digest(seed, purpose)))


def _digest(seed: int, purpose: tuple[object, ...]) -> int:
    text = "/".join(str(part) for part in (seed, *purpose))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
