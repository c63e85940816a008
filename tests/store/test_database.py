from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registers.errors import DiskFullError, NotFoundError, StoreBusyError, StoreError
from registers.settings import StoreSettings
from store import database as database_module
from store.catalogue import Catalogue
from store.database import Database, sqlite_url
from store.workspace import Workspace
from tests.store import builders as b

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from registers.settings import StoreSettings
from store.catalogue import Catalogue
from tests.store import builders as b
workspace, start = sys.argv[1], int(sys.argv[2])
with Catalogue.open(StoreSettings(workspace=workspace)) as catalogue:
    catalogue.registers.upsert(b.REGISTER)
    for number in range(start, start + 10_000):
        saved = catalogue.pages.save_reading(b.REGISTER.id, b.reading(f"{number}.jpg"), "v")
        last = catalogue.pages.readings(b.REGISTER.id)[-3:]
        found = [entry for reading in last for entry in b.entries(reading)]
        catalogue.entries.replace(b.REGISTER.id, [b.SECTION], found, f"v{number}")
        print(number, flush=True)
"""


def writer(settings: StoreSettings, start: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, settings.workspace, str(start)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."})


def test_a_killed_writer_loses_nothing_that_it_had_saved(settings: StoreSettings) -> None:
    chance, saved = random.Random(3), set()
    for attempt in range(4):
        process = writer(settings, attempt * 10_000)
        assert process.stdout is not None
        saved.add(int(process.stdout.readline()))
        time.sleep(chance.uniform(0.0, 0.4))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        saved |= {int(line) for line in rest.decode().split("\n")[:-1]}
    with Catalogue.open(settings) as catalogue:
        readings = catalogue.pages.readings(b.REGISTER.id)
        assert saved <= {int(Path(reading.scan.path).stem) for reading in readings}
        assert all(len(reading.pages[0].tables[0].rows) == 3 for reading in readings)
        listed = list(catalogue.entries.of_register(b.REGISTER.id))
        assert len(listed) == 9
        numbers = [change.sequence for change in catalogue.entries.changed_since(0)]
        assert len(numbers) == len(set(numbers))
    database = Database(sqlite_url(Workspace.of(settings).catalogue))
    with database.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    database.close()


def test_writers_and_readers_work_side_by_side(settings: StoreSettings) -> None:
    Catalogue.open(settings).close()
    stop = threading.Event()

    def write(part: int) -> None:
        with Catalogue.open(settings) as catalogue:
            catalogue.registers.upsert(b.REGISTER)
            for number in range(15):
                catalogue.pages.save_reading(b.REGISTER.id, b.reading(f"{part}-{number}.jpg"), "v")

    def read() -> int:
        looks = 0
        with Catalogue.open(settings) as catalogue:
            while not stop.is_set():
                for reading in catalogue.pages.readings(b.REGISTER.id):
                    assert [row.ordinal for row in reading.pages[0].tables[0].rows] == [1, 2, 3]
                looks += 1
        return looks

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for done in [pool.submit(write, part) for part in range(3)]:
                done.result()
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
    with Catalogue.open(settings) as catalogue:
        assert len(catalogue.pages.readings(b.REGISTER.id)) == 45


def test_an_open_snapshot_is_not_disturbed(catalogue: Catalogue, settings: StoreSettings) -> None:
    saved = catalogue.pages.save_reading(b.REGISTER.id, b.reading("a.jpg", range(0, 24000, 40)), "v")
    found = b.entries(saved)
    catalogue.entries.replace(b.REGISTER.id, [], found, "v")
    walk = catalogue.entries.of_register(b.REGISTER.id)
    first = next(walk)
    with Catalogue.open(settings) as other:
        other.entries.replace(b.REGISTER.id, [], [], "v")
    assert [first.entry, *(stored.entry for stored in walk)] == found
    assert list(catalogue.entries.of_register(b.REGISTER.id)) == []


def test_a_catalogue_that_stays_busy_is_said(
    settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0)
    Catalogue.open(settings).close()
    url = sqlite_url(Workspace.of(settings).catalogue)
    first, second = Database(url), Database(url)
    with first.write(), pytest.raises(StoreBusyError) as caught, second.write():
        pytest.fail("both write")
    assert caught.value.transient
    first.close()
    second.close()


def test_a_full_disk_is_said_and_nothing_is_lost(catalogue: Catalogue) -> None:
    kept = catalogue.pages.save_reading(b.REGISTER.id, b.reading("a.jpg"), "v")
    with catalogue._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError):
        catalogue.pages.save_reading(b.REGISTER.id, b.reading("b.jpg", range(0, 60000, 40)), "v")
    assert catalogue.pages.readings(b.REGISTER.id) == (kept,)


def test_a_catalogue_that_may_not_be_written_is_said(catalogue: Catalogue) -> None:
    with catalogue._database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="cannot be opened or written"):
        catalogue.pages.save_reading(b.REGISTER.id, b.reading("b.jpg"), "v")


def test_an_error_inside_a_transaction_undoes_it(catalogue: Catalogue) -> None:
    with pytest.raises(NotFoundError), catalogue._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM registers")
        raise NotFoundError("changed my mind")
    assert catalogue.registers.ids() == (b.REGISTER.id,)


def test_an_unexpected_error_quotes_no_values(catalogue: Catalogue) -> None:
    with pytest.raises(SQLAlchemyError) as caught, catalogue._database.write() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "LEFEBVRE"})
    assert "LEFEBVRE" not in str(caught.value)


def test_values_are_kept(catalogue: Catalogue) -> None:
    assert catalogue.values.get("published", "0") == "0"
    catalogue.values.set("published", "12")
    catalogue.values.set("published", "13")
    assert catalogue.values.get("published") == "13"
    with pytest.raises(ValueError, match="sequence"):
        catalogue.values.set("sequence", "0")
