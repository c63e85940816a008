"""Trains one pipeline on fresh generated texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample
from spacy.util import load_config, load_model_from_config, registry
from thinc.api import fix_random_seed

from ner.model import fitted_tokenizer, make_doc
from ner.training.draft import Example

CONFIG = Path(__file__).with_name("config.cfg")
BATCH = 24
_WARM_UP = 40

Source = Callable[[random.Random], Example]


def train(source: Source, *, labels: Sequence[str], examples: int) -> Language:
    """A pipeline trained on `examples` texts from `source`, none of them seen twice.

    The learning rate rises for some steps, then falls to nothing in a straight line; the weights that
    remain are the averages of all steps. The same lexicon, config and library give the same pipeline.
    """
    config = load_config(CONFIG)
    settings = registry.resolve(config["training"])
    fix_random_seed(settings["seed"])
    rng = random.Random(settings["seed"])
    nlp = load_model_from_config(config, auto_fill=True)
    nlp.tokenizer = fitted_tokenizer(nlp)
    for label in labels:
        nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
    optimizer = settings["optimizer"]
    peak = float(optimizer.learn_rate)
    nlp.initialize(lambda: [_to_spacy(nlp, source(rng)) for _ in range(BATCH)], sgd=optimizer)
    steps = max(1, examples // BATCH)
    for step in range(steps):
        optimizer.learn_rate = peak * min((step + 1) / _WARM_UP, 1 - step / steps)
        batch = [_to_spacy(nlp, source(rng)) for _ in range(BATCH)]
        nlp.update(batch, sgd=optimizer, drop=settings["dropout"])
    with nlp.use_params(optimizer.averages):
        averaged = nlp.to_bytes()
    return nlp.from_bytes(averaged)


def aligned(doc: Doc, example: Example) -> list[tuple[int, int, str]]:
    """The gold spans as (start, end, label) at the borders of whole tokens, a token in one span at most."""
    spans: list[tuple[int, int, str]] = []
    for start, end, label in example.spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and (not spans or span.start_char >= spans[-1][1]):
            spans.append((span.start_char, span.end_char, label))
    return spans


def _to_spacy(nlp: Language, example: Example) -> SpacyExample:
    predicted = make_doc(nlp, example.text)
    spans = [(start, end, label.removeprefix("SPOUSE_")) for start, end, label in aligned(predicted, example)]
    return SpacyExample.from_dict(predicted, {"entities": spans})
