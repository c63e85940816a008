"""File names in the catalogue: any bytes that a disk can hold, though a database takes only UTF-8."""

from __future__ import annotations

import os

_MARK = "\x1abytes:"


def to_stored(path: str) -> str:
    """A path as text that any database takes; old discs hold names that are not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _MARK + os.fsencode(path).hex()
    return path


def from_stored(text: str) -> str:
    """The inverse of `to_stored`."""
    if text.startswith(_MARK):
        return os.fsdecode(bytes.fromhex(text[len(_MARK) :]))
    return text
