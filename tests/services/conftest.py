"""A desk on disk: catalogue, embedded index and workspace of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registers.settings import Settings, StoreSettings
from services.desk import Desk, open_desk
from store.catalogue import Catalogue
from tests.desk_builders import build
from tests.services.builders import digest


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=StoreSettings(workspace=str(tmp_path / "workspace")))


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """Nothing in it yet."""
    Catalogue.open(settings.store).close()
    with open_desk(settings) as opened:
        yield opened


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with one register of two pages, understood and published."""
    digest(desk)
    return desk


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Four registers of invented people with drawn scans; not to be changed."""
    with open_desk(build(tmp_path_factory.mktemp("services"))) as opened:
        yield opened


@pytest.fixture
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The same, for a test that changes it."""
    with open_desk(build(tmp_path_factory.mktemp("own"))) as opened:
        yield opened
