"""The Elasticsearch engine: searches, changes and switches generations."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch import NotFoundError as AbsentError

from indexer.elastic.client import bulk, connect, said_in_words
from indexer.elastic.mapping import (
    ENTRY,
    GIVEN_NAME,
    NO_DAY,
    SETTINGS,
    SURNAME,
    blocks,
    document,
    mapping,
    names_of,
    read_name_term,
)
from indexer.elastic.match import body, facets
from indexer.elastic.snapshot import Snapshots, current_index
from indexer.engine import GenerationInfo, Health
from indexer.expand import expand
from indexer.explain import Explainer, relative
from indexer.terms import EntryTerms
from indexer.tiers import Tiers
from indexer.vocabulary import Vocabulary
from registers.errors import ConflictError, NotFoundError, QueryError, SearchUnavailableError
from registers.query import EngineResult, Hit, IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings

_DEEPEST = 1_000_000
_PUT_AT_ONCE = 2_000
_ABANDONED_SECONDS = 6 * 3600


class ElasticEngine:
    """Searches and changes generations `NAME-000001`, `NAME-000002` ... behind the alias NAME.

    See indexer/engine.py for what each method does. Nothing is contacted before the first use.
    """

    def __init__(self, settings: SearchSettings) -> None:
        self._alias = settings.index
        self._client: Elasticsearch = connect(settings)
        self._snapshots = Snapshots(self._client, self._alias)
        self._pattern = re.compile(rf"{re.escape(self._alias)}-(\d{{6,}})")

    def search(self, query: SearchQuery, paging: Paging) -> EngineResult:
        if paging.offset + paging.size > _DEEPEST:
            raise QueryError("cette page est trop loin", advice="précisez la recherche")
        with said_in_words():
            snapshot = self._snapshots.current()
            if snapshot is None:
                return EngineResult(0, ())
            tiers = expand(query, snapshot.surnames, snapshot.given_names)
            answer = self._client.search(index=snapshot.index, body=body(tiers, paging))
        explainer = Explainer(tiers)
        hits = tuple(_hit(tiers, explainer, hit) for hit in answer["hits"]["hits"])
        return EngineResult(answer["hits"]["total"]["value"], hits, facets(answer["aggregations"]))

    def spellings(self, query: SearchQuery) -> tuple[str, ...]:
        with said_in_words():
            snapshot = self._snapshots.current()
        return expand(query, snapshot.surnames, snapshot.given_names).spellings if snapshot else ()

    def put(self, entries: Iterable[IndexedEntry]) -> None:
        rest = iter(entries)
        while some := list(islice(rest, _PUT_AT_ONCE)):
            self._put(some)

    def delete(self, ids: Sequence[str]) -> None:
        with said_in_words():
            index = current_index(self._client, self._alias)
        if index is not None:
            bulk(
                self._client,
                ({"_op_type": "delete", "_index": index, "_id": f"{ENTRY}:{entry_id}"} for entry_id in ids),
                refresh=True,
            )

    def build(self, entries: Iterable[IndexedEntry]) -> str:
        with said_in_words():
            self._drop_abandoned()
            name = self._next_name()
            self._client.indices.create(index=name, settings=SETTINGS, mappings=mapping(complete=False))
        surnames: dict[str, None] = {}
        given_names: dict[str, None] = {}
        bulk(self._client, self._entry_actions(name, entries, surnames, given_names))
        vocabularies = {SURNAME: Vocabulary.of(surnames), GIVEN_NAME: Vocabulary.of(given_names)}
        bulk(
            self._client,
            (
                {"_index": name, "_id": block_id, "_source": source}
                for what, vocabulary in vocabularies.items()
                for block_id, source in blocks(what, vocabulary)
            ),
        )
        with said_in_words():
            patient = self._client.options(request_timeout=600)
            patient.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
            patient.indices.refresh(index=name)
            patient.indices.put_mapping(index=name, meta=mapping(complete=True)["_meta"])
        return name

    def switch(self, generation: str) -> None:
        with said_in_words():
            if generation not in self._complete():
                raise NotFoundError(f"there is no generation {generation!r} of the index")
            before = current_index(self._client, self._alias)
            self._client.indices.update_aliases(
                actions=[
                    {"remove": {"index": f"{self._alias}-*", "alias": self._alias, "must_exist": False}},
                    {"add": {"index": generation, "alias": self._alias}},
                ]
            )
            self._snapshots.forget()
            for other in self._complete():
                if other not in {generation, before} and self._number(other) < self._number(generation):
                    self._client.indices.delete(index=other)

    def generations(self) -> tuple[GenerationInfo, ...]:
        with said_in_words():
            current = current_index(self._client, self._alias)
            return tuple(self._info(name, current) for name in self._complete())

    def drop(self, generation: str) -> None:
        with said_in_words():
            if self._number(generation) < 0:
                raise NotFoundError(f"there is no generation {generation!r} of the index")
            if generation == current_index(self._client, self._alias):
                raise ConflictError(
                    f"{generation} is searched now", advice="switch to another generation first"
                )
            try:
                self._client.indices.delete(index=generation)
            except AbsentError:
                raise NotFoundError(f"there is no generation {generation!r} of the index") from None

    def vocabulary(self) -> Vocabulary:
        with said_in_words():
            snapshot = self._snapshots.current()
        return snapshot.surnames if snapshot else Vocabulary.of(())

    def health(self) -> Health:
        try:
            with said_in_words():
                status = self._client.cluster.health(timeout="2s")["status"]
                nodes = self._client.nodes.info(filter_path="nodes.*.version")["nodes"]
                versions = ", ".join(sorted({node["version"] for node in nodes.values()}))
                current = current_index(self._client, self._alias)
        except SearchUnavailableError as error:
            return Health("elasticsearch", False, str(error))
        return Health("elasticsearch", True, f"{versions}, {status}: {current or 'no index yet'}")

    def close(self) -> None:
        self._client.close()

    def _put(self, entries: list[IndexedEntry]) -> None:
        with said_in_words():
            snapshot = self._snapshots.current()
        if snapshot is None:
            self.switch(self.build(()))
            with said_in_words():
                snapshot = self._snapshots.current()
        if snapshot is None:
            raise SearchUnavailableError("the first generation of the index vanished", advice="try again")
        surnames: dict[str, None] = {}
        given: dict[str, None] = {}
        actions = list(self._entry_actions(snapshot.index, entries, surnames, given))
        for what, names, known in (
            (SURNAME, surnames, snapshot.surnames),
            (GIVEN_NAME, given, snapshot.given_names),
        ):
            actions += [
                {"_index": snapshot.index, "_id": f"{what}:{name}", "_source": {"what": what, "name": name}}
                for name in names
                if known.number(name) is None
            ]
        bulk(self._client, actions, refresh=True)
        self._snapshots.forget()

    def _entry_actions(
        self, index: str, entries: Iterable[IndexedEntry], surnames: dict[str, None], given: dict[str, None]
    ) -> Iterator[dict[str, Any]]:
        """The actions that index the entries; their names are gathered on the way."""
        for entry in entries:
            source = document(entry)
            own_surnames, own_given = names_of([source])
            surnames |= own_surnames
            given |= own_given
            yield {
                "_index": index,
                "_id": f"{ENTRY}:{entry.id}",
                "version": entry.version,
                "version_type": "external_gte",
                "_source": source,
            }

    def _complete(self) -> list[str]:
        """The complete generations, oldest first."""
        found = self._client.indices.get(index=f"{self._alias}-*", allow_no_indices=True)
        names = [
            name for name, about in found.body.items() if about["mappings"].get("_meta", {}).get("complete")
        ]
        return sorted((name for name in names if self._number(name) >= 0), key=self._number)

    def _drop_abandoned(self) -> None:
        """Removes what a build left that ended long ago without completing."""
        complete = set(self._complete())
        found = self._client.indices.get(index=f"{self._alias}-*", allow_no_indices=True)
        for name, about in found.body.items():
            age = time.time() - int(about["settings"]["index"]["creation_date"]) / 1000
            if self._number(name) >= 0 and name not in complete and age > _ABANDONED_SECONDS:
                self._client.indices.delete(index=name)

    def _next_name(self) -> str:
        found = self._client.indices.get(index=f"{self._alias}-*", allow_no_indices=True)
        last = max((self._number(name) for name in found.body), default=0)
        return f"{self._alias}-{max(last, 0) + 1:06d}"

    def _number(self, name: str) -> int:
        found = self._pattern.fullmatch(name)
        return int(found[1]) if found else -1

    def _info(self, name: str, current: str | None) -> GenerationInfo:
        count = self._client.count(index=name, query={"term": {"what": ENTRY}})["count"]
        stats = self._client.indices.stats(index=name, metric="store")
        return GenerationInfo(
            name, count, name == current, stats["_all"]["primaries"]["store"]["size_in_bytes"]
        )


def _hit(tiers: Tiers, explainer: Explainer, hit: dict[str, Any]) -> Hit:
    source = hit["_source"]
    dated = source["latest"] != NO_DAY
    terms = EntryTerms(
        tuple(read_name_term(term) for term in source["names"]),
        tuple(source["given"]),
        tuple(source["spouse_given"]),
        source["earliest"] if dated else None,
        source["latest"] if dated else None,
    )
    return Hit(source["id"], relative(int(hit["_score"]), tiers), explainer.why(terms))
