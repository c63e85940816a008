"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden", action="store_true", help="write the golden files anew instead of comparing"
    )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages and ground truth, which never enter the project; skips where they are absent."""
    folder = Path(os.environ.get("FEUILLET_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the shared data are not here ({folder.name}); set FEUILLET_SHARED_DATA")
    return folder


@pytest.fixture(scope="session")
def samples_folder() -> Path:
    """The committed registers with their gold."""
    return ROOT / "samples"
