"""Browsing without a search: registers, their pages, one page with its rows."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from search_ui.leaf import leaf_context, register_context
from search_ui.registers_list import RegisterFilter, register_list
from search_ui.routes.common import clerk_of, desk_of, frame_of, note_access
from services.browse import list_registers, page_view, register_view

router = APIRouter()


@router.get("/registres")
def all_registers(request: Request) -> Response:
    """The registers with what is known of them, all or those of a place, kind and year."""
    frame = frame_of(request)
    wanted = RegisterFilter.of(request.query_params)
    found = register_list(list_registers(desk_of(request)), wanted, frame.language_of(request))
    return frame.page(request, "registers.html", {"registers": found})


@router.get("/registre/{register_id:path}")
def one_register(request: Request, register_id: str) -> Response:
    """The pages of a register in order."""
    frame = frame_of(request)
    view = register_view(desk_of(request), register_id)
    context = register_context(view, frame.language_of(request))
    return frame.page(request, "register.html", {"register": context})


@router.get("/page/{page_id}")
def one_page(request: Request, page_id: str, registre: str, ligne: int | None = None) -> Response:
    """A page of a register, one row lit: a permalink that holds hashes and numbers only."""
    frame = frame_of(request)
    view = page_view(desk_of(request), registre, page_id)
    note_access(request, "page", page_id)
    context = leaf_context(view, ligne, frame.language_of(request))
    return frame.page(request, "page.html", {"leaf": context, "may_decide": bool(clerk_of(request))})
