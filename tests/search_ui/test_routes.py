from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from registers.errors import SearchUnavailableError
from services.desk import Desk
from tests.desk_builders import BIRTHS, UNREAD


def test_a_search_is_answered_by_a_redirect_to_an_opaque_id(client: TestClient) -> None:
    answer = client.post("/recherche", data={"text": "Lefebvre"}, follow_redirects=False)
    assert answer.status_code == 303
    assert re.fullmatch(r"/recherche/[\w-]{16}", answer.headers["location"])


def test_a_search_that_is_not_kept_says_so(client: TestClient) -> None:
    answer = client.get("/recherche/forgotten")
    assert answer.status_code == 404 and "n’est plus gardée" in answer.text


def test_an_empty_search_goes_back_to_the_start(client: TestClient) -> None:
    assert client.post("/recherche", data={"text": " "}).url.path == "/"


def test_a_query_that_is_not_understood_keeps_what_was_typed(client: TestClient) -> None:
    answer = client.post("/recherche", data={"surname": "Lefebvre", "year_from": "18"})
    assert answer.status_code == 400
    assert "« 18 »" in answer.text and 'value="Lefebvre"' in answer.text


def test_what_was_typed_is_shown_as_text_only(client: TestClient) -> None:
    answer = client.post("/recherche", data={"text": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


def test_registers_are_filtered_without_javascript(client: TestClient) -> None:
    def found(query: str) -> int:
        return str(client.get(f"/registres?{query}").text).count('scope="row"')

    assert found("") == 4
    assert found("lieu=PARIS") == 1
    assert found("nature=birth") == 2
    assert found("nature=birth&annee=1855") == 1
    assert found("annee=1700") == 0
    assert found("lieu=9+z+12&nature=nonsense&page=x") == 4


def test_a_register_says_how_it_was_read_and_where_letters_begin(client: TestClient) -> None:
    text = client.get(f"/registre/{BIRTHS}").text
    assert "2 pages lues" in text and "1 ligne à vérifier" in text
    letters = re.findall(r'title="Lettre (\w), ', text)
    assert letters == sorted(letters) and "L" in letters and "A" in letters
    assert "2 pages non lues" in client.get(f"/registre/{UNREAD}").text


def test_a_page_comes_with_a_small_image_first(client: TestClient, desk: Desk) -> None:
    page = desk.catalogue.pages.pages_of(BIRTHS)[1]
    text = client.get(f"/page/{page.page.id}?registre={BIRTHS}").text
    small = client.get(f"/image/vue/{page.page.id}?registre={BIRTHS}")
    assert f"/image/vue/{page.page.id}" in text
    assert small.headers["content-type"] == "image/jpeg"
    assert len(small.content) < 300_000


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/registre/none",
        "/page/none?registre=none",
        "/page/none",
        f"/page/none?registre={BIRTHS}&ligne=first",
        "/image/bande",
        "/image/bande?ligne=none",
        "/image/page/none",
        "/image/vue/none",
    ],
)
def test_what_is_not_there_is_said_in_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "n’existe pas" in answer.text


def test_registers_stay_open_while_the_search_is_away(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise SearchUnavailableError("the engine does not answer")

    monkeypatch.setattr(desk.engine, "search", away)
    answer = client.post("/recherche", data={"text": "Someone else"})
    assert answer.status_code == 503 and "les registres restent consultables" in answer.text
    assert client.get("/registres").status_code == 200


def test_the_next_page_of_results_goes_on_counting(client: TestClient) -> None:
    first = client.post("/recherche", data={"kind": "birth"})
    link = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert link is not None
    following = client.get(link[1].replace("&amp;", "&")).text
    assert 'start="21"' in following and 'rel="prev"' in following


def test_a_search_by_kind_alone_has_no_neighbours(client: TestClient) -> None:
    text = client.post("/recherche", data={"kind": "adoption"}).text
    assert "Aucun registre ne couvre cette recherche." in text
