"""The scans of a register's files: opened once, and again only when a file has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ocr.intake import open_scans
from ocr.read import READER_VERSION
from registers.document import Scan
from registers.errors import FeuilletError, GrowingFileError, ScanError
from registers.settings import ReadSettings
from store.catalogue import Catalogue
from store.files import KnownFile
from store.kept import Failure

_KEEP_AT_ONCE = 200  # files opened in vain when a first run is stopped


def take_in(
    files: Sequence[Path], catalogue: Catalogue, register_id: str, settings: ReadSettings, *, trust: bool
) -> Iterator[Scan]:
    """The scans in the order of the files; a file that cannot be opened is kept as a failure.

    With `trust`, a file of the same size and time of change as before is not opened again.
    """
    failed_before = {
        failure.path for failure in catalogue.pages.failures(register_id) if failure.page_index is None
    }
    known = catalogue.files.known(register_id)
    catalogue.files.forget(register_id, known.keys() - {str(path) for path in files})
    opened: list[KnownFile] = []
    for path in files:
        before = known.get(str(path))
        if trust and before is not None and _is_as_before(path, before, settings):
            yield from before.scans
            continue
        try:
            file = _settled(path, settings)
        except ScanError as error:
            _fail(catalogue, register_id, path, error)
            continue
        if str(path) in failed_before:
            catalogue.pages.clear_failure(register_id, str(path))
        opened.append(file)
        if len(opened) == _KEEP_AT_ONCE:
            catalogue.files.keep(register_id, opened)
            opened.clear()
        yield from file.scans
    catalogue.files.keep(register_id, opened)


def hashes_of(files: Sequence[Path], settings: ReadSettings) -> frozenset[str]:
    """SHA-256 of those files that can be opened."""
    found: set[str] = set()
    for path in files:
        try:
            found.add(open_scans(path, settings)[0].sha256)
        except ScanError:
            continue
    return frozenset(found)


def forget_gone(files: Sequence[Path], catalogue: Catalogue, register_id: str) -> None:
    """A file that failed and was then taken away is no failure any more."""
    here = {str(path) for path in files}
    for failure in catalogue.pages.failures(register_id):
        if failure.path not in here and not Path(failure.path).exists():
            catalogue.pages.clear_failure(register_id, failure.path)


def _is_as_before(path: Path, before: KnownFile, settings: ReadSettings) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns, _mark(settings)) == (
        before.size,
        before.modified,
        before.mark,
    )


def _mark(settings: ReadSettings) -> str:
    return f"reader {READER_VERSION}; dpi {settings.pdf_dpi}; megapixels {settings.max_megapixels}"


def _settled(path: Path, settings: ReadSettings) -> KnownFile:
    """A file opened, which is given a moment when it is still being copied."""
    try:
        return _opened(path, settings)
    except GrowingFileError:
        time.sleep(settings.settle_seconds * 1.1)
        return _opened(path, settings)


def _opened(path: Path, settings: ReadSettings) -> KnownFile:
    try:
        status = path.stat()  # before it is opened: what changes meanwhile is not taken for known
    except OSError:
        status = None
    scans = open_scans(path, settings)
    size, modified = (status.st_size, status.st_mtime_ns) if status is not None else (-1, 0)
    return KnownFile(str(path), size, modified, _mark(settings), scans)


def _fail(catalogue: Catalogue, register_id: str, path: Path, error: FeuilletError) -> None:
    catalogue.pages.save_failure(register_id, Failure(str(path), error.code, error.message, error.advice))
