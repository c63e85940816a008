"""Models adapted to registers' hands, kept in the workspace beside the catalogue.

hands/REGISTER/VERSION/   a whole model, or letters for the shipped one, with hand.json, what was measured
hands/REGISTER/current    the version that reading uses

A version is written apart and renamed when it is whole; only then the name in `current` changes, so that
whoever reads finds the old model or the new one. The version before stays for readers that have begun.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from registers.errors import StoreError
from store import codec
from store.workspace import Workspace, file_errors

_CURRENT = "current"
_FACTS = "hand.json"
_MODEL = "model.onnx"
_LETTERS = "letters.npz"
_UNFINISHED = ".part-"
_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class HandFacts:
    """How a model was adapted, and what that did to rows that it was not adapted to.

    `rows` are those that people had vouched for, `lines` their cells that were trained on, or dates that
    reading was sure of, `guessed` other cells that the model was sure of, `held_out` the cells it was judged
    by. Shares of characters misread (`cer`) and of lines read without a mistake (`exact`) are fractions.
    `base` is the version of the model that it was adapted from.
    """

    rows: int
    lines: int
    guessed: int
    held_out: int
    cer_before: float
    cer_after: float
    exact_before: float
    exact_after: float
    base: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Hand:
    """A register's own model."""

    version: str
    folder: Path
    facts: HandFacts

    @property
    def letters_only(self) -> bool:
        """Whether it is the shipped model with the letters of this hand."""
        return not (self.folder / _MODEL).is_file()


class HandStore:
    """The models of a workspace's registers."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def current(self, register_id: str) -> Hand | None:
        """The model that reads this register; None where it has none of its own, or none that is whole."""
        home = self._home(register_id)
        try:
            version = (home / _CURRENT).read_text(encoding="utf-8").strip()
            folder = home / version
            facts = codec.loads(HandFacts, (folder / _FACTS).read_text(encoding="utf-8"))
        except (OSError, ValueError, StoreError):
            return None
        whole = version and any((folder / name).is_file() for name in (_MODEL, _LETTERS))
        return Hand(version, folder, facts) if whole else None

    @contextmanager
    def making(self, register_id: str) -> Iterator[Path]:
        """A folder to make a model in, gone when the block ends. Raises StoreError, DiskFullError.

        What a run that was killed left is cleared away: hold the workspace for "train" meanwhile.
        """
        home = self._home(register_id)
        with file_errors(home):
            home.mkdir(parents=True, exist_ok=True)
            for left in home.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
            made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home))
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)
            with suppress(OSError):  # it holds models, or somebody took it away
                home.rmdir()

    def keep(self, register_id: str, made: Path, version: str, facts: HandFacts) -> Hand:
        """Let a model that was made whole in a folder of `making` read its register from now on.

        Raises StoreError, DiskFullError; the model before then stays.
        """
        home = self._home(register_id)
        before = self.current(register_id)
        self._workspace.write(made / _FACTS, codec.dumps(facts).encode())
        folder = home / version
        with file_errors(folder):
            for file in made.iterdir():
                file.chmod(home.stat().st_mode & 0o666)
                _sync(file)
            if folder.exists():
                shutil.rmtree(folder)
            made.chmod(home.stat().st_mode & 0o777)  # mkdtemp closes what it makes to everybody else
            made.rename(folder)
        self._workspace.write(home / _CURRENT, f"{version}\n".encode())
        kept = {version, *([before.version] if before else [])}
        for old in home.iterdir():
            if old.is_dir() and old.name not in kept and not old.name.startswith(_UNFINISHED):
                shutil.rmtree(old, ignore_errors=True)
        return Hand(version, folder, facts)

    def forget(self, register_id: str) -> bool:
        """Take all models of a register away; False where it has none. Raises StoreError."""
        home = self._home(register_id)
        if not home.exists():
            return False
        with file_errors(home):
            (home / _CURRENT).unlink(missing_ok=True)
            shutil.rmtree(home)
        return True

    def _home(self, register_id: str) -> Path:
        # Some discs tell no capitals apart, and a quoted id may be longer than a name may be.
        mark = hashlib.sha256(register_id.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        name = quote(register_id, safe="", errors="replace")[:_NAME_LENGTH]
        return self._workspace.root / "hands" / f"{name}-{mark}"


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
