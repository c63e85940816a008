"""The handwriting model: its network, weights, configuration, metrics and sources."""
