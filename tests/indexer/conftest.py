"""The two engines, as the contract tests and others get them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from indexer import SearchEngine, open_engine
from registers.settings import SearchSettings
from tests.indexer.elasticsearch_server import RELEASES, NoServerError, Server, running


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
        yield _started(stack, "8")


def _started(stack: ExitStack, release: str, *, secured: bool = False) -> Server:
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
        yield _started(stack, "8", secured=True)


@pytest.fixture
def elastic_settings(elasticsearch_server: Server) -> Iterator[SearchSettings]:
    """Settings of an index of the test's own, removed afterwards."""
    settings = SearchSettings(
        url=elasticsearch_server.url, index=f"test-{uuid4().hex[:12]}", timeout_seconds=30
    )
    yield settings
    remove(settings)


def remove(settings: SearchSettings) -> None:
    """Deletes every index of the settings' name."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(settings.url) as client:
        found = client.indices.get(index=f"{settings.index}-*", allow_no_indices=True)
        for name in found.body:
            client.indices.delete(index=name)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Each engine in turn, empty."""
    if request.param == "embedded":
        opened = open_engine(SearchSettings(), tmp_path / "index")
    else:
        opened = open_engine(request.getfixturevalue("elastic_settings"), tmp_path / "index")
    yield opened
    opened.close()
