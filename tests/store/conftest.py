"""A catalogue on disk for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registers.settings import StoreSettings
from store.catalogue import Catalogue
from tests.store.builders import REGISTER


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return StoreSettings(workspace=str(tmp_path / "workspace"))


@pytest.fixture
def catalogue(settings: StoreSettings) -> Iterator[Catalogue]:
    """A catalogue with one register and nothing in it."""
    with Catalogue.open(settings) as opened:
        opened.registers.upsert(REGISTER)
        yield opened
