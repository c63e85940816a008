"""A new hand: the shipped model adapted to one register from rows that people have transcribed.

Fifty to two hundred rows are enough to move a model and too few to judge it by
themselves, so part of them, whole pages where there are several, is held out,
and the adapted model is kept only if it reads those better.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.lines import prepare
from ocr.handwriting.recogniser import SHIPPED
from ocr.training.batches import Batch, Batches
from ocr.training.data import LineSet, collect
from ocr.training.export import calibrate, load_weights, write_folder
from ocr.training.metrics import Score
from ocr.training.network import LineNetwork
from ocr.training.train import ctc, evaluate

HELD_OUT = 0.25
LEAST_LINES = 20
_RATE = 4e-4
_ROUND = 20  # steps between two looks at the held-out rows
_PATIENCE = 6
_SHARES = (0.5, 0.75, 1.0)  # of the way from the base model's weights to the tuned ones
_NEARLY = 1.1
_KEEP = 0.97  # averaging of the weights


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A line as `ocr.handwriting.crops.crop_line` cuts it out, its literal text and its page."""

    pixels: NDArray[np.uint8]
    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What adapting did to the held-out rows; `folder` holds the model if it was kept."""

    before: Score
    after: Score
    lines: int
    held_out: int
    folder: Path | None

    @property
    def kept(self) -> bool:
        return self.folder is not None


def adapt(
    lines: Sequence[Transcribed], out: Path, *, base: Path = SHIPPED, minutes: float = 12.0, seed: int = 1
) -> Adaptation:
    """Adapts the model in `base` and writes it to `out` if it reads held-out rows better.

    Stops when those get no better or the time is used up. Raises ValueError for fewer than
    LEAST_LINES usable lines.
    """
    cv2.setNumThreads(1)
    torch.manual_seed(seed)
    train, check = split(lines)
    config, weights = load_weights(base)
    network = LineNetwork(config)
    network.load_state_dict(weights)
    before = evaluate(network, check)[0]
    tuned = _tuned(network, train, check, before, seconds=minutes * 60, seed=seed)
    best, after = _between(network, weights, tuned, check)
    if after.character_errors >= before.character_errors:
        return Adaptation(before, after, len(train), len(check), None)
    network.load_state_dict(best)
    write_folder(network, out, {"adapted_from": _config(base)["version"], "lines": len(train)})
    calibrate(out, check, temperature=float(_config(base)["calibration"]["temperature"]))
    return Adaptation(before, after, len(train), len(check), out)


def split(lines: Sequence[Transcribed]) -> tuple[LineSet, LineSet]:
    """Lines to train on and lines to judge by: whole pages held out where there are four or more,
    else every fourth row."""
    alphabet = Alphabet()
    usable = [(line, normalise(line.text)) for line in lines]
    usable = [(line, text) for line, text in usable if text and alphabet.covers(text)]
    if len(usable) < LEAST_LINES:
        raise ValueError(f"{len(usable)} usable lines; {LEAST_LINES} are needed")
    pages = sorted({line.page for line, _ in usable})
    every = round(1 / HELD_OUT)
    held = set(pages[::every]) if len(pages) >= every else None

    def chosen(*, apart: bool) -> Iterator[tuple[NDArray[np.uint8], str, str]]:
        for number, (line, text) in enumerate(usable):
            is_apart = line.page in held if held is not None else number % every == every - 1
            if is_apart == apart:
                yield prepare(line.pixels), text, f"register/{line.page}"

    return collect(chosen(apart=False)), collect(chosen(apart=True))


def _between(
    network: LineNetwork,
    base: dict[str, torch.Tensor],
    tuned: dict[str, torch.Tensor],
    check: LineSet,
) -> tuple[dict[str, torch.Tensor], Score]:
    """The weights nearest to the base model's that read the held-out rows nearly as well as the best.

    A few pages show few of a hand's letters: what the base knew of the others is lost on the way to
    the tuned weights, and half-way most of the gain is there already (Wortsman et al., "Robust
    fine-tuning of zero-shot models", CVPR 2022).
    """
    found = []
    for share in _SHARES:
        weights = {
            name: value.lerp(tuned[name], share) if value.dtype.is_floating_point else value
            for name, value in base.items()
        }
        network.load_state_dict(weights)
        found.append((weights, evaluate(network, check)[0]))
    fewest = min(result.character_errors for _, result in found)
    return next(pair for pair in found if pair[1].character_errors <= _NEARLY * fewest)


def _tuned(
    network: LineNetwork, train: LineSet, check: LineSet, before: Score, *, seconds: float, seed: int
) -> dict[str, torch.Tensor]:
    """The best averaged weights by errors on the held-out rows."""
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=0.02)
    averaged = {name: value.detach().clone() for name, value in network.state_dict().items()}
    judge = LineNetwork(network.config)
    best, fewest, stale = averaged, before.character_errors, 0
    began = time.monotonic()
    for step, batch in enumerate(Batches(train, seed, {"register": 1.0}), start=1):
        passed = (time.monotonic() - began) / seconds
        _step(network, batch, optimizer, _RATE * max(0.05, 1 - passed))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                averaged[name].lerp_(value, 1 - _KEEP)
        if step % _ROUND == 0 or passed >= 1:
            judge.load_state_dict(averaged)
            errors = evaluate(judge, check)[0].character_errors
            stale += 1
            if errors < fewest:
                best = {name: value.clone() for name, value in averaged.items()}
                fewest, stale = errors, 0
            if stale >= _PATIENCE or passed >= 1:
                break
    return best


def _step(network: LineNetwork, batch: Batch, optimizer: torch.optim.Optimizer, rate: float) -> None:
    network.train()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.eval()  # a few lines of one hand would spoil the statistics
    for group in optimizer.param_groups:
        group["lr"] = rate
    loss = ctc(network, batch, torch.device("cpu"))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 3.0)
    optimizer.step()


def _config(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    return found
