"""feuillet index build|status|switch|drop"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import Feuillet


def _status(feuillet: Feuillet, workspace: Path) -> dict[str, Any]:
    done = feuillet("index", "status", "--json", "--workspace", workspace)
    assert done.returncode == 0, done.stderr
    status: dict[str, Any] = json.loads(done.stdout)
    return status


def test_json_keeps_its_keys(feuillet: Feuillet, built: Path) -> None:
    status = _status(feuillet, built)
    assert status.keys() >= {"engine", "available", "detail", "generations"}
    assert status["available"] is True
    (generation,) = status["generations"]
    assert generation.keys() >= {"name", "entries", "current", "bytes"}
    assert (generation["entries"], generation["current"]) == (30, True)


def test_generations_are_built_switched_and_dropped(feuillet: Feuillet, workspace: Path) -> None:
    (first,) = (info["name"] for info in _status(feuillet, workspace)["generations"])
    built = feuillet("index", "build", "--workspace", workspace)
    assert built.returncode == 0, built.stderr
    second, _, rest = built.stdout.partition(": ")
    assert rest == "30 entries\n"
    shown = feuillet("index", "status", "--workspace", workspace).stdout
    assert f"* {second}  30 entries" in shown and f"  {first}  30 entries" in shown
    assert feuillet("index", "switch", first, "--workspace", workspace).returncode == 0
    refused = feuillet("index", "drop", first, "--workspace", workspace)
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert feuillet("index", "drop", second, "--workspace", workspace).returncode == 0
    assert [(info["name"], info["current"]) for info in _status(feuillet, workspace)["generations"]] == [
        (first, True)
    ]
