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
from ocr.handwriting.own_letters import OF_NAMES, OF_NUMBERS, Features, OwnLetters
from registers.errors import MissingProgramError
from registers.knowledge import Holds

SHIPPED = Path(__file__).resolve().parent.parent / "models" / "handwriting"
LANGUAGE = "language.npz"
LETTERS = "letters.npz"
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
    if not any((folder / name).is_file() for name in ("model.onnx", LETTERS)):
        raise MissingProgramError(
            f"no handwriting model in {folder.name}", advice="python -m ocr.training.train"
        )
    with _unusable(folder):
        return str(_config(folder)["version"])


def _config(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    return found


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


@dataclass(frozen=True, slots=True)
class Seen:
    """The scores of a line, those with the digits of its hand, for cells that hold dates or numbers, and
    those with its letters, for names; all are the same where nothing was learnt."""

    scores: Scores
    numbers: Scores
    names: Scores

    @classmethod
    def plain(cls, scores: Scores) -> Seen:
        """By the network alone."""
        return cls(scores, scores, scores)

    def of(self, holds: Holds | None) -> Scores:
        """The scores for a cell that holds this, or nobody knows what."""
        if holds in OF_NUMBERS:
            return self.numbers
        return self.names if holds in OF_NAMES else self.scores


@dataclass(slots=True)
class Recogniser:
    """A model folder: `model.onnx`, `config.json` (alphabet, calibration) and, in the shipped one,
    `language.npz`, which serves adapted models as well. A folder with `letters.npz` in place of the first
    is the shipped model with the letters of one hand.

    Holds one session with one thread; the caller runs processes in parallel.
    """

    folder: Path = SHIPPED
    alphabet: Alphabet = field(init=False)
    calibration: Calibration = field(init=False)
    language: LanguageModel | None = field(init=False)
    version: str = field(init=False)
    letters: OwnLetters | None = field(init=False)
    _session: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.version = model_version(self.folder)
        with _unusable(self.folder):
            self.letters, network = None, self.folder
            if not (network / "model.onnx").is_file():
                self.letters, network = OwnLetters.load(self.folder / LETTERS), SHIPPED
            config = _config(network)
            if self.letters is not None and _config(self.folder)["letters_of"] != config["version"]:
                raise MissingProgramError(
                    f"the letters in {self.folder.name} were learnt with another model",
                    advice="feuillet digitize PATH --again outdated learns them anew",
                )
            self.alphabet = Alphabet(config["characters"])
            self.calibration = Calibration(**config["calibration"])
            self._session = _open_session(network / "model.onnx")
            own = network / LANGUAGE
            self.language = language_model(own if own.exists() else SHIPPED / LANGUAGE)

    def score(self, crops: Sequence[NDArray[np.uint8]]) -> list[Scores]:
        """Log probabilities (steps x classes) of grey line crops of any size, by the network alone."""
        return self.score_prepared([prepare(crop) for crop in crops])

    def score_prepared(self, lines: Sequence[NDArray[np.uint8]]) -> list[Scores]:
        """The same for lines that went through `lines.prepare`; batched by width."""
        return [scores for (scores,) in self._outputs(lines, ("scores",))]

    def see(self, crops: Sequence[NDArray[np.uint8]]) -> list[Seen]:
        """What is seen in grey line crops of any size, with the letters of the hand where there are any."""
        return self.see_prepared([prepare(crop) for crop in crops])

    def see_prepared(self, lines: Sequence[NDArray[np.uint8]]) -> list[Seen]:
        """The same for lines that went through `lines.prepare`."""
        if self.letters is None:
            return [Seen.plain(scores) for scores in self.score_prepared(lines)]
        found = self._outputs(lines, ("scores", "features"))
        parts = (self.letters.numbers, self.letters.names)
        return [
            Seen(scores, *(part.applied(scores, features) if part else scores for part in parts))
            for scores, features in found
        ]

    def features(self, crops: Sequence[NDArray[np.uint8]]) -> list[tuple[Scores, Features]]:
        """The scores of line crops, and the features (steps x width) that the last layer makes them from.

        Raises MissingProgramError for a model that was made before it gave these.
        """
        if "features" not in {output.name for output in self._session.get_outputs()}:
            raise MissingProgramError(f"the model in {self.folder.name} gives no features")
        found = self._outputs([prepare(crop) for crop in crops], ("scores", "features"))
        return [(scores, features) for scores, features in found]

    def _outputs(
        self, lines: Sequence[NDArray[np.uint8]], names: Sequence[str]
    ) -> list[list[NDArray[np.float32]]]:
        """What the network makes of each line; lines of about one width go through it together."""
        by_width: dict[int, list[int]] = defaultdict(list)
        for index, line in enumerate(lines):
            by_width[padded_width(line.shape[1])].append(index)
        found: list[list[NDArray[np.float32]]] = [[] for _ in lines]
        for width, indices in by_width.items():
            size = max(1, _BATCH_COLUMNS // width)
            for start in range(0, len(indices), size):
                chosen = indices[start : start + size]
                outputs = self._run([lines[index] for index in chosen], width, names)
                for place, index in enumerate(chosen):
                    steps = min(-(-lines[index].shape[1] // STEP) + 2, len(outputs[0]))
                    found[index] = [values[:steps, place] for values in outputs]
        return found

    def _run(
        self, lines: Sequence[NDArray[np.uint8]], width: int, names: Sequence[str]
    ) -> list[NDArray[np.float32]]:
        ink = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
        for place, line in enumerate(lines):
            ink[place, 0, :, : line.shape[1]] = 1.0 - line.astype(np.float32) / 255.0
        return [np.asarray(values, np.float32) for values in self._session.run(names, {"lines": ink})]
