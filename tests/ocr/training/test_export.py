"""From a checkpoint to the folder that ships, all of the way or a share of it."""

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra `training` is not installed")

from ocr.training import export  # noqa: E402
from ocr.training.export import CALIBRATED_ON, load_weights, write_folder  # noqa: E402
from ocr.training.network import LineNetwork  # noqa: E402
from tests.ocr.training.test_trainer import SMALL, bars  # noqa: E402

HALF = 1e-3
"""What weights differ by once they are kept in half precision."""


@pytest.fixture
def checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a training that went on from the model in the folder `base` beside it."""
    lines = bars()
    monkeypatch.setattr(export, "held_out_sets", lambda *_: {CALIBRATED_ON: lines, "unseen_hand": lines})
    torch.manual_seed(1)
    write_folder(LineNetwork(SMALL), tmp_path / "base", {"minutes": 100.0, "steps": 10, "lines_seen": 500})
    state = {
        "averaged": LineNetwork(SMALL).state_dict(),
        "config": SMALL.as_dict(),
        "elapsed": 90.0,
        "steps": 7,
        "seen": 64,
    }
    torch.save(state, tmp_path / "best.pt")
    return tmp_path / "best.pt"


def _export(checkpoint: Path, *given: str) -> Path:
    out = checkpoint.parent / "out"
    cache = str(checkpoint.parent / "cache")
    export.main(["--checkpoint", str(checkpoint), "--cache", cache, "--out", str(out), *given])
    return out


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_share_of_the_way_from_the_old_weights_to_the_new(checkpoint: Path, share: float) -> None:
    base = checkpoint.parent / "base"
    out = _export(checkpoint, "--base", str(base), "--share", str(share))
    old, new = load_weights(base)[1], torch.load(checkpoint, weights_only=True)["averaged"]
    made = load_weights(out)[1]
    assert made.keys() == new.keys()
    for name, value in made.items():
        if value.dtype.is_floating_point:
            wanted = old[name] + share * (new[name] - old[name])
            assert torch.allclose(value, wanted, rtol=HALF, atol=HALF), name
    config = json.loads((out / "config.json").read_text("utf-8"))
    assert config["training"] == {"minutes": 101.5, "steps": 17, "lines_seen": 564}


def test_without_a_base_it_goes_all_of_the_way(checkpoint: Path) -> None:
    out = _export(checkpoint)
    new = torch.load(checkpoint, weights_only=True)["averaged"]
    made = load_weights(out)[1]
    assert all(
        torch.allclose(made[name], new[name].to(made[name].dtype), rtol=HALF, atol=HALF) for name in made
    )
    config = json.loads((out / "config.json").read_text("utf-8"))
    assert config["training"] == {"minutes": 1.5, "steps": 7, "lines_seen": 64}
    metrics = json.loads((out / "metrics.json").read_text("utf-8"))
    assert {name: found["lines"] for name, found in metrics.items()} == {CALIBRATED_ON: 12, "unseen_hand": 12}
