from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from registers.errors import ConfigurationError, NotFoundError, StoreError
from registers.settings import StoreSettings
from store import schema
from store.catalogue import Catalogue
from store.database import Database, sqlite_url
from store.models import metadata
from store.workspace import Workspace


def test_the_migrations_make_the_tables_that_the_code_knows(settings: StoreSettings) -> None:
    Catalogue.open(settings).close()
    database = Database(Workspace.of(settings).database_url(settings))
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "feuillet_schema"})
        assert compare_metadata(context, metadata) == []
        assert schema.version_of(connection) == schema.VERSION
    database.close()


def test_the_schema_version_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.VERSION


def test_a_catalogue_of_a_newer_feuillet_is_left_alone(settings: StoreSettings) -> None:
    Catalogue.open(settings).close()
    path = Workspace.of(settings).catalogue
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE feuillet_schema SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer feuillet"):
        Catalogue.open(settings)
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_behind(
    settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.operations.Operations.create_index", broken)
    with pytest.raises(RuntimeError):
        Catalogue.open(settings)
    monkeypatch.undo()
    with sqlite3.connect(Workspace.of(settings).catalogue) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    Catalogue.open(settings).close()


def test_readings_of_an_older_catalogue_keep_no_mark(
    settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", "0002")
    Catalogue.open(settings).close()
    monkeypatch.undo()
    with sqlite3.connect(Workspace.of(settings).catalogue) as connection:
        connection.execute("INSERT INTO registers VALUES ('r', '/r', '{}', 1, '')")
        connection.execute(
            "INSERT INTO scans VALUES (1, 'r', 's', 'ff', 0, '/r/1.jpg', '{}', '[\"Vue 1\"]', 'v', '')"
        )
    with Catalogue.open(settings) as catalogue:
        (state,) = catalogue.pages.done("r").values()
    assert (state.fingerprint, state.known, state.banner) == ("v", None, ("Vue 1",))


def test_sqlite_is_set_up_for_many_readers_and_one_writer(settings: StoreSettings) -> None:
    Catalogue.open(settings).close()
    database = Database(sqlite_url(Workspace.of(settings).catalogue))
    with database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    database.close()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 20000}


def test_no_catalogue_is_made_unasked(settings: StoreSettings) -> None:
    with pytest.raises(NotFoundError, match="no catalogue"):
        Catalogue.open(settings, create=False)
    assert not Path(settings.workspace).exists()


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "sqlite+nothing:///x"])
def test_a_bad_url_is_said_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigurationError, match="FEUILLET_DATABASE_URL"):
        Catalogue.open(StoreSettings(workspace=str(tmp_path), database_url=url))


def test_a_damaged_catalogue_is_said(settings: StoreSettings) -> None:
    workspace = Workspace.of(settings)
    workspace.create()
    workspace.catalogue.write_bytes(b"this is no catalogue" * 500)
    with pytest.raises(StoreError, match="damaged") as caught:
        Catalogue.open(settings)
    assert "restore" in caught.value.advice


def test_a_folder_in_the_way_is_said(settings: StoreSettings) -> None:
    workspace = Workspace.of(settings)
    workspace.create()
    workspace.catalogue.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        Catalogue.open(settings)
