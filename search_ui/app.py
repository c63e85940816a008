"""The web application: routes, templates, errors."""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from registers.errors import (
    AccessLogError,
    ConflictError,
    FeuilletError,
    QueryError,
    SearchUnavailableError,
    StoreBusyError,
)
from search_ui.access import AccessLog
from search_ui.frame import Frame
from search_ui.language import language
from search_ui.routes import images, offered, registers, search
from search_ui.security import Guard
from search_ui.shelf import Shelf
from search_ui.unforeseen import Unforeseen
from services.desk import Desk

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent


def create_app(desk: Desk) -> FastAPI:
    """The clerk's page over an open desk."""
    app = FastAPI(title="feuillet", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.shelf = Shelf()
    app.state.access = AccessLog(desk.workspace.root / "access")
    app.state.frame = Frame(desk.settings.desk.language)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    for room in (search, registers, offered, images):
        app.include_router(room.router)
    app.add_exception_handler(FeuilletError, _said)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_middleware(Unforeseen, answer=_unexpected)
    app.add_middleware(Guard, host=desk.settings.desk.host)
    return app


def _said(request: Request, error: Exception) -> Response:
    """Whatever feuillet says on purpose: in the clerk's words, with the status of its class."""
    assert isinstance(error, FeuilletError)
    words = language(_frame(request).language_of(request).code)
    if isinstance(error, SearchUnavailableError):
        text = words.word("error.search_away")
    elif isinstance(error, StoreBusyError):
        text = words.word("error.busy")
    elif isinstance(error, ConflictError):
        text = words.word("error.changed")
    elif isinstance(error, QueryError):
        text = words.word("error.query", message=str(error))
    elif error.http_status == 404:
        text = words.word("error.not_found")
    elif isinstance(error, AccessLogError):
        _log.error("%s", error)
        text = words.word("error.unlogged")
    else:
        _log.error("%s: %s", error.code, error.message)
        text = words.word("error.internal")
    return _frame(request).page(request, "error.html", {"text": text}, status=error.http_status)


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = _frame(request).language_of(request)
    text = words.word("error.not_found" if error.status_code in (404, 405) else "error.internal")
    return _frame(request).page(request, "error.html", {"text": text}, status=error.status_code)


def _malformed(request: Request, _: Exception) -> Response:
    """An address with a part missing or unreadable leads nowhere."""
    text = _frame(request).language_of(request).word("error.not_found")
    return _frame(request).page(request, "error.html", {"text": text}, status=404)


def _unexpected(request: Request) -> Response:
    text = _frame(request).language_of(request).word("error.internal")
    return _frame(request).page(request, "error.html", {"text": text}, status=500)


def _frame(request: Request) -> Frame:
    frame: Frame = request.app.state.frame
    return frame
