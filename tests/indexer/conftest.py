"""The two engines, as the contract tests and others get them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from indexer import SearchEngine, open_engine
from registers.settings import SearchSettings
from tests.indexer.elasticsearch_server import RELEASES, NoServerError, Server, running
from tests.indexer.people import PEOPLE

settings.register_profile("indexer", deadline=None)
settings.load_profile("indexer")
ENGINES = ["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)]


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Server]:
    """Elasticsearch 8, or the server that FEUILLET_TEST_ELASTICSEARCH names.

    Where none can be started the tests skip with the reason; in CI they fail.
    """
    url = os.environ.get("FEUILLET_TEST_ELASTICSEARCH")
    if url:
        yield Server(url)
        return
    with ExitStack() as stack:
        yield started(stack, "8")


def started(stack: ExitStack, release: str, *, secured: bool = False) -> Server:
    """A server of the release, running until the stack ends; skips, or fails in CI, where there is none."""
    try:
        return stack.enter_context(running(RELEASES[release], secured=secured))
    except NoServerError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Elasticsearch {release} cannot be started: {reason}")
        pytest.skip(f"no Elasticsearch {release}: {reason}")


@pytest.fixture(scope="module")
def secured_server() -> Iterator[Server]:
    """Elasticsearch 8 with TLS and a password."""
    with ExitStack() as stack:
        yield started(stack, "8", secured=True)


@contextmanager
def opened_engine(request: pytest.FixtureRequest, folder: Path) -> Iterator[SearchEngine]:
    """The engine that the parameter names, with an index of its own that is removed afterwards."""
    chosen = SearchSettings()
    if request.param == "elastic":
        server: Server = request.getfixturevalue("elasticsearch_server")
        name = f"test-{uuid4().hex[:12]}"
        chosen = SearchSettings(url=server.url, index=name, timeout_seconds=30)
    engine = open_engine(chosen, folder)
    yield engine
    engine.close()
    if chosen.url:
        remove(chosen)


def remove(settings: SearchSettings) -> None:
    """Deletes every index of the settings' name."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(settings.url) as client:
        found = client.indices.get(index=f"{settings.index}-*", allow_no_indices=True)
        for name in found.body:
            client.indices.delete(index=name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Each engine in turn, empty."""
    with opened_engine(request, tmp_path / "index") as engine:
        yield engine


@pytest.fixture(scope="module", params=ENGINES)
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """Each engine in turn with the invented people, for tests that only read."""
    with opened_engine(request, tmp_path_factory.mktemp("full") / "index") as engine:
        engine.switch(engine.build(PEOPLE))
        yield engine
