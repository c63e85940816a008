"""A build and switch killed before each of its changes: readers have a whole generation, always."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from indexer import SearchEngine, open_engine
from registers.query import Paging, SearchQuery
from registers.settings import SearchSettings
from tests.indexer.conftest import remove
from tests.indexer.elasticsearch_server import Server

pytestmark = pytest.mark.elasticsearch
ROOT = Path(__file__).resolve().parents[3]
FIRST = 150
# Forks once for each round, so that only one process has to import everything. Round n builds FIRST + n
# entries and stops before its change n on the server; it is killed there when a line comes in.
BUILDERS = """
import os, signal, sys
from itertools import count
from pathlib import Path

from elastic_transport import Transport

import indexer.elastic.client
from indexer import open_engine
from registers.settings import SearchSettings
from tests.indexer.people import person

url, index, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
indexer.elastic.client._CHUNK = 100
perform = Transport.perform_request


def build(stop, told):
    changes = count()

    def stepping(self, method, target, **options):
        if method != "GET" and next(changes) == stop:
            os.write(told, f"{method} {target}\\n".encode())
            signal.pause()
        return perform(self, method, target, **options)

    Transport.perform_request = stepping
    engine = open_engine(SearchSettings(url=url, index=index, timeout_seconds=30), Path("unused"))
    engine.switch(engine.build(person(f"n{n}", "Grand", "Paul") for n in range(first + stop)))
    os.write(told, b"done\\n")
    os._exit(0)


for stop in count():
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        build(stop, told)
    os.close(told)
    with os.fdopen(heard) as lines:
        step = lines.readline().strip()
    print(step, flush=True)
    sys.stdin.readline()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
    if step == "done":
        break
"""


def total(engine: SearchEngine) -> int:
    result = engine.search(SearchQuery(surname="Grand", exact=True), Paging())
    assert sum(facet.count for facet in result.facets.kind) == result.total
    return result.total


def test_killed_before_any_change_readers_have_a_whole_generation(elasticsearch_server: Server) -> None:
    settings = SearchSettings(
        url=elasticsearch_server.url, index=f"test-{uuid4().hex[:12]}", timeout_seconds=30
    )
    reader = open_engine(settings, Path("unused"))
    builders = subprocess.Popen(
        [sys.executable, "-c", BUILDERS, settings.url, settings.index, str(FIRST)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert builders.stdin is not None
    assert builders.stdout is not None
    try:
        steps: list[str] = []
        before = 0
        while not steps or steps[-1] != "done":
            fresh = FIRST + len(steps)
            steps.append(builders.stdout.readline().strip())
            moved = any("_aliases" in step for step in steps[:-1])
            # Who has just looked may search the generation before for a moment; another never does.
            assert total(reader) in ({before, fresh} if moved else {before}), steps
            builders.stdin.write("\n")
            builders.stdin.flush()
            assert builders.stdout.readline().strip() == "killed"
            other = open_engine(settings, Path("unused"))
            before = total(other)
            assert before == (fresh if moved else 0), steps
            assert all(info.entries >= FIRST for info in other.generations())
            other.close()
        assert sum("_bulk" in step for step in steps) >= 3
        assert [info.current for info in reader.generations()] == [False, True]
    finally:
        with suppress(ProcessLookupError):
            os.killpg(builders.pid, signal.SIGKILL)
        builders.wait()
        builders.stdin.close()
        builders.stdout.close()
        reader.close()
        remove(settings)
