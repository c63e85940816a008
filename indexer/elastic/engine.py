"""The Elasticsearch engine: searches, changes and switches generations."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

import elastic_transport
from elasticsearch import Elasticsearch
from elasticsearch import NotFoundError as AbsentError

from indexer.elastic.client import bulk, connect, said_in_words
from indexer.elastic.mapping import (
    ENTRY,
    GIVEN_NAME,
    MAPPING_VERSION,
    NO_DAY,
    ROLES,
    SETTINGS,
    SURNAME,
    blocks,
    document,
    gather_names,
    mapping,
    name_term,
    read_name_term,
)
from indexer.elastic.match import body, facets
from indexer.elastic.snapshot import Snapshot, Snapshots, current_index, packed_roles
from indexer.engine import GenerationInfo, Health
from indexer.expand import expand
from indexer.explain import Explainer
from indexer.terms import EntryTerms
from indexer.tiers import Role, Tiers
from indexer.vocabulary import Vocabulary
from registers.errors import ConflictError, NotFoundError, QueryError, SearchUnavailableError
from registers.query import EngineResult, Hit, IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings

_DEEPEST = 1_000_000
_PUT_AT_ONCE = 2_000
_ABANDONED_SECONDS = 6 * 3600
_MERGE_SECONDS = 3600
_TURNS = 3


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
            asked = self._asked(query, paging)
        if asked is None:
            return EngineResult(0, ())
        tiers, answer = asked
        explainer = Explainer(tiers)
        hits = tuple(_hit(explainer, hit) for hit in answer["hits"]["hits"])
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
        surnames: dict[str, int] = {}
        given_names: dict[str, None] = {}
        bulk(self._client, self._entry_actions(name, entries, surnames, given_names))
        packed = {
            SURNAME: Vocabulary.of(surnames).packed(),
            GIVEN_NAME: Vocabulary.of(given_names).packed(),
            ROLES: packed_roles(surnames),
        }
        bulk(
            self._client,
            (
                {"_index": name, "_id": block_id, "_source": source}
                for what, data in packed.items()
                for block_id, source in blocks(what, data)
            ),
        )
        with said_in_words():
            self._complete_index(name)
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

    def _asked(self, query: SearchQuery, paging: Paging) -> tuple[Tiers, Mapping[str, Any]] | None:
        """The query spelt out and the server's answer; None without any generation."""
        for turn in range(_TURNS):
            snapshot = self._snapshots.current()
            if snapshot is None:
                return None
            tiers = expand(query, snapshot.surnames, snapshot.given_names)
            try:
                answer = self._client.search(
                    index=snapshot.index, body=body(tiers, paging, snapshot.roles_of)
                )
                return tiers, answer.body
            except AbsentError:
                # Two switches since the look at the alias: the generation that was known is dropped.
                self._snapshots.forget()
                if turn == _TURNS - 1:
                    raise
        return None

    def _complete_index(self, name: str) -> None:
        """Makes the index quick to search, then marks it as wholly built."""
        patient = self._client.options(request_timeout=_MERGE_SECONDS)
        patient.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
        # Each of a query's many terms is looked up in every segment.
        with suppress(elastic_transport.ConnectionTimeout):
            patient.indices.forcemerge(index=name, max_num_segments=1)
        patient.indices.refresh(index=name)
        # A bulk request makes an index anew, as the server guesses, when someone dropped it meanwhile.
        about = patient.indices.get_mapping(index=name)[name]["mappings"]
        if about.get("_meta", {}).get("mapping") != MAPPING_VERSION:
            patient.indices.delete(index=name)
            raise SearchUnavailableError(
                f"{name} was dropped while it was built", advice="build it again: feuillet index build"
            )
        patient.indices.put_mapping(index=name, meta=mapping(complete=True)["_meta"])

    def _put(self, entries: list[IndexedEntry]) -> None:
        with said_in_words():
            snapshot = self._snapshots.current()
        if snapshot is None:
            self.switch(self.build(()))
            with said_in_words():
                snapshot = self._snapshots.current()
        if snapshot is None:
            raise SearchUnavailableError("the first generation of the index vanished", advice="try again")
        surnames: dict[str, int] = {}
        given: dict[str, None] = {}
        actions = list(self._entry_actions(snapshot.index, entries, surnames, given))
        actions += [
            {"_index": snapshot.index, "_id": f"{what}:{name}", "_source": {"what": what, "name": name}}
            for what, name in _fresh(snapshot, surnames, given)
        ]
        bulk(self._client, actions, refresh=True)
        self._snapshots.forget()

    def _entry_actions(
        self, index: str, entries: Iterable[IndexedEntry], surnames: dict[str, int], given: dict[str, None]
    ) -> Iterator[dict[str, Any]]:
        """The actions that index the entries; their names are gathered on the way."""
        for entry in entries:
            source = document(entry)
            gather_names(source, surnames, given)
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


def _fresh(snapshot: Snapshot, surnames: dict[str, int], given: dict[str, None]) -> Iterator[tuple[str, str]]:
    """The names the snapshot has not; a surname in a role is one document, so that writers never meet."""
    for name, roles in surnames.items():
        new = roles & ~snapshot.roles_of(name)
        for role in Role:
            if new >> role & 1:
                yield SURNAME, name_term(role, name)
    for name in given:
        if snapshot.given_names.number(name) is None:
            yield GIVEN_NAME, name


def _hit(explainer: Explainer, hit: dict[str, Any]) -> Hit:
    source = hit["_source"]
    dated = source["latest"] != NO_DAY
    terms = EntryTerms(
        tuple(read_name_term(term) for term in source["names"]),
        tuple(source["given"]),
        tuple(source["spouse_given"]),
        source["earliest"] if dated else None,
        source["latest"] if dated else None,
    )
    return Hit(source["id"], explainer.relative(int(hit["sort"][0])), explainer.why(terms))
