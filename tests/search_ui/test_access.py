from __future__ import annotations

import json
import stat
from pathlib import Path

from fastapi.testclient import TestClient

from search_ui.access import AccessLog
from services.desk import Desk


def test_accesses_are_appended_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    log = AccessLog(tmp_path / "access")
    log.note("search", "opaque", "10.0.0.7", total=3)
    log.note("page", "abc-l", "10.0.0.7")
    (path,) = (tmp_path / "access").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, second = map(json.loads, path.read_text().splitlines())
    assert {key: first[key] for key in ("action", "thing", "client", "total")} == {
        "action": "search",
        "thing": "opaque",
        "client": "10.0.0.7",
        "total": 3,
    }
    assert second["action"] == "page" and second["at"].endswith("+00:00")


def test_no_name_is_noted(client: TestClient, desk: Desk) -> None:
    answer = client.post("/recherche", data={"text": "Lefebvre Mathurin"})
    assert "MATHURIN" in answer.text.upper()
    noted = "".join(path.read_text() for path in (desk.workspace.root / "access").iterdir())
    assert answer.url.path.rpartition("/")[2] in noted
    assert "lefebvre" not in noted.lower() and "mathurin" not in noted.lower()
