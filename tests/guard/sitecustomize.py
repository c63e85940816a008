"""Loaded by every Python process of a test: connecting to anything but loopback fails and is noted."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _refuse(what: object) -> None:
    log = os.environ.get("FEUILLET_TEST_CONNECTIONS")
    if log:
        with open(log, "a", encoding="utf-8") as file:  # noqa: PTH123 - as little as possible is imported here
            file.write(f"{what!r} by {sys.argv}\n")
    raise PermissionError(f"connection to {what!r} refused by the test")


def _check(address: Any) -> None:
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        _refuse(address)


def _is_loopback(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check(address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    if host is not None and not _is_loopback(host.decode() if isinstance(host, bytes) else str(host)):
        _refuse(host)
    return _getaddrinfo(host, *arguments, **options)


socket.socket.connect = _guarded_connect  # type: ignore[method-assign, assignment]
socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign, assignment]
socket.getaddrinfo = _guarded_getaddrinfo
