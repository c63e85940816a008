"""The desk: the catalogue, the index and the workspace, opened together for whoever searches and looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from indexer import SearchEngine, open_engine
from registers.errors import ConfigurationError
from registers.settings import Settings
from services.overview import Overview
from store.catalogue import Catalogue
from store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """What every service that answers needs."""

    settings: Settings
    workspace: Workspace
    catalogue: Catalogue
    engine: SearchEngine
    overview: Overview


@contextmanager
def open_catalogue(settings: Settings) -> Iterator[Catalogue]:
    """The catalogue alone; raises ConfigurationError where nothing was ever digitized, StoreError."""
    workspace = Workspace.of(settings.store)
    if not settings.store.database_url and not workspace.catalogue.exists():
        raise ConfigurationError(
            f"there is no catalogue in {settings.store.workspace}",
            advice="digitize something first, or name another folder with --workspace",
        )
    with Catalogue.open(settings.store) as catalogue:
        yield catalogue


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The catalogue with the search engine of the settings; raises as `open_catalogue` does.

    A search engine that is away is noticed by the first search, not here.
    """
    with open_catalogue(settings) as catalogue:
        workspace = Workspace.of(settings.store)
        engine = open_engine(settings.search, workspace.index)
        try:
            yield Desk(settings, workspace, catalogue, engine, Overview(catalogue))
        finally:
            engine.close()
