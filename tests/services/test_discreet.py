"""What a bug says is not passed on: it may quote a page."""

from __future__ import annotations

import traceback

import pytest

from registers.errors import NotFoundError
from services.discreet import UnexpectedError, discreet

NAME = "LEFEBVRE"


def test_a_bug_is_named_by_type_and_place() -> None:
    with pytest.raises(UnexpectedError) as caught, discreet():
        raise ValueError(NAME)
    assert "ValueError in services/test_discreet.py, line" in caught.value.message
    assert NAME not in "".join(traceback.format_exception(caught.value))


def test_errors_of_ones_own_pass() -> None:
    with pytest.raises(NotFoundError, match="there is no scan"), discreet():
        raise NotFoundError("there is no scan")
