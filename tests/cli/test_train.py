"""feuillet train handwriting"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import train
from services.train import Trained
from store.hands import HandFacts, HandStore
from store.workspace import Workspace
from tests.conftest import Feuillet
from tests.desk_builders import BIRTHS

DONE = Trained(BIRTHS, True, "0123456789ab", 147, 240, 6, 81, 48, 0.267, 0.068, 0.03, 0.34)


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Trained | BaseException]]:
    """What training comes to, without training."""
    outcomes: list[Trained | BaseException] = []

    def give(*_: object, watch: train.Watch, **__: object) -> Trained:
        watch("26.7 % of held-out characters misread", 0.5)
        if isinstance(outcomes[0], BaseException):
            raise outcomes[0]
        return outcomes[0]

    monkeypatch.setattr(train, "train_hand", give)
    yield outcomes


def _train(feuillet: Feuillet, *arguments: object) -> tuple[int, str, str]:
    done = feuillet("train", "handwriting", "--register", *map(str, arguments))
    return done.returncode, done.stdout, done.stderr


def test_it_says_what_was_won(feuillet: Feuillet, built: Path, trained: list[Trained]) -> None:
    trained.append(DONE)
    status, said, progress = _train(feuillet, BIRTHS, "--workspace", built)
    assert (status, said.splitlines()) == (
        0,
        [
            "valbrune/naissances: 147 rows, 240 cells to learn from and 81 others that it became sure of;"
            " 6 could not be made out",
            "48 cells held out: 26.7 % of their characters misread before, 6.8 % after; 3.0 % read without a"
            " mistake before, 34.0 % after",
            "kept as 0123456789ab: feuillet digitize PATH --again outdated reads the register with it",
        ],
    )
    assert " 50 %" in progress and "26.7 % of held-out" in progress


def test_without_rows_it_says_what_cells_it_learnt_from(
    feuillet: Feuillet, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def give(*_: object, from_readings: bool, **__: object) -> Trained:
        asked.append(from_readings)
        return Trained(BIRTHS, True, "0123456789ab", 0, 74, 0, 388, 18, 0.134, 0.109, 0.257, 0.316)

    monkeypatch.setattr(train, "train_hand", give)
    status, said, _ = _train(feuillet, BIRTHS, "--from-readings", "--workspace", built)
    assert (status, asked) == (0, [True])
    assert said.startswith("valbrune/naissances: 74 cells to learn from and 388 others")
    status, _, said = _train(feuillet, BIRTHS, "--from-readings", "--forget", "--workspace", built)
    assert status == 2 and "choose one" in said


def test_it_says_when_nothing_was_won(feuillet: Feuillet, built: Path, trained: list[Trained]) -> None:
    trained.append(Trained(BIRTHS, False, "", 40, 60, 0, 0, 20, 0.2, 0.2, 0.1, 0.1))
    status, said, _ = _train(feuillet, BIRTHS, "--workspace", built)
    assert status == 0 and said.splitlines()[-1].startswith("not kept: ")


def test_machines_are_told_as_json(feuillet: Feuillet, built: Path, trained: list[Trained]) -> None:
    trained.append(DONE)
    status, said, _ = _train(feuillet, BIRTHS, "--workspace", built, "--json")
    assert status == 0
    assert json.loads(said) | {"kept": True, "cer_before": 0.267, "cer_after": 0.068} == json.loads(said)


def test_an_interrupted_training_says_that_nothing_has_changed(
    feuillet: Feuillet, built: Path, trained: list[BaseException]
) -> None:
    trained.append(KeyboardInterrupt())
    status, said, complained = _train(feuillet, BIRTHS, "--workspace", built)
    assert (status, said) == (130, "")
    assert f"interrupted; {BIRTHS} is read as before" in complained


@pytest.mark.parametrize(
    ("name", "missing", "status", "words"),
    [
        ("nope", None, 2, "there is no register nope"),
        (BIRTHS, None, 2, "is handwriting"),
        (BIRTHS, "torch", 4, "pip install torch"),
    ],
)
def test_what_stands_in_the_way_is_one_line(  # noqa: PLR0917
    feuillet: Feuillet,
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    missing: str | None,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(train, "find_spec", lambda module: None if module == missing else object())
    found, said, complained = _train(feuillet, name, "--workspace", built)
    assert (found, said) == (status, "")
    assert complained.count("\n") == 1 and words in complained


def test_no_catalogue_is_said(feuillet: Feuillet, tmp_path: Path) -> None:
    status, _, complained = _train(feuillet, "a", "--workspace", tmp_path / "nothing")
    assert status == 3 and "there is no catalogue" in complained


def test_a_model_is_shown_and_forgotten(feuillet: Feuillet, workspace: Path) -> None:
    assert "no model of its own" in _train(feuillet, BIRTHS, "--forget", "--workspace", workspace)[1]
    hands = HandStore(Workspace(workspace))
    facts = HandFacts(147, 240, 81, 48, 0.267, 0.068, 0.03, 0.34, "older", "1999-12-31T23:59:59Z")
    with hands.making(BIRTHS) as folder:
        (folder / "model").mkdir()
        (folder / "model" / "model.onnx").write_bytes(b"")
        hands.keep(BIRTHS, folder / "model", "0123456789ab", facts)
    shown = feuillet("registers", "show", BIRTHS, "--workspace", workspace).stdout
    assert "its handwriting is read with its own model 0123456789ab, made 1999-12-31 from 147 rows" in shown
    assert "26.7 % of the characters were misread before, 6.8 % after; another model ships now" in shown
    details = json.loads(feuillet("registers", "show", BIRTHS, "--json", "--workspace", workspace).stdout)
    assert details["own_hand"]["facts"]["rows"] == 147
    assert "shipped model again" in _train(feuillet, BIRTHS, "--forget", "--workspace", workspace)[1]
    assert "own model" not in feuillet("registers", "show", BIRTHS, "--workspace", workspace).stdout
    assert _train(feuillet, "nope", "--forget", "--workspace", workspace)[0] == 2
