"""The embedded engine among processes: readers while one writes, and killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import SearchEngine, open_engine
from registers.errors import ConflictError, SearchUnavailableError
from registers.query import IndexedEntry, Paging, SearchQuery
from registers.settings import SearchSettings
from tests.indexer.people import person

ROOT = Path(__file__).resolve().parents[3]
BUILDER = """
import sys
from pathlib import Path
from indexer import open_engine
from registers.settings import SearchSettings
from tests.indexer.people import person

engine = open_engine(SearchSettings(), Path(sys.argv[1]))
print("ready", flush=True)
while True:
    engine.switch(engine.build(person(f"n{n}", "Grand", "Paul") for n in range(3000)))
"""


def opened(folder: Path) -> SearchEngine:
    return open_engine(SearchSettings(), folder)


def total(engine: SearchEngine, surname: str) -> int:
    return engine.search(SearchQuery(surname=surname, exact=True), Paging()).total


def test_killed_while_building_and_switching_readers_have_a_whole_generation(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.switch(engine.build([person(f"o{number}", "Grand", "Paul") for number in range(100)]))
    chance = random.Random(1)
    for _ in range(4):
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert builder.stdout is not None
        builder.stdout.readline()
        until = time.monotonic() + chance.uniform(0.05, 1.0)
        while time.monotonic() < until:
            assert total(engine, "Grand") in {100, 3000}
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        builder.stdout.close()
        assert total(opened(tmp_path), "Grand") in {100, 3000}
    engine.switch(engine.build([person("last", "Grand", "Paul")]))
    assert total(engine, "Grand") == 1
    assert not list(tmp_path.glob("*.building*"))


def test_another_process_sees_a_correction_at_once(tmp_path: Path) -> None:
    writer, reader = opened(tmp_path), opened(tmp_path)
    writer.put([person("a", "Petit", "Jean")])
    assert total(reader, "Petit") == 1
    for number in range(20):
        writer.put([person("a", f"Nouveau{number}", "Zoé", version=number + 2)])
        assert total(reader, f"Nouveau{number}") == 1
        assert total(reader, "Petit") == 0


def test_threads_read_while_one_writes(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.switch(engine.build([person(f"n{number}", "Grand", "Paul") for number in range(50)]))
    stop = threading.Event()
    seen: list[int] = []
    errors: list[Exception] = []

    def read() -> None:
        while not stop.is_set():
            try:
                seen.append(total(engine, "Grand"))
            except Exception as error:  # noqa: BLE001 - any error fails the test below
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(30):
        engine.put([person(f"m{number}", "Grand", f"Paul{number}", place=f"Lieu {number}")])
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(seen) <= set(range(50, 81))
    assert total(engine, "Grand") == 80


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    engine, other = opened(tmp_path), opened(tmp_path)

    def entries() -> Iterator[IndexedEntry]:
        with pytest.raises(ConflictError):
            other.build([])
        yield person("a", "Petit", "Jean")

    engine.switch(engine.build(entries()))
    assert total(engine, "Petit") == 1


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.put([person("a", "Petit", "Jean")])

    def entries() -> Iterator[IndexedEntry]:
        yield person("b", "Grand", "Paul")
        raise RuntimeError("the catalogue went away")

    with pytest.raises(RuntimeError):
        engine.build(entries())
    assert total(engine, "Petit") == 1
    assert len(engine.generations()) == 1


def test_a_damaged_file_is_said_in_words(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.put([person("a", "Petit", "Jean")])
    engine.close()
    name = engine.generations()[0].name
    for path in tmp_path.glob(f"{name}*"):
        path.unlink()
    (tmp_path / f"{name}.sqlite").write_bytes(b"no database at all" * 1000)
    with pytest.raises(SearchUnavailableError, match="index"):
        opened(tmp_path).search(SearchQuery(surname="Petit"), Paging())
    assert not opened(tmp_path).health().available


def test_a_generation_of_another_version_is_said_in_words(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.put([person("a", "Petit", "Jean")])
    name = engine.generations()[0].name
    engine.close()
    with sqlite3.connect(tmp_path / f"{name}.sqlite") as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with pytest.raises(SearchUnavailableError, match="another version") as error:
        opened(tmp_path).search(SearchQuery(surname="Petit"), Paging())
    assert "index build" in error.value.advice
    again = opened(tmp_path)
    again.switch(again.build([person("a", "Petit", "Jean")]))
    assert total(again, "Petit") == 1


def test_many_new_names_are_taken_in_one_by_one(tmp_path: Path) -> None:
    writer, reader = opened(tmp_path), opened(tmp_path)
    writer.switch(writer.build([person("a", "Petit", "Jean")]))
    for number in range(60):
        writer.put([person(f"n{number}", f"Nouveau{'abcdefghij'[number % 10]}{number}", "Zoé")])
        assert total(reader, f"Nouveau{'abcdefghij'[number % 10]}{number}") == 1
    assert len(reader.vocabulary()) == 61


def test_pages_of_ties_are_in_order_of_ids(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    names = [f"e{number:04d}" for number in range(1500)]
    shuffled = random.Random(3).sample(names, len(names))
    engine.put([person(name, "Petit", "Jean", "1850-01-01") for name in shuffled])
    query = SearchQuery(surname="Petit")
    for offset in (0, 700, 1490):
        page = engine.search(query, Paging(offset, 20))
        assert [hit.entry_id for hit in page.hits] == names[offset : offset + 20]
    assert engine.search(query, Paging(5000, 20)).hits == ()
