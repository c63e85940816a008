"""What a clerk decides on a later reading of a checked row: take it over, or decline it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from registers.errors import NotFoundError
from search_ui.routes.common import clerk_of, desk_of, note_access, shelf_of
from search_ui.sight import page_link
from services.desk import Desk
from services.proposals import accept_proposed, dismiss_proposed, proposal_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Decision:
    """A posted form. The mark stands in no address: whoever has it has seen the row."""

    entry_id: str
    version: int
    mark: str
    accept: bool

    @classmethod
    def of(cls, form: FormData) -> _Decision:
        """Raises NotFoundError for a form that is not ours."""
        said = {name: str(form.get(name, "")) for name in ("ligne", "version", "marque", "geste")}
        whole = all(said.values()) and said["geste"] in {"reprendre", "ecarter"}
        if not whole or not (said["version"].isascii() and said["version"].isdecimal()):
            raise NotFoundError("this form decides nothing")
        return cls(said["ligne"], int(said["version"][:9]), said["marque"], said["geste"] == "reprendre")


@router.post("/relu")
async def decide(request: Request) -> Response:
    """Does what the form says and answers by a redirect to the row; where it is settled, the row alone."""
    decision = _Decision.of(await request.form())
    clerk = clerk_of(request)
    if not clerk:
        raise NotFoundError("nothing is changed from here")
    link = await run_in_threadpool(_decided, request, decision, clerk)
    return RedirectResponse(link, status_code=303)


def _decided(request: Request, decision: _Decision, clerk: str) -> str:
    desk: Desk = desk_of(request)
    stored = desk.catalogue.entries.get(decision.entry_id)
    if proposal_of(stored) is not None:
        note_access(request, "accept" if decision.accept else "dismiss", stored.entry.id)
        if decision.accept:
            accept_proposed(desk, stored.entry.id, clerk, decision.version, decision.mark)
        else:
            dismiss_proposed(desk, stored.entry.id, decision.version, decision.mark)
        shelf_of(request).forget_answers()
    source = stored.entry.source
    return f"{page_link(source.register_id, source.page_id, source.row)}#ligne-{source.row}"
