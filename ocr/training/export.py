"""From a checkpoint to the folder that ships:
`python -m ocr.training.export --checkpoint FILE --data DIR --cache DIR --out DIR`.

Writes `model.onnx` (run time), `weights.safetensors` (half precision; training
goes on from it), `config.json` (alphabet, network, calibration), `metrics.json`
and leaves `SOURCES.md`, the list of data, beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Trie
from ocr.handwriting.decode import Decoder, Reading, odds_of
from ocr.handwriting.recogniser import LANGUAGE, SHIPPED, Calibration, Recogniser
from ocr.training.data import LineSet, held_out_sets
from ocr.training.metrics import score
from ocr.training.network import LineNetwork, NetworkConfig, WithFeatures, parameter_count

CALIBRATED_ON = "held_out"
_NUMBERS = frozenset(str(number) for number in range(10_000))
_LEAST_NUMBERS = 40
_LARGE_WEIGHT = 4096
IDENTITY = {"slope": 1.0, "offset": 0.0}


def write_onnx(network: LineNetwork, path: Path) -> None:
    """Batch and width free; weights stored in half precision, computed with in single precision.

    What is computed of the features costs nothing where only the scores are asked for.
    """
    example = torch.zeros(2, 1, 48, 128)
    temporary = path.with_suffix(".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            WithFeatures(network).eval(),
            (example,),
            str(temporary),
            dynamo=False,
            input_names=["lines"],
            output_names=["scores", "features"],
            dynamic_axes={
                "lines": {0: "batch", 3: "width"},
                "scores": {0: "steps", 1: "batch"},
                "features": {0: "steps", 1: "batch"},
            },
            opset_version=17,
        )
    _halve_weights(temporary)
    temporary.replace(path)


def _halve_weights(path: Path) -> None:
    """Stores large weights as halves that are widened when the model is loaded: half the file."""
    model = onnx.load(str(path))
    graph = model.graph
    widened = []
    for weight in graph.initializer:
        values = onnx.numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _LARGE_WEIGHT:
            continue
        name = weight.name
        weight.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        widened.append(onnx.helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, str(path))


def load_weights(folder: Path) -> tuple[NetworkConfig, dict[str, Tensor]]:
    """Network and weights of a shipped folder, to train on from."""
    config = json.loads((folder / "config.json").read_text("utf-8"))["network"]
    weights = {name: value.float() for name, value in load_file(folder / "weights.safetensors").items()}
    counters = {name: value.long() for name, value in weights.items() if name.endswith("_tracked")}
    return NetworkConfig.from_dict(config), weights | counters


def write_folder(network: LineNetwork, out: Path, training: dict[str, Any]) -> None:
    """Everything but metrics and calibration (that is then the identity)."""
    out.mkdir(parents=True, exist_ok=True)
    write_onnx(network, out / "model.onnx")
    halves = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    save_file(halves, out / "weights.safetensors")
    config = {
        "version": version_of(out, IDENTITY),
        "characters": Alphabet().characters,
        "network": network.config.as_dict(),
        "parameters": parameter_count(network),
        "calibration": IDENTITY,
        "training": training,
    }
    _write_json(out / "config.json", config)


def version_of(folder: Path, calibration: dict[str, float]) -> str:
    """A mark of all that decides how the folder's model reads: network, letters, calibration."""
    own = folder / LANGUAGE
    language = own if own.exists() else SHIPPED / LANGUAGE
    digest = hashlib.sha256((folder / "model.onnx").read_bytes())
    digest.update(language.read_bytes() if language.exists() else b"")
    digest.update(json.dumps(calibration, sort_keys=True).encode())
    return digest.hexdigest()[:12]


def calibrate(folder: Path, lines: LineSet, *, temperature: float | None = None) -> list[str]:
    """Fits the probability that a reading is exact to its log odds on held-out lines (Platt,
    1999), and the temperature unless one is given; keeps both in the folder's config and gives what
    was read."""
    recogniser = Recogniser(folder)
    found = read(recogniser, lines)
    sure = np.array([odds_of(readings) for readings in found])
    texts = [readings[0].text for readings in found]
    right = np.array([text == wanted for text, wanted in zip(texts, lines.texts, strict=True)])
    fitted = _logistic(sure, right.astype(np.float64))
    if temperature is None:
        temperature = _temperature(recogniser, lines)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["calibration"] = {
        "slope": round(fitted.slope, 4),
        "offset": round(fitted.offset, 4),
        "temperature": temperature,
    }
    config["version"] = version_of(folder, config["calibration"])
    _write_json(folder / "config.json", config)
    return texts


def _temperature(recogniser: Recogniser, lines: LineSet) -> float:
    """What makes the share of a text among known ones its probability: fitted on held-out number
    cells, which may hold any number up to 9999."""
    chosen = [i for i, text in enumerate(lines.texts) if text in _NUMBERS]
    if len(chosen) < _LEAST_NUMBERS:
        return Calibration().temperature
    trie = Trie.of([recogniser.alphabet.encode(str(number)) for number in range(10_000)])
    values = []
    for scores, index in zip(recogniser.score_prepared([lines.line(i) for i in chosen]), chosen, strict=True):
        found = trie.score(scores, beam=0.0)
        values.append(np.concatenate([[found[int(lines.texts[index])]], np.sort(found)[-200:]]))
    table = np.maximum(np.array(values), -1e3)
    losses = {
        temperature: float(np.mean(_log_sum(temperature * table[:, 1:]) - temperature * table[:, 0]))
        for temperature in (round(0.05 * step, 2) for step in range(2, 21))
    }
    return min(losses, key=lambda temperature: losses[temperature])


def _log_sum(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.logaddexp.reduce(values, axis=1))


def read(recogniser: Recogniser, lines: LineSet) -> list[list[Reading]]:
    """The readings of every line, best first, nothing known of it."""
    decoder = Decoder(recogniser.alphabet, recogniser.calibration, recogniser.language)
    scores = recogniser.score_prepared([lines.line(index) for index in range(len(lines))])
    return decoder.readings(scores)


def _logistic(values: np.ndarray, right: np.ndarray, rounds: int = 50) -> Calibration:
    slope, offset = 1.0, 0.0
    design = np.stack([values, np.ones_like(values)], axis=1)
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(design @ [slope, offset], -30, 30)))
        weight = np.maximum(chance * (1 - chance), 1e-6)
        hessian = design.T @ (design * weight[:, None]) + 1e-6 * np.eye(2)
        change = np.clip(np.linalg.solve(hessian, design.T @ (right - chance)), -1.0, 1.0)
        slope, offset = slope + float(change[0]), offset + float(change[1])
    return Calibration(slope, offset)


def measured(folder: Path, checks: dict[str, LineSet]) -> dict[str, dict[str, float]]:
    """Calibrates the folder's model; CER, WER and exact lines on each set."""
    read_as = {CALIBRATED_ON: calibrate(folder, checks[CALIBRATED_ON])}
    recogniser = Recogniser(folder)
    for name, lines in checks.items():
        if name not in read_as:
            read_as[name] = [readings[0].text for readings in read(recogniser, lines)]
    return {name: score(lines.texts, read_as[name]).as_dict() for name, lines in checks.items()}


def between(base: dict[str, Tensor], tuned: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Weights on the way from a model's to those of a training that went on from it: what was learnt anew
    without what was forgotten (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022)."""
    return {
        name: value.lerp(tuned[name], share) if value.dtype.is_floating_point else value
        for name, value in base.items()
    }


def _write_json(path: Path, values: dict[str, Any]) -> None:
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")
    temporary.replace(path)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m ocr.training.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="model folder that the training went on from")
    parser.add_argument("--share", type=float, default=1.0, help="of the way from the base's weights")
    options = parser.parse_args(arguments)
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    facts = {"minutes": round(state["elapsed"] / 60, 1), "steps": state["steps"], "lines_seen": state["seen"]}
    weights: dict[str, Tensor] = state["averaged"]
    if options.base is not None:
        before = json.loads((options.base / "config.json").read_text("utf-8"))["training"]
        facts = {name: round(value + before[name], 1) for name, value in facts.items()}
        weights = between(load_weights(options.base)[1], weights, options.share)
    network = LineNetwork(NetworkConfig.from_dict(state["config"]))
    network.load_state_dict(weights)
    write_folder(network, options.out, facts)
    checks = held_out_sets(options.data / "handwriting", options.cache, Alphabet())
    _write_json(options.out / "metrics.json", dict(measured(options.out, checks)))


if __name__ == "__main__":
    main()
