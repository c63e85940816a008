"""A later reading beside a row that a person has checked: seen, taken over, declined."""

from __future__ import annotations

import getpass
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from registers.dates import RegisterDate
from registers.entry import Kind, PersonName, State
from registers.settings import DeskSettings, Settings, StoreSettings
from search_ui.app import create_app
from search_ui.language import language
from search_ui.sight import page_link, seen_entry
from services.correct import CorrectionValues, check, correct
from services.desk import Desk, open_desk
from services.proposals import proposal_of
from store.kept import StoredEntry
from tests.desk_builders import BIRTHS
from tests.search_ui.conftest import served
from tests.services.builders import entry_of, offer

READ_SINCE = "LEFEBVRE Jean, 5 décembre 1883"


@pytest.fixture
def changing(desk_settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own: a row that Anne has checked was read otherwise since."""
    workspace = shutil.copytree(desk_settings.store.workspace, tmp_path / "workspace")
    with open_desk(Settings(store=StoreSettings(workspace=str(workspace)))) as opened:
        stored = entry_of(opened.catalogue, "Jean Baptiste", BIRTHS)
        check(opened, stored.entry.id, "Anne", stored.version)
        day = RegisterDate.of_day(date(1883, 12, 5), text="5 xbre 83")
        offer(opened.catalogue, stored, person=PersonName("Lefebvre", "Jean"), date=day)
        yield opened


@pytest.fixture
def clerk(changing: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(changing), base_url="http://127.0.0.1") as speaking:
        yield speaking


def _row(desk: Desk) -> StoredEntry:
    return next(
        stored
        for stored in desk.catalogue.entries.of_register(BIRTHS)
        if stored.entry.person.given_names in {"Jean Baptiste", "Jean"}
    )


def _link(desk: Desk) -> str:
    source = _row(desk).entry.source
    return page_link(BIRTHS, source.page_id, source.row)


def _form(text: str, move: str) -> dict[str, str]:
    """What the browser would send for one of the two buttons."""
    (form,) = re.findall(r'<form action="/relu" method="post">(.*?)</form>', text, re.DOTALL)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert f'name="geste" value="{move}"' in form
    return {name: unescape(value) for name, value in fields.items()} | {"geste": move}


def test_it_is_shown_beside_the_strip_and_on_the_page(clerk: TestClient, changing: Desk) -> None:
    answer = clerk.post("/recherche", data={"text": "Lefebvre Jean Baptiste"})
    for text in (answer.text, clerk.get(_link(changing)).text):
        assert text.count('class="offered"') == 1
        assert f'Relu depuis : <span class="reread">{READ_SINCE}</span>' in text
        assert f'aria-label="Reprendre {READ_SINCE}"' in text and "Écarter</button>" in text
    assert "Read again as:" in clerk.get(_link(changing) + "&lang=en").text


def test_taken_over_it_is_the_clerks_correction(clerk: TestClient, changing: Desk) -> None:
    answered = clerk.post("/recherche", data={"text": "Lefebvre Jean Baptiste"})
    form = _form(answered.text, "reprendre")
    done = clerk.post("/relu", data=form, follow_redirects=False)
    stored = _row(changing)
    assert (done.status_code, done.headers["location"]) == (303, f"{_link(changing)}#ligne-1")
    assert (stored.entry.state, stored.who) == (State.CORRECTED, getpass.getuser())
    assert (stored.entry.person.given_names, stored.entry.date.iso) == ("Jean", "1883-12-05")
    assert 'class="offered"' not in clerk.get(answered.url.path).text  # nor from the answers kept
    (path,) = (changing.workspace.root / "access").iterdir()
    noted = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["thing"] for line in noted if line["action"] == "accept"] == [stored.entry.id]
    again = clerk.post("/relu", data=form, follow_redirects=False)  # a button pressed twice
    assert (again.status_code, _row(changing).version) == (303, stored.version)


def test_declined_it_is_gone_and_the_row_stays(clerk: TestClient, changing: Desk) -> None:
    before = _row(changing)
    done = clerk.post("/relu", data=_form(clerk.get(_link(changing)).text, "ecarter"))
    assert done.status_code == 200 and 'class="offered"' not in done.text
    after = _row(changing)
    assert (after.entry, after.version, proposal_of(after)) == (before.entry, before.version, None)


def test_what_changed_meanwhile_is_not_changed_again(clerk: TestClient, changing: Desk) -> None:
    form = _form(clerk.get(_link(changing)).text, "reprendre")
    stored = _row(changing)
    offer(changing.catalogue, stored, act_number="7")
    assert clerk.post("/relu", data=form).status_code == 409
    correct(changing, stored.entry.id, CorrectionValues(remarks="vu"), "Anne", stored.version)
    for move in ("reprendre", "ecarter"):
        answer = clerk.post("/relu", data=form | {"geste": move})
        assert answer.status_code == 409 and "a changé entre-temps" in answer.text
    assert proposal_of(_row(changing)) is not None


@pytest.mark.parametrize("spoilt", ["ligne", "version", "marque", "geste"])
def test_a_form_that_says_less_decides_nothing(clerk: TestClient, changing: Desk, spoilt: str) -> None:
    form = _form(clerk.get(_link(changing)).text, "reprendre")
    for value in ("", "none"):
        answer = clerk.post("/relu", data=form | {spoilt: value})
        assert answer.status_code == (409 if (spoilt, value) == ("marque", "none") else 404)
    assert clerk.post("/relu", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert clerk.get("/relu").status_code == 405
    assert proposal_of(_row(changing)) is not None


def test_who_comes_over_a_network_or_a_relay_only_looks(clerk: TestClient, changing: Desk) -> None:
    form = _form(clerk.get(_link(changing)).text, "reprendre")
    settings = replace(changing.settings, desk=DeskSettings(host="0.0.0.0"))
    with TestClient(create_app(replace(changing, settings=settings))) as remote:
        for visitor, headers in ((remote, {}), (clerk, {"X-Forwarded-For": "10.0.0.7"})):
            text = visitor.get(_link(changing), headers=headers).text
            assert READ_SINCE in text and 'action="/relu"' not in text
            assert visitor.post("/relu", data=form, headers=headers).status_code == 404
    assert proposal_of(_row(changing)) is not None


def test_it_says_all_that_would_change_or_be_gone(changing: Desk) -> None:
    stored = entry_of(changing.catalogue, "Émile", BIRTHS)
    wed = replace(stored.entry, spouse=PersonName("Noël", "Ida"), act_number="4")
    done = changing.catalogue.entries.correct(stored.entry.id, wed, "Anne", stored.version)
    stored = offer(changing.catalogue, done, spouse=None, act_number="", remarks="", kind=Kind.RECOGNITION)
    seen = seen_entry(stored, None, language("fr")).offered
    assert seen is not None and seen.reading == (
        "LEROY Émile, 28 février 1884, sans conjoint, reconnaissance, sans numéro d’acte, sans mention"
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_reached_by_keys_without_javascript(browser: Browser, changing: Desk, width: int) -> None:
    for address in served(changing):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=False
        )
        page = context.new_page()
        page.goto(_link(changing))
        offered = page.locator(".offered")
        expect(offered).to_contain_text(READ_SINCE)
        for name in ("Reprendre", "Écarter"):
            box = offered.get_by_role("button", name=name).bounding_box()
            assert box is not None and box["height"] >= 24 and box["x"] + box["width"] <= width
        page.locator("#ligne-1 a.row").focus()
        page.keyboard.press("Tab")
        expect(offered.get_by_role("button", name="Reprendre")).to_be_focused()
        page.keyboard.press("Tab")
        expect(offered.get_by_role("button", name="Écarter")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**#ligne-1")
        expect(page.locator(".offered")).to_have_count(0)
        expect(page.locator("#ligne-1")).to_contain_text("LEFEBVRE Jean Baptiste")
        context.close()
