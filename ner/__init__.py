"""From tables to entries: columns, dates, names, dittos, order."""
