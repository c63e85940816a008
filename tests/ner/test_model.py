"""The pipeline for lines that rules can't split, as it ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.lines import real_lines, share_of_real_cells
from ner import model
from ner.model import Pipeline, letter_spans, load_pipeline, model_version, split_lines
from ner.spans import Label
from ner.training.recipes import RECIPES
from registers.errors import MissingProgramError

FLOORS = {
    Pipeline.TABLE_LINES: {"noise_0.00": 0.99, "noise_0.04": 0.97, "noise_0.10": 0.94},
    Pipeline.LETTERS: {"noise_0.00": 0.97, "noise_0.02": 0.96},
}
TOLERANCE = 0.015
"""What a smaller sample of the same kind may differ by."""


def found(text: str) -> dict[str, str]:
    (line,) = split_lines((text,))
    return {span.label.value: span.text for span in line.spans}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOUCET,Eddie 12 mai 1884", {"SURNAME": "DOUCET", "GIVEN_NAMES": "Eddie", "DATE": "12 mai 1884"}),
        ("Pairet - Marie Louise", {"SURNAME": "Pairet", "GIVEN_NAMES": "Marie Louise"}),
        ("d° Georges 19 xbre 90", {"SURNAME": "d°", "GIVEN_NAMES": "Georges", "DATE": "19 xbre 90"}),
        (
            "n° 47 Lenoir Paul et Garnier Jeanne 3 9bre 1901",
            {
                "ACT_NUMBER": "47",
                "SURNAME": "Lenoir",
                "GIVEN_NAMES": "Paul",
                "SPOUSE_SURNAME": "Garnier",
                "SPOUSE_GIVEN_NAMES": "Jeanne",
                "DATE": "3 9bre 1901",
            },
        ),
        (
            "Bouvard Jules légitimé Pichon 21 germinal an XI",
            {
                "SURNAME": "Bouvard",
                "GIVEN_NAMES": "Jules",
                "REMARK": "légitimé Pichon",
                "DATE": "21 germinal an XI",
            },
        ),
    ],
)
def test_a_line_is_split(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


def test_a_batch_is_split_as_its_lines_are() -> None:
    texts = ("Roux Anne 2 juin 1850", "", "id. Louis 12 id 92")
    assert split_lines(texts) == tuple(line for text in texts for line in split_lines((text,)))


def test_the_first_span_of_a_label() -> None:
    (line,) = split_lines(("Roux Anne 2 juin 1850",))
    assert line.first(Label.SURNAME) == "Roux"
    assert line.first(Label.ACT_NUMBER) == ""


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_spans_lie_in_their_text_and_never_overlap(text: str) -> None:
    for line in (*split_lines((text,)), letter_spans(text)):
        reached = 0
        for span in line.spans:
            assert reached <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
            reached = span.end


@pytest.mark.parametrize("name", list(Pipeline))
def test_the_metrics_that_ship_are_those_of_the_pipeline(name: Pipeline) -> None:
    shipped = json.loads((model.MODELS_FOLDER / name.value / "metrics.json").read_text(encoding="utf-8"))
    measured = RECIPES[name].measure(load_pipeline(name), count=500 if name is Pipeline.TABLE_LINES else 150)
    for noise, floor in FLOORS[name].items():
        assert shipped[noise]["f1"] >= floor
        assert measured[noise]["f1"] == pytest.approx(shipped[noise]["f1"], abs=TOLERANCE)


def test_real_cells_are_labelled(shared_data: Path) -> None:
    lines = real_lines(shared_data / "text" / "tables_decennales_cells.tsv")
    assert sum(len(line.cells) for line in lines) >= 400
    assert share_of_real_cells(lines) >= 0.97


def test_the_pipelines_are_small_enough_to_ship() -> None:
    folders = [model.MODELS_FOLDER / pipeline for pipeline in Pipeline]
    sizes = [path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert 0 < sum(sizes) < 8 * 2**20


def test_a_missing_pipeline_says_how_to_train_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MODELS_FOLDER", tmp_path)
    with pytest.raises(MissingProgramError, match=r"python -m ner\.training"):
        model_version()


def test_the_version_is_that_of_the_files() -> None:
    assert len(model_version()) == 12
    assert model_version() == model_version()
