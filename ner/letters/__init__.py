"""Requests in prose: who writes, who is sought, which act of which years (read.py)."""

from ner.letters.read import Sought, read_letter

__all__ = ["Sought", "read_letter"]
