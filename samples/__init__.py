"""Generated registers with ground truth, and their generator."""
