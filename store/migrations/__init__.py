"""Alembic migrations of the catalogue; `store/schema.py` applies them."""
