"""Makes, trains and measures the spaCy pipelines of `ner/model.py`: `python -m ner.training`."""
