"""Banners, titles and folder names: parse.py reads lines, words.py and periods.py are their grammar.

banners.py, titles.py and descriptions.py bring the lines of a register together.
"""

from ner.headings.parse import Heading, describe, ordinary_capitals, running_letter

__all__ = ["Heading", "describe", "ordinary_capitals", "running_letter"]
