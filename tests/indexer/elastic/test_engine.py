"""What only Elasticsearch has: a server that is away, credentials, TLS, failures of a bulk, server 9."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from indexer import SearchEngine, open_engine
from indexer.elastic import snapshot
from indexer.elastic.client import bulk
from indexer.elastic.mapping import mapping
from registers.errors import ConfigurationError, SearchUnavailableError
from registers.query import IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings
from tests.indexer.conftest import started
from tests.indexer.elasticsearch_server import RELEASES, Server
from tests.indexer.people import PEOPLE, person

pytestmark = pytest.mark.elasticsearch
QUERY = SearchQuery(surname="Lefaivre")


def opened(settings: SearchSettings) -> SearchEngine:
    from pathlib import Path

    return open_engine(settings, Path("unused"))


@pytest.fixture
def settings(elasticsearch_server: Server) -> Iterator[SearchSettings]:
    from tests.indexer.conftest import remove

    chosen = SearchSettings(url=elasticsearch_server.url, index="only-elastic", timeout_seconds=30)
    yield chosen
    remove(chosen)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_that_is_away_is_said_in_words() -> None:
    engine = opened(SearchSettings(url=f"http://127.0.0.1:{free_port()}", timeout_seconds=1))
    for action in (
        lambda: engine.search(QUERY, Paging()),
        lambda: engine.put(PEOPLE),
        lambda: engine.delete(["a"]),
        lambda: engine.build(PEOPLE),
        engine.generations,
        engine.vocabulary,
    ):
        with pytest.raises(SearchUnavailableError, match="does not answer") as error:
            action()
        assert error.value.transient
        assert error.value.http_status == 503
    assert not engine.health().available


@pytest.mark.parametrize(
    "settings",
    [SearchSettings(url="nonsense"), SearchSettings(url="https://127.0.0.1:1", ca_file="/no/such/file.pem")],
)
def test_settings_that_cannot_be_used(settings: SearchSettings) -> None:
    with pytest.raises(ConfigurationError):
        opened(settings)


def test_the_api_key_is_sent() -> None:
    headers: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers.append(self.headers.get("Authorization", ""))
            self.send_response(401)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        engine = opened(SearchSettings(url=f"http://127.0.0.1:{server.server_port}", api_key="c2VjcmV0"))
        with pytest.raises(SearchUnavailableError, match="credentials"):
            engine.search(QUERY, Paging())
        server.shutdown()
    assert headers == ["ApiKey c2VjcmV0"]


def test_the_mapping_is_strict_and_versioned(settings: SearchSettings) -> None:
    engine = opened(settings)
    engine.put(PEOPLE)
    with Elasticsearch(settings.url) as client:
        about = client.indices.get_mapping(index=settings.index)
        found = next(iter(about.body.values()))["mappings"]
        assert found["dynamic"] == "strict"
        assert found["_meta"] == mapping(complete=True)["_meta"]
        with pytest.raises(BadRequestError):
            client.index(index=settings.index, document={"surprise": 1})


def test_every_failure_of_a_bulk_is_counted_and_the_rest_is_done(settings: SearchSettings) -> None:
    engine = opened(settings)
    engine.put(PEOPLE)
    index = engine.generations()[0].name
    with Elasticsearch(settings.url) as client:
        actions = [
            {
                "_index": index,
                "_id": f"x{number}",
                "_source": {"surprise": 1} if number % 2 else {"what": "note"},
            }
            for number in range(10)
        ]
        with pytest.raises(SearchUnavailableError, match="5 of 10") as error:
            bulk(client, actions, refresh=True)
        assert "x1" in error.value.message
        assert client.count(index=index, query={"term": {"what": "note"}})["count"] == 5


def test_a_build_that_breaks_off_is_not_listed(settings: SearchSettings) -> None:
    engine = opened(settings)

    def entries() -> Iterator[IndexedEntry]:
        yield person("a", "Petit", "Jean")
        raise RuntimeError("the catalogue went away")

    engine.put(PEOPLE)
    before = engine.generations()
    with pytest.raises(RuntimeError):
        engine.build(entries())
    assert engine.generations() == before
    engine.switch(engine.build(PEOPLE))
    assert engine.search(QUERY, Paging()).total > 0


def test_a_new_name_is_seen_by_another_process_within_a_second(settings: SearchSettings) -> None:
    import time

    writer, reader = opened(settings), opened(settings)
    writer.put(PEOPLE)
    assert reader.search(SearchQuery(surname="Introuvable"), Paging()).total == 0
    writer.put([person("new", "Introuvable", "Jean")])
    time.sleep(1)
    assert reader.search(SearchQuery(surname="Introvable"), Paging()).total == 1


def test_a_reader_whose_generation_is_dropped_meanwhile_searches_the_new_one(
    settings: SearchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "FRESH_SECONDS", 1000)
    writer, reader = opened(settings), opened(settings)
    for _ in range(3):
        writer.switch(writer.build(PEOPLE))
        assert reader.search(QUERY, Paging()).total > 0


def test_an_index_that_is_dropped_while_it_is_built_is_no_generation(settings: SearchSettings) -> None:
    engine = opened(settings)
    engine.put(PEOPLE)

    def entries() -> Iterator[IndexedEntry]:
        yield person("a", "Petit", "Jean")
        with Elasticsearch(settings.url) as client:
            client.indices.delete(index=f"{settings.index}-000002")

    with pytest.raises(SearchUnavailableError, match="dropped"):
        engine.build(entries())
    assert len(engine.generations()) == 1
    assert engine.search(QUERY, Paging()).total > 0


def test_a_built_generation_is_one_segment(settings: SearchSettings) -> None:
    engine = opened(settings)
    name = engine.build(person(f"n{number}", "Petit", "Jean") for number in range(4500))
    with Elasticsearch(settings.url) as client:
        shards = client.indices.segments(index=name)["indices"][name]["shards"]["0"]
    assert [shard["num_search_segments"] for shard in shards if shard["routing"]["primary"]] == [1]


def test_tls_and_password(secured_server: Server) -> None:
    right = SearchSettings(
        url=secured_server.url,
        user="elastic",
        password=secured_server.password,
        ca_file=secured_server.ca_file,
        index="secured",
        timeout_seconds=30,
    )
    engine = opened(right)
    engine.put(PEOPLE)
    assert engine.search(QUERY, Paging()).total > 0
    with pytest.raises(SearchUnavailableError, match="credentials"):
        opened(replace(right, password="wrong")).search(QUERY, Paging())
    with pytest.raises(SearchUnavailableError, match="certificate"):
        opened(replace(right, ca_file="")).search(QUERY, Paging())


def test_server_9_gives_the_same_people(tmp_path_factory: pytest.TempPathFactory) -> None:
    from contextlib import ExitStack

    from tests.indexer.elasticsearch_server import NoServerError, java_home

    try:
        java_home(RELEASES["9"].java)
    except NoServerError as reason:
        pytest.skip(str(reason))
    embedded = open_engine(SearchSettings(), tmp_path_factory.mktemp("embedded"))
    embedded.put(PEOPLE)
    with ExitStack() as stack:
        server = started(stack, "9")
        engine = opened(SearchSettings(url=server.url, index="nine", timeout_seconds=30))
        engine.switch(engine.build(PEOPLE))
        for surname in ("Lefaivre", "Roux", "Moreau", "Duramd"):
            query = SearchQuery(surname=surname)
            assert engine.search(query, Paging()) == embedded.search(query, Paging())
        assert engine.health().detail.startswith("9.")
