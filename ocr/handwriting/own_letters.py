"""The letters and digits of one hand, learnt from its own cells: corrections of the network's last layer.

What a cell may hold explains most of it: the period leaves a few thousand days, the lexicon few names that a
line may say, so that cells are read right although single letters are not. From those that are sure the
network's last layer learns how this hand writes its 7 or its A; all else stays as it was. Labelling by a
model what it then learns from is self-training (Scudder, 1965); that the last layer is enough to follow a
change of input, Kirichenko et al., "Last layer re-training is sufficient" (ICLR 2023).

Dates and names are corrected apart: digits stand close together, and what helps to part them spoils names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, telling
from registers.knowledge import Holds

OF_NUMBERS = frozenset({Holds.DATE, Holds.ACT_NUMBER, Holds.RANK, Holds.YEAR, Holds.DAY})
OF_NAMES = frozenset(
    {
        *(Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME),
        *(Holds.SPOUSE_SURNAME, Holds.SPOUSE_GIVEN_NAMES, Holds.SPOUSE_FULL_NAME),
    }
)

Features = NDArray[np.float32]

_STEPS, _BATCH = 300, 32
_LAST_RATE = 0.1  # of the first
_BETAS, _EPSILON = (0.9, 0.999), 1e-8
_NOTHING = -1e9
_ARRAYS = ("classes", "weights", "offsets", "gain")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line as the network saw it (scores: steps x classes, features: steps x width) and what it says."""

    scores: Scores
    features: Features
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is added to the scores of some classes: `weights` (classes x width) times a step's features, and
    `offsets`. `classes` are their numbers; `gain` is by how much it made lines of its hand likelier that it
    was not learnt from (mean of log probabilities)."""

    classes: NDArray[np.int64]
    weights: NDArray[np.float32]
    offsets: NDArray[np.float32]
    gain: float = 0.0

    def applied(self, scores: Scores, features: Features) -> Scores:
        """Scores (..., classes) corrected; they remain log probabilities."""
        changed = scores.copy()
        changed[..., self.classes] += features @ self.weights.T + self.offsets
        changed -= _log_sum(changed)[..., None]
        return changed


@dataclass(frozen=True, slots=True)
class OwnLetters:
    """The corrections for cells of dates and numbers, and for cells of names; None where there is none."""

    numbers: Correction | None = None
    names: Correction | None = None

    def save(self, path: Path) -> None:
        parts = {"numbers": self.numbers, "names": self.names}
        arrays = {
            f"{name}.{array}": getattr(part, array)
            for name, part in parts.items()
            if part is not None
            for array in _ARRAYS
        }
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> OwnLetters:
        """Raises OSError, ValueError or KeyError for a file that holds none."""
        with np.load(path) as kept:

            def part(name: str) -> Correction | None:
                if f"{name}.classes" not in kept:
                    return None
                classes, weights, offsets, gain = (kept[f"{name}.{array}"] for array in _ARRAYS)
                return Correction(classes, weights, offsets, float(gain))

            return cls(part("numbers"), part("names"))


def digit_classes(alphabet: Alphabet) -> tuple[int, ...]:
    """The classes that dates teach: the digits, and the blank between them."""
    return (0, *alphabet.encode("0123456789"))


def learn(
    lines: Sequence[Evidence], classes: Sequence[int], *, rate: float = 3e-3, seed: int = 1
) -> Correction:
    """The correction of some classes under which the lines say likeliest what they are known to say. The
    same lines give the same.

    Steepest descent by small batches (Kingma and Ba, "Adam", ICLR 2015) on CTC's loss, the slower the
    further it has come.
    """
    numbers = np.array(classes, np.int64)
    width = lines[0].features.shape[1]
    values = np.zeros((len(numbers), width + 1))
    first, second = np.zeros_like(values), np.zeros_like(values)
    views = [_view(line, numbers) for line in lines]
    for step, batch in enumerate(_batches(views, np.random.default_rng(seed)), 1):
        slope = np.mean([_slope(view, values) for view in batch], axis=0)
        first = _BETAS[0] * first + (1 - _BETAS[0]) * slope
        second = _BETAS[1] * second + (1 - _BETAS[1]) * slope**2
        slower = 1 - (1 - _LAST_RATE) * step / _STEPS
        scale = np.sqrt(second / (1 - _BETAS[1] ** step)) + _EPSILON
        values -= rate * slower * first / (1 - _BETAS[0] ** step) / scale
    return Correction(numbers, values[:, :-1].astype(np.float32), values[:, -1].astype(np.float32))


@dataclass(frozen=True, slots=True)
class _View:
    """What learning needs of a line: the scores of the classes that change, then of its other letters, then
    of all the rest together; `labels` are columns of these. Steps that are surely blank are left out."""

    scores: NDArray[np.float64]
    features: Features
    labels: NDArray[np.int64]


def _view(line: Evidence, classes: NDArray[np.int64]) -> _View:
    kept = telling(line.scores)
    scores = line.scores[kept].astype(np.float64)
    columns = [*dict.fromkeys([*classes.tolist(), *line.labels])]
    rest = np.delete(scores, columns, axis=1)
    together = _log_sum(rest) if rest.shape[1] else np.full(len(scores), _NOTHING)
    table = np.concatenate([scores[:, columns], together[:, None]], axis=1)
    labels = np.array([columns.index(label) for label in line.labels], np.int64)
    return _View(table, line.features[kept], labels)


def _batches(views: Sequence[_View], random: np.random.Generator) -> Iterator[list[_View]]:
    for _ in range(_STEPS):
        chosen = random.choice(len(views), min(_BATCH, len(views)), replace=False)
        yield [views[number] for number in chosen]


def _slope(view: _View, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of a line's loss by the values."""
    from ocr.handwriting import occupancy_loops  # loads Numba

    count = len(values)
    scores = view.scores.copy()
    scores[:, :count] += view.features @ values[:, :-1].T.astype(np.float32) + values[:, -1]
    scores -= _log_sum(scores)[:, None]
    meant = occupancy_loops.occupancy(scores, view.labels)
    if not meant.any():
        return np.zeros_like(values)
    wrong = (np.exp(scores[:, :count]) - meant[:, :count]).astype(np.float32)
    return np.concatenate([wrong.T @ view.features, wrong.sum(axis=0)[:, None]], axis=1)


def _log_sum(scores: NDArray[Any]) -> NDArray[Any]:
    highest = scores.max(axis=-1)
    return np.asarray(highest + np.log(np.exp(scores - highest[..., None]).sum(axis=-1)))
