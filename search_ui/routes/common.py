"""What routes need of the application."""

from __future__ import annotations

import getpass
from contextlib import suppress

from fastapi import Request

from search_ui.access import AccessLog
from search_ui.frame import Frame
from search_ui.security import LOOPBACK
from search_ui.shelf import Shelf
from services.desk import Desk


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def frame_of(request: Request) -> Frame:
    frame: Frame = request.app.state.frame
    return frame


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def clerk_of(request: Request) -> str:
    """Under whose name a change is kept; empty where the page cannot know, and then it changes nothing.

    The page knows no accounts. Served to this machine alone, whoever uses it is taken for the user who runs
    it, as on the command line; others who come over a network or through a relay only look.
    """
    relayed = "forwarded" in request.headers or "x-forwarded-for" in request.headers
    if relayed or desk_of(request).settings.desk.host not in LOOPBACK:
        return ""
    with suppress(OSError, KeyError, ImportError):  # an account without a name
        return getpass.getuser()
    return ""


def note_access(request: Request, action: str, thing: str, **details: int | str) -> None:
    """Keep that this client looked at something."""
    access: AccessLog = request.app.state.access
    access.note(action, thing, request.client.host if request.client else "", **details)
