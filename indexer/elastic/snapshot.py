"""What a process keeps in memory of a generation in Elasticsearch: the vocabularies, and who stands where."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch, helpers
from numpy.typing import NDArray

from indexer.elastic.mapping import (
    BLOCK,
    GIVEN_NAME,
    MAPPING_VERSION,
    ROLES,
    SURNAME,
    read_name_term,
    unblocked,
)
from indexer.engine import other_version
from indexer.vocabulary import Vocabulary

FRESH_SECONDS = 0.4
"""For how long a look at the server for new names holds: a correction is searchable within a second."""
_BLOCKS_AT_ONCE, _NAMES_AT_ONCE = 10, 5_000
_ROLES = np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The vocabularies of one index, and in which roles its surnames stand, a bit for each.

    `roles` are those of the build, by the surname's number; `added` are those that came since. `seen` is
    how many blocks and names the index had.
    """

    index: str
    surnames: Vocabulary
    given_names: Vocabulary
    roles: NDArray[np.uint16]
    added: dict[str, int] = field(default_factory=dict)
    seen: int = -1

    def roles_of(self, surname: str) -> int:
        """The roles in which entries have the surname, or had it, a bit for each."""
        number = self.surnames.number(surname)
        built = int(self.roles[number]) if number is not None and number < len(self.roles) else 0
        return built | self.added.get(surname, 0)

    def with_names(self, documents: list[dict[str, Any]], seen: int) -> Snapshot:
        """The snapshot with all the names that came since the build."""
        added: dict[str, int] = {}
        for doc in documents:
            if doc["what"] == SURNAME:
                role, name = read_name_term(doc["name"])
                added[name] = added.get(name, 0) | 1 << role
        given = sorted(doc["name"] for doc in documents if doc["what"] == GIVEN_NAME)
        return Snapshot(
            self.index,
            self.surnames.extended(sorted(added)),
            self.given_names.extended(given),
            self.roles,
            added,
            seen,
        )


def packed_roles(surnames: dict[str, int]) -> bytes:
    """The roles of surnames in the order of their vocabulary."""
    return np.fromiter(surnames.values(), dtype=_ROLES, count=len(surnames)).tobytes()


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
        index, seen = self._look()
        if index is None:
            return None
        if known is None or known.index != index:
            known = self._built(index)
        if seen == known.seen:
            return known
        return known.with_names(self._documents(index, [SURNAME, GIVEN_NAME], _NAMES_AT_ONCE), seen)

    def _look(self) -> tuple[str | None, int]:
        """The index behind the alias and how many blocks and names it has (every index has some)."""
        answer = self._client.options(ignore_status=404).search(
            index=self._alias,
            query={"terms": {"what": [BLOCK, SURNAME, GIVEN_NAME]}},
            size=1,
            source=False,
            track_total_hits=True,
        )
        found = answer.body.get("hits", {"hits": []})
        if found["hits"]:
            return found["hits"][0]["_index"], found["total"]["value"]
        return current_index(self._client, self._alias), 0

    def _built(self, index: str) -> Snapshot:
        about = self._client.indices.get_mapping(index=index)[index]["mappings"]
        if about.get("_meta", {}).get("mapping") != MAPPING_VERSION:
            raise other_version(index)
        documents = self._documents(index, [BLOCK], _BLOCKS_AT_ONCE)
        return Snapshot(
            index,
            Vocabulary.unpacked(unblocked(SURNAME, documents)),
            Vocabulary.unpacked(unblocked(GIVEN_NAME, documents)),
            np.frombuffer(unblocked(ROLES, documents), dtype=_ROLES),
        )

    def _documents(self, index: str, what: list[str], at_once: int) -> list[dict[str, Any]]:
        query = {"query": {"terms": {"what": what}}}
        return [hit["_source"] for hit in helpers.scan(self._client, index=index, query=query, size=at_once)]


def current_index(client: Elasticsearch, alias: str) -> str | None:
    """The index behind the alias, or None."""
    answer = client.options(ignore_status=404).indices.get_alias(name=alias)
    return next(
        (name for name, value in answer.body.items() if isinstance(value, dict) and "aliases" in value), None
    )
