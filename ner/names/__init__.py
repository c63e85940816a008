"""Written names: remarks apart (remarks.py), split (split.py), given names expanded (given.py).

parse.py reads one cell, persons.py the rows of a section, forms.py proposes names to a reader.
"""

from ner.names.parse import ParsedName, join_names, parse_name, surname_value

__all__ = ["ParsedName", "join_names", "parse_name", "surname_value"]
