"""Precision, recall and F1 of spans: right is the right label at the right place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.language import Language

from ner.model import Pipeline, make_doc, spans_of
from ner.training.draft import Example
from ner.training.train import aligned


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1; `by_label` holds the F1 of each label that occurs."""

    precision: float
    recall: float
    f1: float
    by_label: dict[str, float]


def score(nlp: Language, examples: Sequence[Example], name: Pipeline) -> Score:
    """How well the pipeline finds the spans of `examples`."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    docs = nlp.pipe(make_doc(nlp, example.text) for example in examples)
    for doc, example in zip(docs, examples, strict=True):
        gold = set(aligned(doc, example))
        guess = {(span.start, span.end, span.label.value) for span in spans_of(doc, name)}
        right.update(_labels(gold & guess))
        found.update(_labels(guess))
        wanted.update(_labels(gold))
    labels = sorted(wanted | found)
    precision, recall, f1 = _shares(right.total(), found.total(), wanted.total())
    by_label = {label: _shares(right[label], found[label], wanted[label])[2] for label in labels}
    return Score(precision, recall, f1, by_label)


def _labels(spans: Iterable[tuple[int, int, str]]) -> list[str]:
    return [label for _, _, label in spans]


def _shares(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, 2 * right / (found + wanted) if found + wanted else 0.0
