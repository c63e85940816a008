"""A register's own hand: the shipped model of handwriting adapted to it, kept with it, forgotten again.

People correct, check or transcribe fifty to two hundred rows; from their cells, and from others that it
becomes sure of, the model learns the hand. What is kept has read cells better that it had not learnt from.
Whoever reads the register from then on reads with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from registers.errors import MissingProgramError, UsageError
from registers.settings import Settings
from services.material import LEAST_ROWS, Material, cut, material_of, spread
from store.catalogue import Catalogue
from store.clock import now
from store.hands import HandFacts, HandStore
from store.workspace import Workspace

if TYPE_CHECKING:
    from ocr.handwriting.recogniser import Recogniser
    from ocr.training.adapt import Adaptation, Transcribed
    from services.guess import Guesser

_NEEDED = ("torch", "onnx", "safetensors")

Watch = Callable[[str, float], None]
"""Told what is being done, in words, and the share of the whole that is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What adapting came to; shares of held-out characters misread, and of lines read without a mistake.

    `rows` are those that people vouched for, `lines` their cells that were trained on, and sure dates of
    other rows where these were asked for; `dropped` cells on which none of the forms of the value could be
    made out, `guessed` other cells that the model became sure of, none of which is held out. `cer_own` is
    what the register's own model misread of the same characters, where it had one already.
    """

    register_id: str
    kept: bool
    version: str
    rows: int
    lines: int
    dropped: int
    guessed: int
    held_out: int
    cer_before: float
    cer_after: float
    exact_before: float
    exact_after: float
    cer_own: float | None = None


@dataclass(frozen=True, slots=True)
class OwnHand:
    """A register's own model and what was measured when it was made; `letters_only`: the shipped one with the
    letters of its hand; `outdated`: from a model that shipped before the one that ships now."""

    version: str
    facts: HandFacts
    letters_only: bool
    outdated: bool


def train_hand(
    settings: Settings,
    catalogue: Catalogue,
    register_id: str,
    *,
    minutes: float,
    watch: Watch,
    from_readings: bool = False,
) -> Trained:
    """Adapt the shipped model to a register and keep what reads held-out cells better, than it and than the
    model that the register has.

    `from_readings`: dates that reading is sure of are learnt from and judged by as well, so that no row need
    be vouched for.

    Raises NotFoundError for an unknown register, MissingProgramError without the extra `training`,
    UsageError where there is no handwriting or where too few rows were vouched for, StoreBusyError while
    another training runs in the workspace. Interrupted, it leaves everything as it was.
    """
    catalogue.registers.get(register_id)
    require_training()
    workspace = Workspace.of(settings.store)
    hands = HandStore(workspace)
    with workspace.lock("train"), hands.making(register_id) as folder:
        material = material_of(catalogue, register_id, 0 if from_readings else LEAST_ROWS)
        watch("reading the rows that people vouched for", 0.0)
        own = _own_recogniser(hands, register_id)
        lines, dropped = _lines(material, settings, own)
        guesser, sure = _guesser(material, settings, from_readings=from_readings)
        models = (folder / "model", own)
        found = _adapt([*lines, *sure], models, guesser, minutes=minutes, watch=watch)
        trained = _trained(register_id, material, found, dropped)
        if found.folder is not None:
            catalogue.registers.get(register_id)
            hands.keep(register_id, found.folder, found.version, _facts(trained, found.base))
    return trained


def forget_hand(settings: Settings, catalogue: Catalogue, register_id: str) -> bool:
    """Read a register with the shipped model again; False where it had none of its own.

    Raises NotFoundError for an unknown register, StoreBusyError while pages are read.
    """
    catalogue.registers.get(register_id)
    workspace = Workspace.of(settings.store)
    with workspace.lock("train"), workspace.lock():
        return HandStore(workspace).forget(register_id)


def own_hand(settings: Settings, register_id: str) -> OwnHand | None:
    """The model of a register's own, or its letters, where it has some."""
    from ocr.handwriting.recogniser import SHIPPED

    hand = HandStore(Workspace.of(settings.store)).current(register_id)
    if hand is None:
        return None
    shipped = json.loads((SHIPPED / "config.json").read_text(encoding="utf-8"))["version"]
    outdated = hand.facts.base != shipped
    return OwnHand(hand.version, hand.facts, letters_only=hand.letters_only, outdated=outdated)


def require_training() -> None:
    """Raise MissingProgramError unless what training needs is installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingProgramError(
            f"training needs {', '.join(missing)}: not installed",
            advice=f"install the extra `training` beside feuillet: .venv/bin/pip install {' '.join(missing)}",
        )


def _own_recogniser(hands: HandStore, register_id: str) -> Recogniser | None:
    """The model that the register has; None where it has none, or one that cannot be loaded."""
    from ocr.handwriting.recogniser import Recogniser

    hand = hands.current(register_id)
    try:
        return None if hand is None else Recogniser(hand.folder)
    except MissingProgramError:
        return None


def _lines(material: Material, settings: Settings, own: Recogniser | None) -> tuple[list[Transcribed], int]:
    """The lines that people vouched for with the text that each shows, and how many show none of theirs."""
    from ocr.handwriting.recogniser import Recogniser
    from ocr.training.adapt import Transcribed
    from ocr.training.labels import choose

    recogniser = own or Recogniser()
    forms = {id(cell): offered for cell, offered in material.vouched}
    found = list(cut([cell for cell, _ in material.vouched], settings))
    labels = choose(
        recogniser.score([pixels for _, pixels in found]),
        [forms[id(cell)] for cell, _ in found],
        recogniser.alphabet,
    )
    lines = [
        Transcribed(pixels, label.text, cell.page_id, cell.entry_id)
        for (cell, pixels), label in zip(found, labels, strict=True)
        if label is not None
    ]
    return lines, len(found) - len(lines)


def _guesser(
    material: Material, settings: Settings, *, from_readings: bool
) -> tuple[Guesser, list[Transcribed]]:
    """What reads the cells that nobody vouched for, and those of them that are learnt from and judged by like
    the others: dates that reading is sure of, where these are asked for. Surnames follow once the model has
    learnt from them (services/guess.py)."""
    from ocr.training.adapt import Transcribed
    from services.guess import Guesser
    from services.redecode import is_sure_date

    others = [*cut(spread(material.others), settings)]
    sure = [line for line in others if from_readings and is_sure_date(line[0])]
    lines = [Transcribed(pixels, hand.cell.text, hand.page_id, hand.entry_id) for hand, pixels in sure]
    return Guesser(others, alphabetical=material.alphabetical, learnt=sure), lines


def _adapt(
    lines: Sequence[Transcribed],
    models: tuple[Path, Recogniser | None],
    guesser: Guesser,
    *,
    minutes: float,
    watch: Watch,
) -> Adaptation:
    """`models`: the folder for the new one, and the register's own that it has to be better than."""
    from ocr.training.adapt import LEAST_LINES, adapt

    if len(lines) < LEAST_LINES:
        raise UsageError(
            f"only {len(lines)} cells to learn from can be made out on the scans",
            advice="are the scans where they were? Correct some rows, or transcribe what is written in them",
        )

    def told(share: float, misread: float) -> None:
        watch(f"{100 * misread:.1f} % of held-out characters misread", share)

    out, own = models
    return adapt(lines, out, rival=own, minutes=minutes, guess=guesser, watch=told)


def _trained(register_id: str, material: Material, found: Adaptation, dropped: int) -> Trained:
    return Trained(
        register_id,
        kept=found.kept,
        version=found.version if found.kept else "",
        rows=material.rows,
        lines=found.lines,
        dropped=dropped,
        guessed=found.guessed,
        held_out=found.held_out,
        cer_before=round(found.before.cer, 4),
        cer_after=round(found.after.cer, 4),
        exact_before=round(found.before.exact, 4),
        exact_after=round(found.after.exact, 4),
        cer_own=None if found.rival is None else round(found.rival.cer, 4),
    )


def _facts(trained: Trained, base: str) -> HandFacts:
    return HandFacts(
        rows=trained.rows,
        lines=trained.lines,
        guessed=trained.guessed,
        held_out=trained.held_out,
        cer_before=trained.cer_before,
        cer_after=trained.cer_after,
        exact_before=trained.exact_before,
        exact_after=trained.exact_after,
        base=base,
        made_at=now(),
    )
