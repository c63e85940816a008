"""The catalogue's schema version: checked and brought up to date whenever a catalogue is opened."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from registers.errors import StoreError
from store.database import Database

VERSION = "0003"
_VERSION_TABLE = "feuillet_schema"


def bring_up_to_date(database: Database) -> None:
    """Apply the migrations that are missing, all in one transaction.

    Raises StoreError when the catalogue was written by a newer feuillet.
    """
    with database.read() as connection:
        if version_of(connection) == VERSION:
            return
    with database.write() as connection:
        found = version_of(connection)
        if found == VERSION:  # another process was faster
            return
        if found is not None and found > VERSION:
            raise StoreError(
                f"the catalogue was written by a newer feuillet (schema {found}, this one knows {VERSION})",
                advice="update feuillet, or give another --workspace",
            )
        _upgrade(connection)


def version_of(connection: Connection) -> str | None:
    """The schema version of a catalogue, or None for an empty database."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    version = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    return None if version is None else str(version)


def _upgrade(connection: Connection) -> None:
    # Alembic takes a tenth of a second to import, and most openings have nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = _VERSION_TABLE
    command.upgrade(config, VERSION)
