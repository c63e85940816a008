"""Both engines give the same first ten people for very many questions."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.search import People, queries
from indexer import open_engine
from registers.query import Paging
from registers.settings import SearchSettings
from tests.indexer.conftest import remove
from tests.indexer.elasticsearch_server import Server


@pytest.mark.elasticsearch
def test_the_same_answers(elasticsearch_server: Server, tmp_path: Path) -> None:
    people = People(3000)
    name = f"test-{uuid4().hex[:12]}"
    server = SearchSettings(url=elasticsearch_server.url, index=name, timeout_seconds=60)
    embedded, elastic = open_engine(SearchSettings(), tmp_path), open_engine(server, tmp_path)
    try:
        for engine in (embedded, elastic):
            engine.switch(engine.build(people))
        for kind, query in queries(people, 200):
            one, other = (engine.search(query, Paging(size=10)) for engine in (embedded, elastic))
            assert one == other, kind
    finally:
        remove(server)
