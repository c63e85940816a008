from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ocr.handwriting.jit import compiled

_SOURCE = """
def sum_to(last):
    total = 0
    for n in range(last):
        total += n
    return total
"""
_PROJECT = Path(__file__).parents[3]


def _run(code: str, cache: Path) -> str:
    settings = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=settings | {"XDG_CACHE_HOME": str(cache)},
        cwd=_PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_what_can_be_kept_nowhere_is_compiled_all_the_same() -> None:
    made: dict[str, object] = {}
    exec(_SOURCE, made)
    sum_to = compiled(made["sum_to"])  # type: ignore[arg-type]
    assert sum_to(10) == 45


def test_what_is_compiled_is_kept_under_the_name_of_its_source(tmp_path: Path) -> None:
    code = (
        "import numpy as np; from ocr.handwriting.ctc import spans; from ocr.handwriting import ctc_loops;"
        "spans(np.log(np.full((6, 3), 1 / 3, np.float32)), (1, 2));"
        "print(sum(ctc_loops.best_path.stats.cache_hits.values()))"
    )
    assert _run(code, tmp_path) == "0"
    (folder,) = (tmp_path / "feuillet").iterdir()
    assert folder.name.startswith("compiled-") and any(folder.rglob("*.nbc"))
    assert _run(code, tmp_path) == "1"


def test_pages_of_print_do_without_it(tmp_path: Path) -> None:
    code = "import sys, ocr.reader, ocr.engines.handwriting; print('numba' in sys.modules)"
    assert _run(code, tmp_path) == "False"
