"""Whether the shipped model reads so well that what it reads may become entries unasked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from ocr.handwriting.recogniser import SHIPPED

MOST_ERRORS = 0.15
"""Share of characters misread on a register never seen before: above it, names are proposals at best."""


@cache
def is_trusted(model: Path = SHIPPED) -> bool:
    """By the figures measured at its training, which stand beside the model; False where there are none."""
    try:
        metrics = json.loads((model / "metrics.json").read_text(encoding="utf-8"))
        return float(metrics["unseen_register"]["cer"]) <= MOST_ERRORS
    except (OSError, ValueError, KeyError):
        return False
