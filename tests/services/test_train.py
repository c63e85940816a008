"""A register's own hand: what it is learnt from, what is kept of it, who reads with it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ocr.engines import forget_engines
from ocr.handwriting.recogniser import SHIPPED, Recogniser
from registers.document import PageOutcome
from registers.entry import State
from registers.errors import MissingProgramError, NotFoundError, UsageError
from registers.knowledge import Holds
from registers.settings import Settings
from services import train
from services.correct import check
from services.desk import Desk, open_desk
from services.material import LEAST_ROWS, material_of
from services.remove import remove_register
from services.train import forget_hand, own_hand, train_hand
from services.transcriptions import keep_transcriptions
from store.hands import HandStore
from store.kept import Again
from store.workspace import Workspace
from tests.services.hand_builders import REGISTER, draw, keep_hand, read_all, settings_in

if TYPE_CHECKING:
    from ocr.training.adapt import Adaptation, Transcribed
    from services.guess import Guesser

needs_torch = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("torch", "onnx", "safetensors")),
    reason="the extra `training` is not installed",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scans and with a workspace in which they were read."""
    folder = tmp_path_factory.mktemp("hand")
    report = read_all(draw(folder), settings_in(folder))
    assert report.exit_code == 0
    assert report.registers[0].rows == 40
    return folder


@pytest.fixture
def settings(written: Path, tmp_path: Path) -> Settings:
    """Of a workspace that the test may change."""
    shutil.copytree(written / "workspace", tmp_path / "workspace")
    return settings_in(tmp_path)


def _vouch(desk: Desk, rows: int) -> None:
    entries = [*desk.catalogue.entries.of_register(REGISTER)][:rows]
    for stored in entries:
        check(desk, stored.entry.id, "Anne", stored.version)


def _engines(settings: Settings) -> set[str]:
    with open_desk(settings) as desk:
        return {page.page.engine for page in desk.catalogue.pages.pages_of(REGISTER)}


def test_rows_that_people_vouched_for_are_what_it_learns_from(settings: Settings) -> None:
    with open_desk(settings) as desk:
        _vouch(desk, LEAST_ROWS)
        found = material_of(desk.catalogue, REGISTER)
    assert found.rows == LEAST_ROWS
    assert len({hand.entry_id for hand in found.others} & {hand.entry_id for hand, _ in found.vouched}) == 0
    assert len({hand.entry_id for hand in found.others}) == 40 - LEAST_ROWS
    assert all(forms for _, forms in found.vouched)


def test_a_transcribed_row_needs_no_correction(settings: Settings) -> None:
    with open_desk(settings) as desk:
        _vouch(desk, LEAST_ROWS - 1)
        last = [*desk.catalogue.entries.of_register(REGISTER)][-1].entry.id
        keep_transcriptions(desk.catalogue, REGISTER, {last: {Holds.FULL_NAME: "Casati Mie"}})
        found = material_of(desk.catalogue, REGISTER)
    assert (("Casati Mie", ""),) in [forms for _, forms in found.vouched]


def test_too_few_rows_are_said_with_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        train, "find_spec", lambda name: object()
    )  # rows are counted before torch is asked for
    with open_desk(settings) as desk:
        _vouch(desk, 2)
        with pytest.raises(UsageError, match=f"^2 handwritten rows of {REGISTER} .* {LEAST_ROWS}") as refused:
            train_hand(settings, desk.catalogue, REGISTER, minutes=1, watch=lambda *_: None)
    assert "feuillet transcribe export" in refused.value.advice
    assert [*(Path(settings.store.workspace) / "hands").glob("*")] == []


def test_print_has_no_hand(filled: Desk) -> None:
    with pytest.raises(UsageError, match="no page of naissances is handwriting"):
        material_of(filled.catalogue, "naissances")


def test_an_unknown_register_is_said(filled: Desk) -> None:
    for call in (
        lambda: train_hand(filled.settings, filled.catalogue, "nope", minutes=1, watch=lambda *_: None),
        lambda: forget_hand(filled.settings, filled.catalogue, "nope"),
    ):
        with pytest.raises(NotFoundError, match="nope"):
            call()


def test_without_torch_it_says_what_to_install(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "find_spec", lambda name: None if name == "torch" else object())
    with pytest.raises(MissingProgramError, match="needs torch") as refused:
        train_hand(filled.settings, filled.catalogue, "naissances", minutes=1, watch=lambda *_: None)
    assert refused.value.exit_code == 4
    assert refused.value.advice.endswith("pip install torch")


def test_the_register_is_read_with_its_own_model_until_it_is_forgotten(
    written: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written / REGISTER
    (shipped,) = _engines(settings)
    with open_desk(settings) as desk:
        _vouch(desk, 1)
        (first, *_) = desk.catalogue.entries.of_register(REGISTER)
    keep_hand(settings)
    learnt = read_all(home, settings).registers[0]
    assert (learnt.outdated, learnt.by_hand) == (2, 0)
    assert read_all(home, settings, Again.OUTDATED).scans_read == 2
    (own,) = _engines(settings)
    assert own.startswith("handwriting-0123456789ab-") and own != shipped
    with monkeypatch.context() as patched:  # nothing is loaded to find that there is nothing to do
        forget_engines()
        patched.setattr(Recogniser, "__post_init__", None)
        assert read_all(home, settings, Again.OUTDATED).scans_read == 0
    with open_desk(settings) as desk:
        now = desk.catalogue.entries.get(first.entry.id)
        assert (now.entry.state, now.entry.person) == (State.CHECKED, first.entry.person)
        assert forget_hand(settings, desk.catalogue, REGISTER)
        assert not forget_hand(settings, desk.catalogue, REGISTER)
    assert read_all(home, settings, Again.OUTDATED).scans_read == 2
    assert _engines(settings) == {shipped}


def test_an_own_model_is_trusted_where_the_choice_is_left_to_feuillet(
    written: Path, settings: Settings
) -> None:
    keep_hand(settings)
    auto = settings_in(Path(settings.store.workspace).parent, engine="auto")
    report = read_all(written / REGISTER, auto, Again.ALL)
    assert report.registers[0].outcomes == {PageOutcome.READ: 2}
    assert {engine.split("-")[1] for engine in _engines(settings)} == {"0123456789ab"}


@pytest.mark.parametrize(("name", "engine"), [("model.onnx", "handwriting"), ("config.json", "auto")])
def test_a_broken_model_of_its_own_gives_way_to_the_shipped_one(
    written: Path, settings: Settings, name: str, engine: str
) -> None:
    shipped = _engines(settings)
    keep_hand(settings)
    hand = HandStore(Workspace.of(settings.store)).current(REGISTER)
    assert hand is not None
    (hand.folder / name).write_bytes(b"")
    chosen = settings_in(Path(settings.store.workspace).parent, engine=engine)
    report = read_all(written / REGISTER, chosen, Again.ALL).registers[0]
    assert report.outcomes == {PageOutcome.READ: 2}
    (note,) = report.notes
    assert "cannot be loaded" in note and f"--register {REGISTER} --forget" in note
    assert _engines(settings) == shipped
    assert read_all(written / REGISTER, chosen, Again.OUTDATED).scans_read == 0


def test_what_is_known_of_a_model_is_shown(settings: Settings) -> None:
    assert own_hand(settings, REGISTER) is None
    keep_hand(settings)
    hand = own_hand(settings, REGISTER)
    assert hand is not None and hand.outdated and hand.facts.rows == 40


def test_a_removed_register_takes_its_model_along(settings: Settings) -> None:
    keep_hand(settings)
    with open_desk(settings) as desk:
        remove_register(desk, REGISTER)
    assert own_hand(settings, REGISTER) is None


@needs_torch
def test_without_a_row_it_learns_from_dates_that_reading_is_sure_of(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, _ = _learnt_from_readings(settings, monkeypatch)
    with open_desk(settings) as desk:
        read = {
            hand.cell.text: hand.cell.confidence
            for hand in material_of(desk.catalogue, REGISTER, 0).others
            if hand.holds is Holds.DATE
        }
    dates = [line.text for line in lines]
    assert dates and set(dates) <= read.keys()
    assert min(read[text] or 0.0 for text in dates) >= 0.8
    assert len(dates) <= sum((sure or 0.0) >= 0.8 for sure in read.values()) + 40 - len(read)


@needs_torch
def test_no_cell_that_may_judge_is_guessed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, guesser = _learnt_from_readings(settings, monkeypatch)
    guessed = guesser(SHIPPED, lambda: True)
    assert {line.row for line in guessed} and len(lines) > 20
    assert not {line.pixels.tobytes() for line in guessed} & {line.pixels.tobytes() for line in lines}


def _learnt_from_readings(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> tuple[Sequence[Transcribed], Guesser]:
    """What training without a row is given to learn from and judge by, and what guesses other cells."""
    given: list[tuple[Sequence[Transcribed], Guesser]] = []

    def adapted(lines: Sequence[Transcribed], _models: object, guesser: Guesser, **_: object) -> Adaptation:
        given.append((lines, guesser))
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "require_training", lambda: None)
    monkeypatch.setattr(train, "_adapt", adapted)
    with open_desk(settings) as desk, pytest.raises(KeyboardInterrupt):
        train_hand(settings, desk.catalogue, REGISTER, minutes=1, watch=lambda *_: None, from_readings=True)
    return given[0]


@needs_torch
@pytest.mark.slow
def test_what_reads_better_is_kept(settings: Settings) -> None:
    told: list[float] = []
    with open_desk(settings) as desk:
        _vouch(desk, 36)
        done = train_hand(
            settings, desk.catalogue, REGISTER, minutes=0.1, watch=lambda _, share: told.append(share)
        )
    assert done.rows == 36 and done.lines + done.held_out + done.dropped <= 72
    hand = own_hand(settings, REGISTER)
    assert (hand is not None) is done.kept
    if hand is not None:
        assert (hand.version, hand.outdated) == (done.version, False)
        assert done.cer_after < done.cer_before
        assert (HandStore(Workspace.of(settings.store)).current(REGISTER)) is not None
    assert told


@needs_torch
def test_an_interrupted_training_leaves_nothing(settings: Settings) -> None:
    def stop(_doing: str, _share: float) -> None:
        raise KeyboardInterrupt

    with open_desk(settings) as desk:
        _vouch(desk, LEAST_ROWS)
        with pytest.raises(KeyboardInterrupt):
            train_hand(settings, desk.catalogue, REGISTER, minutes=1, watch=stop)
    assert own_hand(settings, REGISTER) is None
    assert [*(Path(settings.store.workspace) / "hands").iterdir()] == []
