"""The Elasticsearch engine, for servers 8 and 9: one index per generation behind one alias."""

from indexer.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
