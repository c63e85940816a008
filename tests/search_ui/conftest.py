"""A desk with its page, for one session; a browser, where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from registers.settings import Settings
from search_ui.app import create_app
from services.desk import Desk, open_desk
from tests.desk_builders import build

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def desk_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return build(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def desk(desk_settings: Settings) -> Iterator[Desk]:
    with open_desk(desk_settings) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """Speaks to the application without a network; answers to the name of this machine."""
    with TestClient(create_app(desk), base_url="http://127.0.0.1") as speaking:
        yield speaking


def served(desk: Desk) -> Iterator[str]:
    """Serve a desk on a free port of loopback; gives the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def address(desk: Desk) -> Iterator[str]:
    yield from served(desk)


def _browser_path(playwrights: str) -> Path:
    """The browser that FEUILLET_BROWSER names, else the system's, else Playwright's own."""
    named = os.environ.get("FEUILLET_BROWSER")
    candidates = [Path(named)] if named else _candidates(playwrights)
    for path in candidates:
        if path.is_file():
            return path
    reason = "there is no Chromium or Chrome; install one or set FEUILLET_BROWSER"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _candidates(playwrights: str) -> Iterator[Path]:
    for name in ("chromium", "google-chrome", "chromium-browser"):
        found = shutil.which(name)
        if found and not (name == "chromium-browser" and _only_asks_for_the_snap(Path(found))):
            yield Path(found)
    for name in ("Google Chrome", "Chromium"):
        yield Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    yield Path(playwrights)


def _only_asks_for_the_snap(path: Path) -> bool:
    with path.open("rb") as file:
        return b"/snap/bin/chromium" in file.read(4096)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = _browser_path(playwright.chromium.executable_path)
        running = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield running
        running.close()


class Watch:
    """What a page did: every request it made, and whatever its console complained of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[tuple[str, str]] = []
        self.complaints: list[str] = []
        page.on("request", lambda r: self.requests.append((r.url, r.headers.get("referer", ""))))
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        base_url=address,
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def watch(page: Page, address: str) -> Iterator[Watch]:
    """Watches the page, and holds it to its manners when the test ends."""
    watching = Watch(page)
    yield watching
    assert watching.complaints == []
    assert [url for url, _ in watching.requests if not url.startswith((address, "data:"))] == []
