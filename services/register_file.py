"""register.toml: what a person says of a register, checked word by word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from registers.dates import Period
from registers.entry import Kind
from registers.errors import ConfigurationError
from registers.register import Collection, Description, RegisterSettings, Script, SectionSettings, Series

FILE_NAME = "register.toml"

_DESCRIPTION_KEYS = {"cote", "commune", "collection", "series", "kinds", "from", "to", "script", "permalink"}
_REGISTER_KEYS = _DESCRIPTION_KEYS | {"id", "columns", "section"}
_SECTION_KEYS = _DESCRIPTION_KEYS | {"first_view", "last_view", "columns"}
_Choice = TypeVar("_Choice", bound=StrEnum)


def read_register_file(folder: Path) -> tuple[str | None, RegisterSettings]:
    """The id (None when not said) and settings of the register in a folder; nothing said gives the defaults.

    Raises ConfigurationError naming the file, the key and what may stand there.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, RegisterSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read", advice="it must be UTF-8 text") from error
    try:
        return parse_register_file(text)
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error.message}", advice=error.advice) from None


def parse_register_file(text: str) -> tuple[str | None, RegisterSettings]:
    """The same from the text of the file; raises ConfigurationError naming the key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"not valid TOML: {error}") from None
    _only(data, _REGISTER_KEYS, "register.toml")
    sections = data.get("section", [])
    if not isinstance(sections, list) or not all(isinstance(section, dict) for section in sections):
        raise ConfigurationError("section must be written [[section]]")
    settings = RegisterSettings(
        description=_description(data),
        sections=tuple(_section(section) for section in sections),
        columns=_texts(data, "columns"),
    )
    return _text(data, "id"), settings


def _section(data: dict[str, Any]) -> SectionSettings:
    _only(data, _SECTION_KEYS, "[[section]]")
    first, last = _view(data, "first_view"), _view(data, "last_view")
    if first is not None and last is not None and last < first:
        raise ConfigurationError(f"last_view {last} stands before first_view {first}")
    return SectionSettings(_description(data), first, last, _texts(data, "columns"))


def _description(data: dict[str, Any]) -> Description:
    return Description(
        commune=_text(data, "commune"),
        kinds=tuple(_choice(Kind, "kinds", kind) for kind in _texts(data, "kinds")),
        series=_chosen(Series, data, "series"),
        collection=_chosen(Collection, data, "collection"),
        period=stated_period(data),
        cote=_text(data, "cote"),
        script=_chosen(Script, data, "script"),
        permalink=_text(data, "permalink"),
    )


def stated_period(data: Mapping[str, Any]) -> Period | None:
    """The period that the keys `from` and `to` state, as years or dates; None where neither is said.

    Raises ConfigurationError for one without the other, for what is no date, and for a period that ends
    before it begins.
    """
    if "from" not in data and "to" not in data:
        return None
    if "from" not in data or "to" not in data:
        raise ConfigurationError("from and to go together", advice="give both, as years or as dates")
    first, last = _day(data, "from", first=True), _day(data, "to", first=False)
    try:
        return Period(first, last)
    except ValueError:
        raise ConfigurationError(f"to ({last}) stands before from ({first})") from None


def _day(data: Mapping[str, Any], key: str, *, first: bool) -> date:
    value = data[key]
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    text = str(value)
    try:
        if text.isdigit() and len(text) == 4:
            return date(int(text), 1, 1) if first else date(int(text), 12, 31)
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{key} = {value!r} is no date", advice="write a year (1883) or a date (1883-01-01)"
        ) from None


def _chosen(choices: type[_Choice], data: dict[str, Any], key: str) -> _Choice | None:
    text = _text(data, key)
    return None if text is None else _choice(choices, key, text)


def _choice(choices: type[_Choice], key: str, text: str) -> _Choice:
    try:
        return choices(text)
    except ValueError:
        raise ConfigurationError(
            f"{key} = {text!r} is not known", advice="one of " + ", ".join(choice.value for choice in choices)
        ) from None


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise ConfigurationError(f"{key} = {value!r} must be a text in quotes")
    return value.strip()


def _texts(data: dict[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f'{key} must be a list of texts, as ["birth", "death"]')
    return tuple(value)


def _view(data: dict[str, Any], key: str) -> int | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or value < 1:
        raise ConfigurationError(f"{key} = {value!r} must be a number from 1 on")
    return value


def _only(data: dict[str, Any], known: set[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise ConfigurationError(
                f"{key!r} is not a key of {where}", advice="known: " + ", ".join(sorted(known))
            )
