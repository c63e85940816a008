"""Train the reader of letters into ner/models, its metrics beside it: `python -m ner.training.reader`.

Letters of some writers are held out. Needs the extra `training` (torch); takes an hour of one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ner.letters.learnt.decide import FOLDER, Reader, load_reader
from ner.letters.learnt.features import FIRST_WORD
from ner.letters.learnt.network import Network
from ner.training.reader.evaluate import shares_right
from ner.training.reader.learn import RATE, learn, vocabulary_of
from ner.training.reader.letters import FOLDER as LETTERS
from ner.training.reader.letters import read_letters

HELD_OUT = ("C.jsonl.gz",)
_THRESHOLD, _LEAST = 0.5, 0.3


def main() -> None:
    options = _options().parse_args()
    files = sorted(LETTERS.glob("*.jsonl.gz"))
    letters = [letter for path in files if path.name not in options.held_out for letter in read_letters(path)]
    if options.known:
        letters += read_letters(options.known, rules_know=True)
    vocabulary, start = vocabulary_of(letters), None
    if options.start:
        vocabulary, start = load_reader(options.start).vocabulary, _tensors(options.start)
    network = learn(
        letters,
        vocabulary,
        epochs=options.epochs,
        seed=options.seed,
        start=start,
        told=lambda epoch, loss: print(f"epoch {epoch + 1} of {options.epochs}: loss {loss:.3f}", flush=True),
        rate=options.rate,
    )
    weights = {name: values.numpy().astype(np.float16) for name, values in network.state_dict().items()}
    reader = Reader(Network(weights), vocabulary, _THRESHOLD, _LEAST)
    metrics = {
        name: shares_right(reader, list(read_letters(LETTERS / name))) for name in sorted(options.held_out)
    }
    _keep(
        options.to, reader, weights, {"epochs": options.epochs, "seed": options.seed, "letters": len(letters)}
    )
    _write(options.to / "metrics.json", metrics)
    print(json.dumps(metrics))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ner.training.reader", description=__doc__)
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder of the reader")
    parser.add_argument("--held-out", nargs="+", default=HELD_OUT, help="files of letters to measure on")
    parser.add_argument("--known", type=Path, help="letters that the rules were made with, to learn from too")
    parser.add_argument("--start", type=Path, help="go on from the reader in this folder")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1792)
    return parser


def _keep(folder: Path, reader: Reader, weights: Mapping[str, Any], training: Mapping[str, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **weights)
    config = {
        "threshold": reader.threshold,
        "least": reader.least,
        **training,
        "first_word": FIRST_WORD,
        "words": list(reader.vocabulary),
    }
    _write(folder / "config.json", config)


def _tensors(folder: Path) -> dict[str, torch.Tensor]:
    with np.load(folder / "weights.npz") as weights:
        return {name: torch.from_numpy(values.astype(np.float32)) for name, values in weights.items()}


def _write(path: Path, values: object) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
