"""What a small network, trained on letters with their truth, decides of a letter: `ner.training.reader`."""
