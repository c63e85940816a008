"""Trains one pipeline, measures it and writes both; a worker process of `python -m ner.training` each."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from ner.model import Pipeline
from ner.training.recipes import RECIPES
from ner.training.train import train


def make(name: Pipeline, to: Path, share: float) -> str:
    """Writes the pipeline into its folder below `to` and says in one line how good it is."""
    recipe = RECIPES[name]
    began = time.monotonic()
    examples = round(recipe.examples * share)
    nlp = train(recipe.source(), labels=recipe.labels, examples=examples)
    seconds = time.monotonic() - began
    metrics = {"training_examples": examples, **recipe.measure(nlp)}
    folder = to / name.value
    shutil.rmtree(folder, ignore_errors=True)
    to.mkdir(parents=True, exist_ok=True)
    # Tokens seen in training are no part of what was learnt: features are hashes.
    nlp.to_disk(folder, exclude=["vocab"])
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    return f"{name.value}: {seconds:.0f} s, {json.dumps(metrics)}"
