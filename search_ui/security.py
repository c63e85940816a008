"""Headers that keep the page to itself, and the refusal of foreign forms and hosts."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Guard:
    """Adds the headers to every answer; refuses forms posted from another site.

    A page that listens on loopback answers only to loopback names: another site that makes its own name
    point here (DNS rebinding) gets nothing.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._local = host in LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        host = headers.get("host", "")
        if self._local and (_split(f"//{host}").hostname or "") not in LOOPBACK:
            return "This page is served to this machine only."
        if method == "POST":
            # A page with Referrer-Policy: no-referrer sends "Origin: null" on its own forms.
            origin, site = headers.get("origin"), headers.get("sec-fetch-site")
            if site not in (None, "same-origin", "none"):
                return "This form was sent from another site."
            if site is None and origin not in (None, "null") and _split(origin or "").netloc != host:
                return "This form was sent from another site."
        return ""


def _split(address: str) -> SplitResult:
    """The parts of an address; one that cannot be read has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
