from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from registers.errors import AccessLogError
from search_ui.access import AccessLog
from services.desk import Desk
from tests.desk_builders import BIRTHS


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


def test_strips_and_page_images_are_noted(client: TestClient, desk: Desk) -> None:
    entry = next(desk.catalogue.entries.of_register(BIRTHS)).entry
    page_id = entry.source.page_id
    assert client.get("/image/bande", params={"ligne": entry.id}).status_code == 200
    for room in ("vue", "page"):
        assert client.get(f"/image/{room}/{page_id}?registre={BIRTHS}").status_code == 200
    (path,) = (desk.workspace.root / "access").iterdir()
    last = [json.loads(line) for line in path.read_text().splitlines()[-3:]]
    assert [(line["action"], line["thing"]) for line in last] == [
        ("strip", entry.id),
        ("image", page_id),
        ("image", page_id),
    ]


def test_what_cannot_be_noted_is_not_shown(
    client: TestClient, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    unwritable = AccessLog(tmp_path / "file" / "access")
    with pytest.raises(AccessLogError, match="cannot be written"):
        unwritable.note("page", "abc-l", "10.0.0.7")
    monkeypatch.setattr(client.app.state, "access", unwritable)  # type: ignore[attr-defined]
    page_id = desk.catalogue.pages.pages_of(BIRTHS)[0].page.id
    for path in (f"/page/{page_id}?registre={BIRTHS}", f"/image/vue/{page_id}?registre={BIRTHS}"):
        answer = client.get(path)
        assert answer.status_code == 503 and "journal des consultations" in answer.text
    assert client.post("/recherche", data={"text": "Lefebvre"}).status_code == 503
    assert client.get("/registres").status_code == 200
