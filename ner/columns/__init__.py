"""Which column holds what: header words (header_words.py), content (content.py), the layout of tables."""

from ner.columns.find import assign, assign_together, column_texts, group_by_layout, looks_like_persons

__all__ = ["assign", "assign_together", "column_texts", "group_by_layout", "looks_like_persons"]
