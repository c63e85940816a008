from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from search_ui.security import HEADERS

_PAGES = ("/", "/registres", "/static/desk.css", "/nowhere", "/image/bande?ligne=none")


@pytest.mark.parametrize("path", _PAGES)
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_nothing_is_allowed_that_the_page_does_not_need() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]", "[::1", ""])
def test_a_foreign_name_for_this_machine_gets_nothing(client: TestClient, host: str) -> None:
    answer = client.get("/registres", headers={"Host": host})
    assert answer.status_code == 403
    assert "Valbrune" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:80"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://[::1"},
    ],
)
def test_a_form_from_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/recherche", data={"text": "Lefebvre"}, headers=headers, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://127.0.0.1"}]
)
def test_our_own_form_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/recherche", data={"text": "Lefebvre"}, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
