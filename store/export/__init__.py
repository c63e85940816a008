"""Ways out of the catalogue: one module per format."""
