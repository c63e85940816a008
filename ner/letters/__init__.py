"""Requests in prose: who writes, who is sought, which act of which years (read.py)."""

from ner.letters.read import read_letter
from ner.letters.sought import Sought

__all__ = ["Sought", "read_letter"]
