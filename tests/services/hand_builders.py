"""A register that looks as if written by hand, really read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2

from ocr.handwriting.recogniser import SHIPPED
from registers.settings import BatchSettings, ReadSettings, Settings, StoreSettings
from services.bench import Bench
from services.digitize import digitize
from services.read import read_chunk
from services.report import BatchReport
from services.understand import understand_register
from store.hands import HandFacts, HandStore
from store.kept import Again
from store.workspace import Workspace
from tests.ocr.test_written_grid import form, write

REGISTER = "carel"
ROWS = 20
TOML = 'kinds = ["birth"]\nfrom = 1900\nto = 1969\nscript = "handwriting"\ncolumns = ["full_name", "date"]\n'
FACTS = HandFacts(40, 60, 0, 20, 0.3, 0.1, 0.1, 0.5, "older", "1999-12-31T23:59:59Z")


def draw(folder: Path, pages: int = 2) -> Path:
    """The scans of the register, in a folder of its name."""
    home = folder / REGISTER
    home.mkdir(parents=True)
    (home / "register.toml").write_text(TOML, encoding="utf-8")
    for page in range(pages):
        pixels = form()
        for number in range(ROWS):
            write(pixels, page * ROWS + number, 190 + 62 * number)
        cv2.imwrite(str(home / f"p{page + 1:03d}.png"), pixels)
    return home


def settings_in(folder: Path, engine: str = "handwriting") -> Settings:
    return Settings(
        read=ReadSettings(engine=engine, settle_seconds=0, page_seconds=900),
        batch=BatchSettings(jobs=1),
        store=StoreSettings(workspace=str(folder / "workspace")),
    )


def read_all(home: Path, settings: Settings, again: Again | None = None) -> BatchReport:
    """What `feuillet digitize` does, without Prefect."""
    return digitize([home], settings, _runner, again=again)


def _runner() -> Callable[[Bench], None]:
    return _run


def _run(bench: Bench) -> None:
    for plan in bench.sound_plans:
        for chunk in range(len(plan.chunks)):
            read_chunk(bench, plan.register.id, chunk, last_try=True)
        understand_register(bench.catalogue, plan.register.id)


def keep_hand(settings: Settings, version: str = "0123456789ab") -> None:
    """The shipped model under another version, as the register's own."""
    hands = HandStore(Workspace.of(settings.store))
    with hands.making(REGISTER) as folder:
        made = folder / "model"
        made.mkdir()
        shutil.copy(SHIPPED / "model.onnx", made)
        config = json.loads((SHIPPED / "config.json").read_text("utf-8")) | {"version": version}
        (made / "config.json").write_text(json.dumps(config), "utf-8")
        hands.keep(REGISTER, made, version, FACTS)
