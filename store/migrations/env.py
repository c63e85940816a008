"""Runs the migrations on the connection, and in the transaction, that `store/schema.py` hands over."""

from __future__ import annotations

from alembic import context

from store.models import metadata

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=metadata,
    version_table=attributes["version_table"],
    transactional_ddl=True,
)
context.run_migrations()
