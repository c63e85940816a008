"""The registers' dataclasses as JSON and back.

Values are written by field name, enums and dates as their text, quads as eight numbers (to a hundredth
of a pixel). A field that is empty (None, "", (), 0, False) and whose default is the same is left out;
any other default is written, so that a change of defaults never changes what is stored.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from registers.dates import Period
from registers.errors import StoreError
from registers.geometry import Quad

T = TypeVar("T")
Convert = Callable[[Any], Any]
Codec = tuple[Convert, Convert]


def encode(value: Any) -> Any:
    """A dataclass of registers/ as what `json` can write."""
    kind: Any = type(value)
    return _codec(kind)[0](value)


def decode(kind: type[T], data: Any) -> T:
    """The inverse of `encode`; raises StoreError for data that such a value cannot have written."""
    try:
        return cast(T, _codec(cast(Any, kind))[1](data))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(
            f"the catalogue holds a {kind.__name__} that cannot be understood: {error!r}",
            advice="it may come from a newer feuillet: update, or restore the catalogue from a copy",
        ) from error


def dumps(value: Any) -> str:
    """A dataclass as compact JSON text; equal values give equal text."""
    return json_text(encode(value))


def loads(kind: type[T], text: str) -> T:
    """The inverse of `dumps`."""
    return decode(kind, json.loads(text))


def json_text(data: Any) -> str:
    """Compact JSON in UTF-8; file names that are not UTF-8 (lone surrogates) are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":"))
    return text


def json_data(text: str) -> Any:
    """The inverse of `json_text`."""
    return json.loads(text)


def safe_text(text: str) -> str:
    """Text that any database takes: lone surrogates and NUL shown as escapes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def pack(data: Any) -> bytes:
    """JSON data, compressed."""
    return zlib.compress(json_text(data).encode(), 6)


def unpack(content: bytes) -> Any:
    """The inverse of `pack`."""
    return json.loads(zlib.decompress(content))


@cache
def _codec(kind: Any) -> Codec:
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return attrgetter("value"), kind
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_codec(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return _optional_codec(*_codec(next(k for k in get_args(kind) if k is not type(None))))
    if get_origin(kind) is tuple:
        return _tuple_codec(*_codec(get_args(kind)[0]))
    return _same, _same


def _same(value: Any) -> Any:
    return value


def _optional_codec(to_data: Convert, from_data: Convert) -> Codec:
    return (
        lambda value: None if value is None else to_data(value),
        lambda data: None if data is None else from_data(data),
    )


def _tuple_codec(to_data: Convert, from_data: Convert) -> Codec:
    return (
        lambda value: [to_data(item) for item in value],
        lambda data: tuple(from_data(item) for item in data),
    )


def _dataclass_codec(kind: type[Any]) -> Codec:
    hints = get_type_hints(kind)
    codecs = {item.name: _codec(hints[item.name]) for item in fields(kind)}
    defaults = {item.name: item.default for item in fields(kind)}

    def to_data(value: Any) -> dict[str, Any]:
        data = {}
        for name, (part_to_data, _) in codecs.items():
            part = getattr(value, name)
            if part or part != defaults[name]:
                data[name] = part_to_data(part)
        return data

    def from_data(data: dict[str, Any]) -> Any:
        return kind(**{name: codecs[name][1](part) for name, part in data.items()})

    return to_data, from_data


_LEAVES: dict[Any, Codec] = {
    Quad: (Quad.to_list, Quad.from_list),
    Period: (str, Period.parse),
    date: (date.isoformat, date.fromisoformat),
}
