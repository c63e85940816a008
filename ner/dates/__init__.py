"""Written dates: words (tokens.py), parts (grammar.py), days that fit the period (resolve.py).

parse.py reads one text, column.py the rows of a section, forms.py writes a day as registers do.
"""

from ner.dates.parse import ParsedDate, looks_like_date, parse_date

__all__ = ["ParsedDate", "looks_like_date", "parse_date"]
