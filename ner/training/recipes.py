"""What each pipeline is trained on and measured by."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from spacy.language import Language

from ner.model import Pipeline
from ner.training import letters, lines
from ner.training.draft import Example
from ner.training.evaluate import score
from ner.training.names import NamePool, pool
from ner.training.train import Source

_HELD_OUT_SEED = 1902


class _Writer(Protocol):
    def __call__(self, rng: random.Random, names: NamePool, *, noise: float = 0.0) -> Example: ...


@dataclass(frozen=True, slots=True)
class Recipe:
    """`training_noise` is drawn from for each example; `noise` are the shares that are measured."""

    name: Pipeline
    write: _Writer
    generate: Callable[..., list[Example]]
    labels: Sequence[str]
    examples: int
    training_noise: Sequence[float]
    noise: Sequence[float]
    held_out: int

    def source(self) -> Source:
        """Fresh examples with names of the training side."""
        names = pool(held_out=False)
        return lambda rng: self.write(rng, names, noise=rng.choice(self.training_noise))

    def measure(self, nlp: Language, *, count: int | None = None) -> dict[str, Any]:
        """Precision, recall and F1 on examples with names that training never saw, by noise."""
        return {
            f"noise_{noise:.2f}": _rounded(
                asdict(
                    score(
                        nlp,
                        self.generate(
                            count or self.held_out, seed=_HELD_OUT_SEED, held_out=True, noise=noise
                        ),
                        self.name,
                    )
                )
            )
            for noise in self.noise
        }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _rounded(value) if isinstance(value, dict) else round(value, 4) for key, value in values.items()
    }


RECIPES = {
    Pipeline.TABLE_LINES: Recipe(
        name=Pipeline.TABLE_LINES,
        write=lines.line,
        generate=lines.generate,
        labels=lines.LABELS,
        examples=112_000,
        training_noise=(0.0, 0.0, 0.04, 0.04, 0.1),
        noise=(0.0, 0.04, 0.10),
        held_out=3_000,
    ),
    Pipeline.LETTERS: Recipe(
        name=Pipeline.LETTERS,
        write=letters.letter,
        generate=letters.generate,
        labels=letters.LABELS,
        examples=48_000,
        training_noise=(0.0, 0.0, 0.01, 0.03),
        noise=(0.0, 0.02),
        held_out=1_000,
    ),
}
