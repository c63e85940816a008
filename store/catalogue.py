"""The catalogue: the record of all that was read, understood and corrected."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from registers.errors import NotFoundError
from registers.settings import StoreSettings
from store.database import Database
from store.entries import EntryStore
from store.files import FileStore
from store.pages import PageStore
from store.registers import RegisterStore
from store.schema import bring_up_to_date
from store.values import ValueStore
from store.workspace import Workspace


class Catalogue:
    """A catalogue that is open. May be used by several threads; each process opens its own.

    `registers`, `files`, `pages`, `entries` and `values` are its parts; each call is one transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.registers = RegisterStore(database)
        self.files = FileStore(database)
        self.pages = PageStore(database)
        self.entries = EntryStore(database)
        self.values = ValueStore(database)

    @classmethod
    def open(cls, settings: StoreSettings, *, create: bool = True) -> Catalogue:
        """Open the catalogue of the settings' workspace or database URL, brought to this version's schema.

        Without `create`, a workspace that has no catalogue raises NotFoundError. Raises StoreError for a
        catalogue that is damaged or was written by a newer feuillet, ConfigurationError for a bad URL.
        """
        workspace = Workspace.of(settings)
        if not create and not settings.database_url and not workspace.catalogue.is_file():
            raise NotFoundError(
                f"there is no catalogue in {workspace.root}", advice="run `feuillet digitize PATH` first"
            )
        if create:
            workspace.create()
        database = Database(workspace.database_url(settings))
        try:
            bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
