"""What all commands share."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import NoReturn

import pytest

from cli.options import name_of
from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS


@pytest.fixture(params=[KeyError, OSError, ImportError])
def nameless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account without a name, as in a container that runs under a bare number."""

    def nobody() -> NoReturn:
        raise request.param("getpwuid(): uid not found: 1234")

    monkeypatch.setattr(getpass, "getuser", nobody)


@pytest.mark.usefixtures("nameless")
@pytest.mark.parametrize(
    "arguments",
    [
        ("correct", "id", "--as-it-stands"),
        ("correct", "--undo", "1"),
        ("transcribe", "import", __file__),
        ("registers", "section", BIRTHS, "--views", "1-2", "--commune", "Valbrune"),
    ],
)
def test_who_has_no_name_is_asked_for_one(
    feuillet: Feuillet, built: Path, arguments: tuple[str, ...]
) -> None:
    done = feuillet(*arguments, "--workspace", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give --who" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.usefixtures("nameless")
def test_a_name_that_is_given_is_enough(feuillet: Feuillet, built: Path) -> None:
    assert name_of("Anne") == "Anne"
    done = feuillet("correct", "nobody", "--surname", "A", "--preview", "--workspace", built)
    assert "nobody" in done.stderr and "--who" not in done.stderr


def test_else_changes_are_kept_under_the_name_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anne")
    assert name_of("") == "anne"
