"""One worker's training: the network, its optimizer, its clock, and what it is measured by.

The learning rate follows the share of the planned time that has passed, so a run always ends annealed,
however fast the machine. Weights are averaged (EMA); the averaged ones are evaluated and shipped.
Checkpoints are written atomically and hold everything needed to go on.
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import copy
import functools
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed, nn

from ocr.handwriting.alphabet import Alphabet
from ocr.training.batches import Batch, Batches, pad
from ocr.training.data import LineSet
from ocr.training.metrics import Score, score
from ocr.training.network import LineNetwork, NetworkConfig


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast; minutes are of training, over all resumed runs;
    a step that took longer than `longest_step` seconds was put aside."""

    minutes: float
    peak: float = 1.8e-3
    floor: float = 8e-6
    warm_up: float = 0.02
    short_lines_first: float = 0.05
    average: float = 0.9985
    clip: float = 3.0
    threads: int = 1
    workers: int = 1
    longest_step: float = 20.0
    checkpoint_every: float = 300.0
    evaluate_every: float = 900.0

    def rate(self, passed: float) -> float:
        """Learning rate at the passed share (0..1) of the time."""
        if passed < self.warm_up:
            return self.peak * max(passed / self.warm_up, 0.02)
        along = min(1.0, (passed - self.warm_up) / (1 - self.warm_up))
        return self.floor + (self.peak - self.floor) * 0.5 * (1 + math.cos(math.pi * along))


class Trainer:
    """One worker's training; worker 0 measures, saves and logs for all."""

    def __init__(self, out: Path, plan: Plan, config: NetworkConfig, rank: int = 0) -> None:
        self.out, self.plan, self.rank = out, plan, rank
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = LineNetwork(config).to(self.device, memory_format=torch.channels_last)
        self.averaged = copy.deepcopy(self.network).eval()
        self.optimizer = torch.optim.AdamW(self.network.parameters(), plan.peak, weight_decay=0.01)
        self.elapsed = 0.0
        self.steps = 0
        self.seen = 0
        self.best = math.inf
        self.stale = 0

    def resume(self) -> bool:
        """Goes on from the checkpoint if there is one."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        for name in ("elapsed", "steps", "seen", "best"):
            setattr(self, name, state[name])
        return True

    def warm_start(self, weights: dict[str, Tensor]) -> None:
        """Starts from other weights (those of the shipped model)."""
        self.network.load_state_dict(weights)
        self.averaged.load_state_dict(weights)

    def save(self, name: str = "checkpoint.pt") -> None:
        state = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "config": self.network.config.as_dict(),
            "elapsed": self.elapsed,
            "steps": self.steps,
            "seen": self.seen,
            "best": self.best,
        }
        temporary = self.out / f"{name}.part"
        torch.save(state, temporary)
        temporary.replace(self.out / name)

    def log(self, **values: object) -> None:
        entry = {"minutes": round(self.elapsed / 60, 2), "steps": self.steps, "lines": self.seen}
        with (self.out / "metrics.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry | values) + "\n")

    def run(self, batches: Batches, checks: dict[str, LineSet], patience: int = 0) -> None:
        """Trains until the planned minutes are used up; with `patience`, stops
        early when so many evaluations in a row brought no better mean CER."""
        total = self.plan.minutes * 60
        last_saved = last_checked = self.elapsed
        losses: list[float] = []
        clock = time.monotonic()
        for batch in batches:
            passed = self.elapsed / total
            batches.widest = 448 if passed < self.plan.short_lines_first else 1408
            losses.append(self.step(batch, self.plan.rate(passed)))
            now = time.monotonic()
            self.elapsed += min(now - clock, self.plan.longest_step)
            clock = now
            if self.rank == 0:
                if self.steps % 100 == 0:
                    self.log(loss=round(float(np.mean(losses)), 4), rate=self.plan.rate(passed))
                    losses.clear()
                if self.elapsed >= total or self.elapsed - last_checked >= self.plan.evaluate_every:
                    last_checked = self.elapsed
                    self.check(checks)
            self._agree()
            over = self.elapsed >= total or (patience > 0 and self.stale >= patience)
            if self.rank == 0 and (over or self.elapsed - last_saved >= self.plan.checkpoint_every):
                last_saved = self.elapsed
                self.save()
            if over:
                return

    def _agree(self) -> None:
        """All workers go by the clock and the patience of worker 0, as they are after its check: else it
        stops alone, and the others wait for its gradients."""
        if self.plan.workers > 1:
            shared = torch.tensor([self.elapsed, float(self.stale)], dtype=torch.float64)
            distributed.broadcast(shared, 0)
            self.elapsed, self.stale = float(shared[0]), int(shared[1])

    def step(self, batch: Batch, rate: float) -> float:
        self.network.train()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = ctc(self.network, batch, self.device)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if self.plan.workers > 1:
            _share_gradients(self.network, self.plan.workers)
        nn.utils.clip_grad_norm_(self.network.parameters(), self.plan.clip)
        self.optimizer.step()
        self.steps += 1
        self.seen += len(batch.widths) * self.plan.workers
        self._average()
        return float(loss.detach())

    def _average(self) -> None:
        keep = min(self.plan.average, (1 + self.steps) / (20 + self.steps))
        with torch.no_grad():
            pairs = zip(
                self.averaged.state_dict().values(),
                self.network.state_dict().values(),
                strict=True,
            )
            for mean, current in pairs:
                if mean.dtype.is_floating_point:
                    mean.lerp_(current, 1 - keep)
                else:
                    mean.copy_(current)

    def check(self, checks: dict[str, LineSet]) -> None:
        """Evaluates the averaged weights; keeps the best ones as best.pt."""
        scores = {name: evaluate(self.averaged, lines)[0] for name, lines in checks.items()}
        mean = float(np.mean([value.cer for value in scores.values()])) if scores else math.inf
        self.log(**{name: value.as_dict() for name, value in scores.items()}, mean_cer=mean)
        self.stale += 1
        if mean < self.best:
            self.best, self.stale = mean, 0
            self.save("best.pt")


def _share_gradients(network: LineNetwork, workers: int) -> None:
    gradients = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]
    together = torch.cat([gradient.reshape(-1) for gradient in gradients])
    distributed.all_reduce(together)
    together /= workers
    for gradient, mean in zip(
        gradients, together.split([gradient.numel() for gradient in gradients]), strict=True
    ):
        gradient.copy_(mean.view_as(gradient))


def ctc(network: LineNetwork, batch: Batch, device: torch.device) -> Tensor:
    """CTC loss per character; steps of padding are left out."""
    scores = forward(network, batch.pixels, device)
    steps = torch.from_numpy(np.minimum(-(-batch.widths // 4) + 2, scores.shape[0]))
    losses = nn.functional.ctc_loss(
        scores,
        torch.from_numpy(batch.labels),
        steps,
        torch.from_numpy(batch.lengths),
        reduction="sum",
        zero_infinity=True,
    )
    return losses / int(batch.lengths.sum())


def forward(network: nn.Module, pixels: NDArray[np.uint8], device: torch.device) -> Tensor:
    ink = torch.from_numpy(pixels).to(device).unsqueeze(1)
    ink = (1 - ink.float() / 255).contiguous(memory_format=torch.channels_last)
    with torch.autocast(device.type, torch.bfloat16, enabled=fast_in_half(device)):
        scores: Tensor = network(ink)
    return scores


@functools.cache
def fast_in_half(device: torch.device) -> bool:
    """Whether bfloat16 is faster here than float32: on CPUs that only imitate it, it is ten times slower."""
    if device.type != "cpu":
        return True
    left = torch.ones(256, 256)

    def seconds(matrix: Tensor) -> float:
        times = []
        for _ in range(6):
            began = time.perf_counter()
            torch.mm(matrix, matrix)
            times.append(time.perf_counter() - began)
        return min(times)

    return seconds(left.bfloat16()) < seconds(left)


@torch.no_grad()
def evaluate(network: LineNetwork, lines: LineSet, batch: int = 16) -> tuple[Score, list[str]]:
    """Greedy reading of all lines: the score and the texts in their order."""
    alphabet, read = Alphabet(), [""] * len(lines)
    device = next(network.parameters()).device
    network.eval()
    order = np.argsort(lines.widths, kind="stable")
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        widest = int(lines.widths[chosen].max())
        samples = [(lines.line(int(i)), [0]) for i in chosen]
        padded = pad(samples, -(-widest // 64) * 64)
        best = forward(network, padded.pixels, device).argmax(-1).T.cpu().numpy()
        for row, index in enumerate(chosen):
            steps = best[row, : -(-padded.widths[row] // 4) + 2]
            kept = steps[np.flatnonzero(np.diff(steps, prepend=-1))]
            read[index] = alphabet.decode([int(n) for n in kept if n]).strip()
    return score(lines.texts, read), read
