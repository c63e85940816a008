"""Compiles what decoding needs, so that no page waits for it: `python -m ocr.handwriting.ready`.

`./feuillet setup` does it once; where it was not done, the first page of handwriting takes as much longer.
"""

from __future__ import annotations

import numpy as np

from ocr.handwriting.beam import search
from ocr.handwriting.ctc import Trie, spans
from ocr.handwriting.language import LanguageModel
from ocr.handwriting.own_letters import Evidence, learn

_CLASSES = 8


def make_ready() -> None:
    """Runs every loop once on a made line."""
    chances = np.random.default_rng(1).dirichlet(np.ones(_CLASSES), 12).astype(np.float32)
    scores, texts = np.log(chances), ((1, 2), (1, 3, 4))
    model = LanguageModel.uniform(_CLASSES)
    search([scores])
    search([scores], model=model)
    model.texts(texts)
    model.after(np.zeros(1, np.int32), np.ones(1, np.int64))
    Trie.of(texts).score(scores)
    spans(scores, texts[0])
    features = np.ones((len(scores), 1), np.float32)
    learn([Evidence(scores, features, texts[0])], (0, 1))


if __name__ == "__main__":
    make_ready()
