"""The index: derived from the catalogue, rebuildable, the same answers from every engine."""
