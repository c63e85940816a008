"""Images: the strip of a row, the page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from search_ui.routes.common import desk_of, note_access
from services.strip import Picture, page_copy, page_image, strip_of

router = APIRouter(prefix="/image")


@router.get("/bande")
def strip(request: Request, ligne: str) -> Response:
    """The row of an entry, straightened."""
    picture = strip_of(desk_of(request), ligne)
    note_access(request, "strip", ligne)
    return _answer(picture)


@router.get("/vue/{page_id}")
def page_side(request: Request, page_id: str, registre: str = "") -> Response:
    """A page side alone, small enough to come at once."""
    picture = page_copy(desk_of(request), page_id, registre)
    note_access(request, "image", page_id)
    return _answer(picture)


@router.get("/page/{page_id}")
def page(request: Request, page_id: str, registre: str = "") -> Response:
    """The viewing copy of a page's scan."""
    picture = page_image(desk_of(request), page_id, registre)
    note_access(request, "image", page_id)
    return _answer(picture)


def _answer(picture: Picture) -> Response:
    return Response(picture.content, media_type=picture.media_type)
