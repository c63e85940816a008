"""Tuning a network to one register's rows: rounds of steps, each judged by rows held out.

From the second stage on the rows' words and digits are put together anew as well (collage.py, dated.py),
and other cells of the register that the network is sure of by then are trained on too (self-training).
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ocr.handwriting.ctc import Scores
from ocr.handwriting.lines import padded_width
from ocr.handwriting.recogniser import STEP
from ocr.training.batches import Batch, pad
from ocr.training.collage import collages, cut_up
from ocr.training.data import LineSet, collect
from ocr.training.dated import dates, pieces_of
from ocr.training.metrics import Score
from ocr.training.mixture import Mixture, Part
from ocr.training.network import LineNetwork
from ocr.training.trainer import ctc, evaluate, forward

_RATE = 4e-4
_WARM_UP = 20  # steps
_ROUND = 25  # steps between two looks at the held-out rows
_PATIENCE = 8
_STAGES = (0.0, 0.35, 0.65)  # shares of the time at which the network reads other pages anew
_READING = 0.5  # of what is left of a stage; the rest is for learning from what was read
_COLLAGES = 1200
_DATES = 800
_SHARES = {"transcribed": 0.5, "collage": 0.15, "dated": 0.12, "guessed": 0.23}
_KEEP = 0.97  # averaging of the weights
_YEAR = re.compile(r"\b1[5-9]\d\d\b")

Weights = dict[str, Tensor]

Left = Callable[[], bool]
"""Whether there is time left to read one more page."""

Others = Callable[[LineNetwork, Left], LineSet]
"""Reads pages of the register with a network, while there is time: the lines that it is sure of, none of
those that it is tuned to or judged by."""

Watch = Callable[[float, float], None]
"""Told now and then: the share of the time that has passed, the share of held-out characters misread."""


class Tuning:
    """The way from a network's weights to those that read the held-out rows best; `guessed` counts the
    other lines that it was sure of in the last stage."""

    def __init__(
        self,
        network: LineNetwork,
        train: LineSet,
        check: LineSet,
        before: Score,
        plan: tuple[float, int],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`plan`: seconds that it may take by the clock, and a seed."""
        self.network, self.train, self.check = network, train, check
        self.seconds, self.random = plan[0], np.random.default_rng(plan[1])
        self.optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=0.02)
        self.averaged = _copy(network.state_dict())
        self.judge = LineNetwork(network.config)
        self.best, self.fewest, self.stale = _copy(self.averaged), before.character_errors, 0
        self.guessed = 0
        self.clock, self.began = clock, clock()

    @property
    def passed(self) -> float:
        return (self.clock() - self.began) / self.seconds

    def run(self, others: Others | None, watch: Watch | None) -> Weights:
        """The best averaged weights by errors on the held-out rows."""
        step = 0
        for stage, begins in enumerate(_STAGES):
            ends = _STAGES[stage + 1] if stage + 1 < len(_STAGES) else 1.0
            self.stale = 0
            mixture = self._mixture(stage, ends, others)
            while self.passed < ends and self.stale < _PATIENCE:
                step += 1
                rate = _RATE * min(1.0, step / _WARM_UP) * max(0.05, 1 - max(begins, self.passed))
                _step(self.network, mixture.batch(), self.optimizer, rate)
                self._average()
                if step % _ROUND == 0:
                    self._judge()
                    if watch is not None:
                        watch(min(1.0, self.passed), self.fewest / max(1, sum(map(len, self.check.texts))))
        self._judge()
        return self.best

    def _mixture(self, stage: int, ends: float, others: Others | None) -> Mixture:
        parts = {"transcribed": self.train}
        self.judge.load_state_dict(self.averaged)
        if stage:
            scores = _scores_of(self.judge, self.train)
            parts["collage"] = collect(collages(cut_up(self.train, scores), _COLLAGES, self.random))
            parts["dated"] = collect(self._dates(scores))
        if stage and others is not None:
            until = self.passed + _READING * (ends - self.passed)
            parts["guessed"] = others(self.judge, lambda: self.passed < until)
            self.guessed = len(parts["guessed"])
        return Mixture(
            [Part(lines, _SHARES[name]) for name, lines in parts.items() if len(lines)], self.random
        )

    def _dates(self, scores: Sequence[Scores]) -> Iterator[tuple[NDArray[np.uint8], str, str]]:
        """Other dates of the years that the rows lie in, by the same hand; none where no row says a year."""
        years = [int(year) for text in self.train.texts for year in _YEAR.findall(text)]
        if not years:
            return iter(())
        lines = ((self.train.line(i), text, scores[i]) for i, text in enumerate(self.train.texts))
        chance = random.Random(int(self.random.integers(2**32)))
        return dates([pieces_of(lines)], _DATES, (min(years), max(years)), chance)

    def _average(self) -> None:
        for name, value in self.network.state_dict().items():
            if value.dtype.is_floating_point:
                self.averaged[name].lerp_(value, 1 - _KEEP)

    def _judge(self) -> None:
        self.judge.load_state_dict(self.averaged)
        errors = evaluate(self.judge, self.check)[0].character_errors
        self.stale += 1
        if errors < self.fewest:
            self.best, self.fewest, self.stale = _copy(self.averaged), errors, 0


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


@torch.no_grad()
def _scores_of(network: LineNetwork, lines: LineSet, batch: int = 16) -> list[Scores]:
    """Log probabilities (steps x classes) of prepared lines, in their order."""
    network.eval()
    found: list[Scores] = [np.zeros((0, network.config.classes), np.float32)] * len(lines)
    order = np.argsort(lines.widths, kind="stable")
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        widest = int(lines.widths[chosen].max())
        samples = [(lines.line(int(i)), [0]) for i in chosen]
        padded = pad(samples, padded_width(widest))
        scores = forward(network, padded.pixels, torch.device("cpu")).float().numpy()
        for place, index in enumerate(chosen):
            steps = min(-(-int(padded.widths[place]) // STEP) + 2, scores.shape[0])
            found[index] = scores[:steps, place]
    return found


def _copy(weights: Weights) -> Weights:
    return {name: value.detach().clone() for name, value in weights.items()}
