import hashlib
import json
import shutil
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from ocr.engines import engine_version, load_engine
from ocr.engines.handwriting import DECODER_VERSION, HandwritingEngine
from ocr.handwriting.alphabet import normalise
from ocr.handwriting.decode import Decoder
from ocr.handwriting.recogniser import LANGUAGE, SHIPPED, Recogniser
from ocr.training.data import UNSEEN_HANDS, read_lines
from ocr.training.metrics import score
from registers.errors import EngineError, MissingProgramError
from registers.geometry import Box
from registers.register import Script

CELL = Box(20, 20, 360, 50).to_quad()


@pytest.fixture(scope="module")
def engine() -> HandwritingEngine:
    return HandwritingEngine()


def page() -> np.ndarray:
    pixels = np.full((100, 420), 225, np.uint8)
    cv2.putText(pixels, "Marie", (40, 55), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.2, 60, 2)
    return pixels


def test_the_registry_gives_the_engine() -> None:
    assert isinstance(load_engine("handwriting"), HandwritingEngine)


def test_a_blank_cell_gives_an_empty_text(engine: HandwritingEngine) -> None:
    (cell,) = engine.read(
        np.full((100, 420), 225, np.uint8), [CELL], language="fra", script=Script.HANDWRITING
    )
    assert (cell.text, cell.confidence, cell.alternatives) == ("", 1.0, ())


def test_a_written_cell_gives_ranked_readings(engine: HandwritingEngine) -> None:
    first, second = engine.read(page(), [CELL, CELL], language="fra", script=Script.HANDWRITING)
    assert first == second
    assert first.text == first.alternatives[0].text
    assert first.raw_text
    assert first.changed_by == ("letters" if first.text != first.raw_text else "")
    scores = [alternative.score for alternative in first.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert len({alternative.text for alternative in first.alternatives}) == len(scores) > 1
    assert first.confidence is not None
    assert 0.0 <= first.confidence <= 1.0


def test_knowledge_must_match_the_cells(engine: HandwritingEngine) -> None:
    with pytest.raises(EngineError, match="1 of 2"):
        engine.read(page(), [CELL, CELL], language="fra", script=Script.HANDWRITING, knowledge=[None])


def test_a_missing_model_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingProgramError, match="training"):
        HandwritingEngine(tmp_path)


def test_the_model_comes_with_its_metrics_and_sources() -> None:
    config = json.loads((SHIPPED / "config.json").read_text("utf-8"))
    metrics = json.loads((SHIPPED / "metrics.json").read_text("utf-8"))
    sources = (SHIPPED / "SOURCES.md").read_text("utf-8")
    assert config["version"] in HandwritingEngine().version
    assert set(metrics) >= {"held_out", "unseen_hand", "unseen_register"}
    assert "CC-BY" in sources
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 20_000_000


def test_an_unseen_hand_is_read_about_as_well_as_the_metrics_say(shared_data: Path) -> None:
    """Every tenth line of a hand that was never trained on, without knowledge."""
    metrics = json.loads((SHIPPED / "metrics.json").read_text("utf-8"))
    tar = shared_data / "handwriting" / "lines-lectaurep.tar"
    unseen = (line for line in read_lines(tar) if line[2].startswith(UNSEEN_HANDS[0]))
    lines = list(islice(unseen, 0, None, 10))
    recogniser = Recogniser()
    decoder = Decoder(recogniser.alphabet, recogniser.calibration, recogniser.language)
    read = [cell.text for cell in decoder.decode_all(recogniser.score([pixels for pixels, _, _ in lines]))]
    found = score([normalise(text) for _, text, _ in lines], read)
    assert found.cer < metrics["unseen_hand"]["cer"] + 0.08


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.onnx", b""),
        ("model.onnx", b"cut off"),
        ("config.json", b"{"),
        ("config.json", b"{}"),
        ("language.npz", b""),
        ("language.npz", (SHIPPED / "language.npz").read_bytes()[:5000]),
    ],
)
def test_a_broken_model_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    for file in ("model.onnx", "config.json"):
        shutil.copy(SHIPPED / file, tmp_path)
    assert engine_version("handwriting", tmp_path) == HandwritingEngine(tmp_path).version
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MissingProgramError, match="cannot be loaded") as refused:
        HandwritingEngine(tmp_path)
    assert refused.value.advice


def test_another_model_of_letters_needs_another_version_of_the_decoder() -> None:
    digest = hashlib.sha256((SHIPPED / LANGUAGE).read_bytes()).hexdigest()[:12]
    assert (DECODER_VERSION, digest) == (6, "0f6eebbab51f"), "pages read before must become outdated"
