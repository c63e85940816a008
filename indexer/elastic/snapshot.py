"""What a process keeps in memory of a generation in Elasticsearch: the vocabularies."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, helpers

from indexer.elastic.mapping import BLOCK, GIVEN_NAME, MAPPING_VERSION, SURNAME, unblocked
from indexer.engine import other_version
from indexer.vocabulary import Vocabulary

FRESH_SECONDS = 0.4
"""For how long a look at the server for new names holds: a correction is searchable within a second."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The vocabularies of one index; `added` names have come since it was built."""

    index: str
    surnames: Vocabulary
    given_names: Vocabulary
    added: int = 0


class Snapshots:
    """Keeps the snapshot of the current generation fresh; safe to use from several threads."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._looked = 0.0

    def current(self) -> Snapshot | None:
        """The snapshot of the generation behind the alias, or None when there is none."""
        with self._lock:
            if time.monotonic() - self._looked > FRESH_SECONDS:
                self._snapshot = self._refreshed(self._snapshot)
                self._looked = time.monotonic()
            return self._snapshot

    def forget(self) -> None:
        """Makes the next `current` look at the server."""
        with self._lock:
            self._looked = 0.0

    def _refreshed(self, known: Snapshot | None) -> Snapshot | None:
        index = current_index(self._client, self._alias)
        if index is None:
            return None
        if known is None or known.index != index:
            about = self._client.indices.get_mapping(index=index)[index]["mappings"]
            if about.get("_meta", {}).get("mapping") != MAPPING_VERSION:
                raise other_version(index)
            documents = self._documents(index, [BLOCK])
            known = Snapshot(index, unblocked(SURNAME, documents), unblocked(GIVEN_NAME, documents))
        added = self._client.count(index=index, query={"terms": {"what": [SURNAME, GIVEN_NAME]}})["count"]
        if added == known.added:
            return known
        documents = self._documents(index, [SURNAME, GIVEN_NAME])
        names = {
            what: sorted(doc["name"] for doc in documents if doc["what"] == what)
            for what in (SURNAME, GIVEN_NAME)
        }
        return Snapshot(
            index,
            known.surnames.extended(names[SURNAME]),
            known.given_names.extended(names[GIVEN_NAME]),
            added,
        )

    def _documents(self, index: str, what: list[str]) -> list[dict[str, Any]]:
        found = helpers.scan(self._client, index=index, query={"query": {"terms": {"what": what}}}, size=50)
        return [hit["_source"] for hit in found]


def current_index(client: Elasticsearch, alias: str) -> str | None:
    """The index behind the alias, or None."""
    answer = client.options(ignore_status=404).indices.get_alias(name=alias)
    return next(
        (name for name, value in answer.body.items() if isinstance(value, dict) and "aliases" in value), None
    )
