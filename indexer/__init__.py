"""The index: derived from the catalogue, rebuildable, the same answers from either engine."""

from __future__ import annotations

from pathlib import Path

from indexer.engine import GenerationInfo, Health, SearchEngine
from registers.settings import SearchSettings

__all__ = ["GenerationInfo", "Health", "SearchEngine", "open_engine"]


def open_engine(settings: SearchSettings, folder: Path) -> SearchEngine:
    """The engine that the settings name: Elasticsearch at `settings.url`, else the embedded one in `folder`.

    Opening contacts no server and writes nothing.
    """
    if settings.url:
        from indexer.elastic import ElasticEngine

        return ElasticEngine(settings)
    from indexer.embedded import EmbeddedEngine

    return EmbeddedEngine(folder)
