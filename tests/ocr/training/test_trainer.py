from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.handwriting.alphabet import Alphabet  # noqa: E402
from ocr.handwriting.lines import HEIGHT  # noqa: E402
from ocr.handwriting.recogniser import Recogniser  # noqa: E402
from ocr.training.batches import Batches  # noqa: E402
from ocr.training.data import LineSet, collect  # noqa: E402
from ocr.training.export import load_weights, write_folder  # noqa: E402
from ocr.training.network import LineNetwork, NetworkConfig  # noqa: E402
from ocr.training.trainer import Plan, Trainer, evaluate  # noqa: E402

SMALL = NetworkConfig(Alphabet().size, channels=(4, 8, 8, 8), features=16, context=1, hidden=12)


def bars() -> LineSet:
    random = np.random.default_rng(0)

    def made() -> Iterator[tuple[np.ndarray, str, str]]:
        for _ in range(12):
            line = np.full((HEIGHT, 120), 255, np.uint8)
            line[:, 20:100:20] = random.integers(0, 80)
            yield line, "1111", "made/page"

    return collect(made())


def test_the_rate_ends_annealed() -> None:
    plan = Plan(60)
    assert plan.rate(0.0) < plan.rate(plan.warm_up)
    assert plan.rate(plan.warm_up) == pytest.approx(plan.peak)
    assert plan.rate(1.0) == pytest.approx(plan.floor)
    assert plan.rate(2.0) == pytest.approx(plan.floor)


def test_training_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    trainer = Trainer(tmp_path, Plan(0.05), SMALL)
    trainer.run(Batches(bars(), 1, {"made": 1.0}), {"bars": bars()})
    assert trainer.steps > 0
    again = Trainer(tmp_path, Plan(0.05), SMALL)
    assert again.resume()
    assert (again.steps, again.seen) == (trainer.steps, trainer.seen)
    for name, value in trainer.averaged.state_dict().items():
        assert torch.equal(value, again.averaged.state_dict()[name])
    assert (tmp_path / "metrics.jsonl").read_text().count("\n") >= 1


def test_out_of_patience_it_keeps_where_it_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Trainer, "check", _no_better)
    trainer = Trainer(tmp_path, Plan(60, evaluate_every=0), SMALL)
    trainer.run(Batches(bars(), 1, {"made": 1.0}), {}, patience=3)
    again = Trainer(tmp_path, Plan(60), SMALL)
    assert again.resume() and again.steps == trainer.steps == 3


def test_all_workers_stop_at_one_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Worker 1 hears what worker 0 has said, one after the other instead of side by side."""
    said: list[Any] = []
    heard = iter(said)
    monkeypatch.setattr(Trainer, "check", _no_better)
    monkeypatch.setattr("ocr.training.trainer._share_gradients", lambda *_: None)

    def steps_of(rank: int, broadcast: Callable[[Any, int], object]) -> int:
        monkeypatch.setattr("torch.distributed.broadcast", broadcast)
        worker = Trainer(tmp_path, Plan(60, workers=2, evaluate_every=0), SMALL, rank)
        worker.run(Batches(bars(), rank, {"made": 1.0}), {}, patience=3)
        return worker.steps

    assert steps_of(0, lambda shared, _: said.append(shared.clone())) == 3
    assert steps_of(1, lambda shared, _: shared.copy_(next(heard))) == 3


def _no_better(trainer: Trainer, _checks: object) -> None:
    trainer.stale += 1


def test_the_shipped_form_reads_like_the_network(tmp_path: Path) -> None:
    network = LineNetwork(SMALL).eval()
    write_folder(network, tmp_path, {})
    recogniser = Recogniser(tmp_path)
    lines = bars()
    (scores,) = recogniser.score_prepared([lines.line(0)])
    with torch.no_grad():
        ink = 1 - torch.from_numpy(np.pad(lines.line(0), ((0, 0), (0, 8)), constant_values=255)) / 255.0
        expected = network(ink[None, None].float())[: len(scores), 0].numpy()
    assert np.abs(scores - expected).max() < 1e-3
    config, weights = load_weights(tmp_path)
    assert config == SMALL
    LineNetwork(config).load_state_dict(weights)


def test_evaluation_keeps_the_order_of_lines() -> None:
    lines = bars()
    found, texts = evaluate(LineNetwork(SMALL), lines)
    assert found.lines == len(texts) == len(lines)
