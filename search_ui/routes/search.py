"""The search: a form that is posted, an answer under an opaque id."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from registers.errors import NotFoundError, QueryError
from registers.query import Paging, SearchQuery
from search_ui.answer import answer_context
from search_ui.forms import PAGE_SIZE, Choices, SearchForm
from search_ui.nothing import nothing_context
from search_ui.routes.common import clerk_of, desk_of, frame_of, note_access, shelf_of
from services.browse import list_registers
from services.find import Found, find

router = APIRouter()


@router.get("/")
def start(request: Request) -> Response:
    """The box, and the way to the registers."""
    return frame_of(request).page(request, "start.html", {"registers": len(list_registers(desk_of(request)))})


@router.post("/recherche")
async def ask(request: Request) -> Response:
    """Understands the form, keeps the search, and answers by a redirect: no name stands in an address."""
    form = SearchForm.of(await request.form())
    if form.empty:
        return RedirectResponse("/", status_code=303)
    try:
        query = await run_in_threadpool(form.to_query)
    except QueryError as error:
        words = frame_of(request).language_of(request)
        text = words.word("error.query", message=str(error))
        return frame_of(request).page(request, "error.html", {"text": text}, form=form, status=400)
    return RedirectResponse(f"/recherche/{shelf_of(request).keep(query)}", status_code=303)


@router.get("/recherche/{search_id}")
def answer(request: Request, search_id: str) -> Response:
    """The results of a kept search."""
    frame = frame_of(request)
    try:
        query = shelf_of(request).query(search_id)
    except NotFoundError:
        text = frame.language_of(request).word("results.forgotten")
        return frame.page(request, "error.html", {"text": text}, status=404)
    choices = Choices.of(request.query_params)
    found = _found(request, choices.over(query), choices.page)
    note_access(request, "search", search_id, total=found.total)
    words = frame.language_of(request)
    holdings = desk_of(request).overview.holdings()
    context: dict[str, object] = {
        "answer": answer_context(found, search_id, choices, words, holdings.labels),
        "may_decide": bool(clerk_of(request)),
    }
    if not found.total:
        sections = holdings.sections_of({standing.register_id for standing in found.standings})
        context["nothing"] = nothing_context(found, sections, words)
    template = "answer.html" if found.total else "nothing.html"
    return frame.page(request, template, context, form=SearchForm.of_query(query))


def _found(request: Request, query: SearchQuery, page: int) -> Found:
    paging = Paging((page - 1) * PAGE_SIZE, PAGE_SIZE)
    return shelf_of(request).answer(query, paging, lambda: find(desk_of(request), query, paging))
