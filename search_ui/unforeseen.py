"""Where a route fails in a way that nobody foresaw: an answer in words, and a log without names.

What such an error says may quote what was asked. Starlette's own handler passes it on to the server, which
logs it whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.discreet import without_its_message

_log = logging.getLogger(__name__)


class Unforeseen:
    """Answers with `answer` in place of an error; an answer that had begun is cut off."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request], Response]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:
            if scope["type"] != "http":
                raise
            _log.error("%s at %s", without_its_message(error).message, scope["path"])
            if not begun:
                await self._answer(Request(scope))(scope, receive, send)
