"""From the paths that a person gives to registers with their files.

Every folder that directly holds scans is a register, found recursively; a file given alone is one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ocr.intake import is_scan, is_sidecar
from registers.errors import ConfigurationError, UsageError
from registers.register import Register
from services.register_file import read_register_file


@dataclass(frozen=True, slots=True)
class FoundRegister:
    """A register with its files in natural order; `foreign` are files of kinds that are not read."""

    register: Register
    files: tuple[Path, ...]
    foreign: tuple[Path, ...] = ()
    problem: ConfigurationError | None = None


def find_registers(paths: Iterable[Path]) -> tuple[FoundRegister, ...]:
    """All registers under the paths, by id.

    A register whose register.toml is wrong is returned with its `problem`, so that the others go on.
    Raises UsageError when a path does not exist, when nothing is found, or when two folders claim one id.
    """
    found: list[FoundRegister] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} does not exist", advice="give a folder of scans, or one scan")
        found.extend([_lone_file(path)] if path.is_file() else _under(path))
    if not found:
        raise UsageError(
            f"no scans under {', '.join(str(path) for path in paths)}",
            advice="scans are PDF, TIFF, JPEG, PNG, JPEG 2000 or WebP files",
        )
    return tuple(sorted(_without_repeats(found), key=lambda item: natural_key(item.register.id)))


def _lone_file(path: Path) -> FoundRegister:
    path = path.resolve()
    try:
        register_id, settings = read_register_file(path.parent)
    except ConfigurationError as problem:
        return FoundRegister(Register(path.stem, str(path)), (path,), problem=problem)
    named = register_id or path.stem
    return FoundRegister(Register(named, str(path), settings), (path,))


def _under(root: Path) -> Iterable[FoundRegister]:
    root = root.resolve()
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        item = _in_folder(root, Path(folder), names)
        if item is not None:
            yield item


def _in_folder(root: Path, folder: Path, names: list[str]) -> FoundRegister | None:
    files = [folder / name for name in sorted(names, key=natural_key) if not is_sidecar(folder / name)]
    scans = tuple(path for path in files if is_scan(path))
    foreign = tuple(path for path in files if not is_scan(path))
    if not scans and not (foreign and folder == root):
        return None
    default_id = folder.relative_to(root).as_posix() if folder != root else root.name
    try:
        register_id, settings = read_register_file(folder)
    except ConfigurationError as problem:
        return FoundRegister(Register(default_id, str(folder)), scans, foreign, problem)
    return FoundRegister(Register(register_id or default_id, str(folder), settings), scans, foreign)


def _without_repeats(found: list[FoundRegister]) -> Iterable[FoundRegister]:
    """One register per folder; a folder given twice counts once, lone files of one id are joined."""
    by_id: dict[str, FoundRegister] = {}
    for item in found:
        first = by_id.get(item.register.id)
        if first is None:
            by_id[item.register.id] = item
        elif set(item.files) <= set(first.files):
            continue
        elif folder_of(first.register) == folder_of(item.register):
            files = sorted({*first.files, *item.files}, key=lambda path: natural_key(path.name))
            register = replace(first.register, folder=str(folder_of(first.register)))
            by_id[item.register.id] = replace(first, register=register, files=tuple(files))
        else:
            raise UsageError(
                f"two registers have the id {item.register.id!r}:"
                f" {first.register.folder} and {item.register.folder}",
                advice="give each its own id in register.toml",
            )
    return by_id.values()


def folder_of(register: Register) -> Path:
    """The folder that holds a register's scans, also of one that is a lone file."""
    path = Path(register.folder)
    return path if path.is_dir() else path.parent


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Orders "vue 9" before "vue 10"."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
