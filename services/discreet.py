"""Errors that nobody foresaw, named by type and place: what they say may quote what stands on a page."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from registers.errors import FeuilletError


class UnexpectedError(FeuilletError):
    """A bug, told without its message."""

    code = "unexpected"


@contextmanager
def discreet() -> Iterator[None]:
    """Raises UnexpectedError in place of any error that is not one of feuillet's own."""
    try:
        yield
    except FeuilletError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it would be logged with its message
        raise without_its_message(error) from None


def without_its_message(error: Exception) -> UnexpectedError:
    """The type of an error and the place that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = ""
    if frames:
        path = PurePath(frames[-1].filename)
        place = f" in {path.parent.name}/{path.name}, line {frames[-1].lineno}"
    return UnexpectedError(f"unexpected {type(error).__name__}{place}", advice="please report it")
