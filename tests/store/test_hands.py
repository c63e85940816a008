"""Models of registers' own hands in the workspace: whole or not there at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.hands import Hand, HandFacts, HandStore
from store.workspace import Workspace

FACTS = HandFacts(147, 240, 80, 48, 0.27, 0.07, 0.03, 0.34, "shipped", "1999-12-31T23:59:59Z")


@pytest.fixture
def hands(tmp_path: Path) -> HandStore:
    return HandStore(Workspace(tmp_path / "workspace"))


def _keep(hands: HandStore, register_id: str, version: str, facts: HandFacts = FACTS) -> Hand:
    with hands.making(register_id) as folder:
        made = folder / "model"
        made.mkdir()
        (made / "model.onnx").write_bytes(version.encode())
        return hands.keep(register_id, made, version, facts)


def test_a_model_that_was_kept_is_found_with_its_facts(hands: HandStore) -> None:
    assert hands.current("a/b") is None
    kept = _keep(hands, "a/b", "v1")
    assert hands.current("a/b") == kept == Hand("v1", kept.folder, FACTS)
    assert (kept.folder / "model.onnx").read_bytes() == b"v1"
    assert hands.current("a") is None


@pytest.mark.parametrize("register_id", ["../outside", "é" * 300, "A", "/", ".", "tab\tname", "\udce9"])
def test_any_id_has_a_place_inside_the_workspace(hands: HandStore, register_id: str, tmp_path: Path) -> None:
    kept = _keep(hands, register_id, "v1")
    assert kept.folder.resolve().is_relative_to(tmp_path / "workspace" / "hands")


def test_ids_that_differ_by_capitals_have_places_of_their_own(hands: HandStore) -> None:
    assert (
        _keep(hands, "a", "v1").folder.parent.name.lower()
        != _keep(hands, "A", "v1").folder.parent.name.lower()
    )


def test_the_version_before_stays_for_those_who_read_with_it(hands: HandStore) -> None:
    first, second = _keep(hands, "a", "v1"), _keep(hands, "a", "v2")
    assert first.folder.exists()
    third = _keep(hands, "a", "v3", replace(FACTS, rows=200))
    assert not first.folder.exists() and second.folder.exists()
    assert hands.current("a") == third


def test_the_same_version_may_be_kept_again(hands: HandStore) -> None:
    _keep(hands, "a", "v1")
    _keep(hands, "a", "v1", replace(FACTS, rows=1))
    found = hands.current("a")
    assert found is not None and found.facts.rows == 1


def test_what_ends_early_leaves_nothing(hands: HandStore, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), hands.making("a") as folder:
        (folder / "model").mkdir()
        raise KeyboardInterrupt
    assert [*(tmp_path / "workspace" / "hands").iterdir()] == []
    assert hands.current("a") is None


def test_what_a_killed_run_left_is_cleared_away_by_the_next(hands: HandStore) -> None:
    home = _keep(hands, "a", "v1").folder.parent
    (home / ".part-left").mkdir()
    _keep(hands, "a", "v2")
    assert not (home / ".part-left").exists()


def test_a_model_that_is_not_whole_is_none(hands: HandStore) -> None:
    kept = _keep(hands, "a", "v1")
    (kept.folder / "hand.json").write_text("{}")
    assert hands.current("a") is None
    kept = _keep(hands, "a", "v1")
    (kept.folder / "model.onnx").unlink()
    assert hands.current("a") is None


def test_a_model_is_forgotten_once(hands: HandStore, tmp_path: Path) -> None:
    _keep(hands, "a", "v1")
    assert hands.forget("a")
    assert not hands.forget("a")
    assert [*(tmp_path / "workspace" / "hands").iterdir()] == []


def test_a_register_that_is_removed_meanwhile_is_no_mishap(hands: HandStore) -> None:
    with hands.making("a"):
        assert hands.forget("a")
    assert hands.current("a") is None
