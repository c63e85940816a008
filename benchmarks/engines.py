"""The engines that are measured; Elasticsearch is the real server of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer import SearchEngine, open_engine
from registers.settings import SearchSettings

ENGINES = ("embedded", "elastic")
HEAP = "2g"


@contextmanager
def settings_of(name: str) -> Iterator[SearchSettings]:
    """The settings of an engine; for `elastic` a server runs meanwhile (or FEUILLET_TEST_ELASTICSEARCH)."""
    if name == "embedded":
        yield SearchSettings()
        return
    url = os.environ.get("FEUILLET_TEST_ELASTICSEARCH")
    if url:
        yield SearchSettings(url=url, index="feuillet-benchmark", timeout_seconds=60)
        return
    from tests.indexer.elasticsearch_server import RELEASES, running

    with running(RELEASES["8"], heap=HEAP) as server:
        yield SearchSettings(url=server.url, index="feuillet-benchmark", timeout_seconds=60)


@contextmanager
def engine_of(name: str, folder: Path) -> Iterator[SearchEngine]:
    """An engine with an index in `folder` or on the server of the tests."""
    with settings_of(name) as settings:
        engine = open_engine(settings, folder)
        try:
            yield engine
        finally:
            engine.close()
