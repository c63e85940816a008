"""The embedded engine: one SQLite file per generation, several readers while one writes."""

from indexer.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
