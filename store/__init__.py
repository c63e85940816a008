"""The catalogue: nothing is lost, every change is kept."""
