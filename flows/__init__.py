"""Thin Prefect flows over the services."""
