"""Models that ship with the reader."""
