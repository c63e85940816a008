from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient

from search_ui.app import create_app
from search_ui.security import HEADERS
from services.desk import Desk


def test_what_an_error_says_is_not_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(desk)

    @app.get("/falls")
    def falls() -> None:
        raise KeyError("Lefebvre")

    with caplog.at_level(logging.DEBUG), TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/falls")
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "KeyError" in caplog.text and "test_unforeseen.py" in caplog.text
    assert "Lefebvre" not in caplog.text and "Lefebvre" not in answer.text
