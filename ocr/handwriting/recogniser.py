"""The shipped network on ONNX Runtime: line crops in, scores per step out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores
from ocr.handwriting.language import LanguageModel, language_model
from ocr.handwriting.lines import HEIGHT, padded_width, prepare
from registers.errors import MissingProgramError

SHIPPED = Path(__file__).resolve().parent.parent / "models" / "handwriting"
LANGUAGE = "language.npz"
STEP = 4
_BATCH_COLUMNS = 4096


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure readings make one: without knowledge of the cell sigmoid(slope * odds + offset) of the
    best reading's log odds among all, with it their shares, scores multiplied by `temperature`."""

    slope: float = 1.0
    offset: float = 0.0
    temperature: float = 0.5

    def probability(self, odds: float) -> float:
        return float(1.0 / (1.0 + np.exp(-(self.slope * odds + self.offset))))


def model_version(folder: Path) -> str:
    """What `Recogniser(folder).version` will be, without loading the model.

    Raises MissingProgramError where it can be seen at once that the model cannot be loaded.
    """
    if find_spec("onnxruntime") is None:
        raise MissingProgramError("onnxruntime is not installed", advice="run ./feuillet setup")
    if not (folder / "model.onnx").is_file():
        raise MissingProgramError(
            f"no handwriting model in {folder.name}", advice="python -m ocr.training.train"
        )
    with _unusable(folder):
        return str(json.loads((folder / "config.json").read_text("utf-8"))["version"])


@contextmanager
def _unusable(folder: Path) -> Iterator[None]:
    """Say whatever loading a model raises as one error; the classes of onnxruntime have no common base."""
    try:
        yield
    except MissingProgramError:
        raise
    except Exception as error:
        raise MissingProgramError(
            f"the handwriting model in {folder.name} cannot be loaded ({type(error).__name__})",
            advice="install feuillet anew; a register's own: feuillet train handwriting --forget",
        ) from error


def _open_session(model: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingProgramError("onnxruntime is not installed", advice="run ./feuillet setup") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])


@dataclass(slots=True)
class Recogniser:
    """A model folder: `model.onnx`, `config.json` (alphabet, calibration) and, in the shipped one,
    `language.npz`, which serves adapted models as well.

    Holds one session with one thread; the caller runs processes in parallel.
    """

    folder: Path = SHIPPED
    alphabet: Alphabet = field(init=False)
    calibration: Calibration = field(init=False)
    language: LanguageModel | None = field(init=False)
    version: str = field(init=False)
    _session: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.version = model_version(self.folder)
        with _unusable(self.folder):
            config = json.loads((self.folder / "config.json").read_text("utf-8"))
            self.alphabet = Alphabet(config["characters"])
            self.calibration = Calibration(**config["calibration"])
            self._session = _open_session(self.folder / "model.onnx")
            own = self.folder / LANGUAGE
            self.language = language_model(own if own.exists() else SHIPPED / LANGUAGE)

    def score(self, crops: Sequence[NDArray[np.uint8]]) -> list[Scores]:
        """Log probabilities (steps x classes) of grey line crops of any size."""
        return self.score_prepared([prepare(crop) for crop in crops])

    def score_prepared(self, lines: Sequence[NDArray[np.uint8]]) -> list[Scores]:
        """The same for lines that went through `lines.prepare`; batched by width."""
        by_width: dict[int, list[int]] = defaultdict(list)
        for index, line in enumerate(lines):
            by_width[padded_width(line.shape[1])].append(index)
        found: list[Scores] = [np.zeros((0, self.alphabet.size), np.float32)] * len(lines)
        for width, indices in by_width.items():
            size = max(1, _BATCH_COLUMNS // width)
            for start in range(0, len(indices), size):
                chosen = indices[start : start + size]
                scores = self._run([lines[index] for index in chosen], width)
                for place, index in enumerate(chosen):
                    steps = min(-(-lines[index].shape[1] // STEP) + 2, scores.shape[0])
                    found[index] = scores[:steps, place]
        return found

    def _run(self, lines: Sequence[NDArray[np.uint8]], width: int) -> NDArray[np.float32]:
        ink = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
        for place, line in enumerate(lines):
            ink[place, 0, :, : line.shape[1]] = 1.0 - line.astype(np.float32) / 255.0
        (scores,) = self._session.run(None, {"lines": ink})
        return np.asarray(scores, np.float32)
