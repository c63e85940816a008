"""What routes need of the application."""

from __future__ import annotations

from fastapi import Request

from search_ui.access import AccessLog
from search_ui.frame import Frame
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


def note_access(request: Request, action: str, thing: str, **details: int | str) -> None:
    """Keep that this client looked at something."""
    access: AccessLog = request.app.state.access
    access.note(action, thing, request.client.host if request.client else "", **details)
