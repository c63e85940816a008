"""What every page has: the templates, the language, the search box filled with what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from search_ui.forms import EMPTY_FORM, SearchForm
from search_ui.language import LANGUAGES, Language, language

_COOKIE = "feuillet_language"
_HERE = Path(__file__).parent


class Frame:
    """Renders templates; every context holds the language, the form and the path."""

    def __init__(self, default_language: str) -> None:
        environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates = Jinja2Templates(env=environment)
        self._default = default_language

    def language_of(self, request: Request) -> Language:
        """The language that was asked for, then the one chosen earlier, then the setting's."""
        asked = request.query_params.get("lang") or request.cookies.get(_COOKIE) or self._default
        return language(asked)

    def page(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any],
        *,
        form: SearchForm = EMPTY_FORM,
        status: int = 200,
    ) -> Response:
        """A page; switching the language is remembered in a cookie that holds two letters."""
        words = self.language_of(request)
        frame = {
            "words": words,
            "word": words.word,
            "count": words.count,
            "form": form,
            "other_language": _switched(request, words.code),
        }
        answer = self._templates.TemplateResponse(request, template, {**frame, **context}, status_code=status)
        if request.query_params.get("lang") in LANGUAGES:
            answer.set_cookie(_COOKIE, words.code, max_age=365 * 86400, httponly=True, samesite="strict")
        return answer


def _switched(request: Request, code: str) -> str:
    """The same page in the other language."""
    other = next(known for known in LANGUAGES if known != code)
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return str(request.url.replace(scheme="", netloc="", query="").path) + _query([*kept, ("lang", other)])


def _query(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""
