"""Searches kept under opaque ids: no name stands in an address, and "back" does not search again."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from registers.errors import NotFoundError
from registers.query import Paging, SearchQuery
from services.find import Found

KEEP_SECONDS = 8 * 3600.0
MOST_SEARCHES = 5_000
MOST_ANSWERS = 300
ANSWER_SECONDS = 60.0


class Shelf:
    """In memory only: what is asked is forgotten when the server stops."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._searches: OrderedDict[str, tuple[float, SearchQuery]] = OrderedDict()
        self._answers: OrderedDict[tuple[SearchQuery, Paging], tuple[float, Found]] = OrderedDict()

    def keep(self, query: SearchQuery) -> str:
        """The opaque id under which the query is found again."""
        search_id = secrets.token_urlsafe(12)
        with self._lock:
            self._searches[search_id] = (time.monotonic(), query)
            while len(self._searches) > MOST_SEARCHES:
                self._searches.popitem(last=False)
        return search_id

    def query(self, search_id: str) -> SearchQuery:
        """The query; raises NotFoundError once it is forgotten."""
        with self._lock:
            kept = self._searches.get(search_id)
            if kept is None or time.monotonic() - kept[0] > KEEP_SECONDS:
                raise NotFoundError("this search is not kept any more", advice="search again")
            self._searches[search_id] = (time.monotonic(), kept[1])
            self._searches.move_to_end(search_id)
            return kept[1]

    def forget_answers(self) -> None:
        """What a clerk has changed is seen at once; the searches stay."""
        with self._lock:
            self._answers.clear()

    def answer(self, query: SearchQuery, paging: Paging, ask: Callable[[], Found]) -> Found:
        """The answer given a moment ago, or a new one from `ask`."""
        key = (query, paging)
        with self._lock:
            kept = self._answers.get(key)
        if kept is not None and time.monotonic() - kept[0] < ANSWER_SECONDS:
            return kept[1]
        found = ask()
        with self._lock:
            self._answers[key] = (time.monotonic(), found)
            while len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)
        return found
