"""Serves the page on this machine, and says where."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from registers.errors import ConfigurationError, ConflictError, SearchUnavailableError
from registers.settings import Settings
from search_ui.app import create_app
from services.desk import open_desk
from services.publish import publish_changes


def serve(
    settings: Settings, *, announce: Callable[[str], None], open_page: bool = False, any_port: bool = False
) -> None:
    """Serve until interrupted. `announce` is told the address once the page answers there.

    Raises ConfigurationError when the port is taken (unless `any_port`) or nothing was digitized yet.
    """
    with open_desk(settings) as desk, _listen(settings, any_port) as listener:
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/"
        # uvicorn's own access log stays off: search_ui/access.py keeps what the law asks for.
        config = uvicorn.Config(create_app(desk), log_level="warning", access_log=False, server_header=False)
        with suppress(SearchUnavailableError, ConflictError):  # away, or another process publishes
            publish_changes(desk.catalogue, desk.engine, settings.search)
        desk.overview.holdings()  # counted now, so that the first search does not wait for it
        announce(f"feuillet is at {address}  (Ctrl-C stops it)")
        if open_page:
            threading.Timer(0.7, webbrowser.open, args=(address,)).start()
        uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings, any_port: bool) -> socket.socket:
    host, port = settings.desk.host, settings.desk.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for attempt in (port, 0) if any_port else (port,):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, attempt))
        except OSError as error:
            listener.close()
            reason = error.strerror
            continue
        listener.listen(128)
        return listener
    raise ConfigurationError(
        f"port {port} of {host} cannot be used ({reason})", advice="choose another with --port, or --port 0"
    )
