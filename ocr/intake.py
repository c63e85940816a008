"""Files come in: which are scans, what is wrong with those that are not, and their pixels upright."""

from __future__ import annotations

import hashlib
import time
from os import stat_result
from pathlib import Path
from typing import TYPE_CHECKING

from ocr.formats import HEAD_BYTES, TAIL_BYTES, ScanFormat, describe_foreign, seems_truncated, sniff
from registers.document import Scan
from registers.errors import (
    EmptyScanError,
    ForeignFileError,
    GrowingFileError,
    OversizedScanError,
    UnreadableScanError,
)
from registers.settings import ReadSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ocr.raster import Frame

SCAN_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".jp2", ".j2k", ".jpx", ".jpf", ".webp", ".pdf"}
)
_SIDECAR_SUFFIXES = frozenset(
    {".xml", ".csv", ".tsv", ".txt", ".toml", ".json", ".md", ".html", ".md5", ".sha1", ".sha256", ".xmp"}
    | {".ini", ".db", ".log", ".yml", ".yaml", ".rtf", ".ods", ".xlsx", ".xls", ".docx", ".doc"}
)
_SIDECAR_NAMES = frozenset({"thumbs.db", "desktop.ini", "manifest", "readme", "licence", "license"})
_HASH_CHUNK = 1 << 20
_MIN_SIDE = 20  # pixels: a smaller side holds no line of text


def is_scan(path: Path) -> bool:
    """Whether a file is meant as a scan, by its name; its content is looked at by `open_scans`."""
    return path.suffix.lower() in SCAN_SUFFIXES and not path.name.startswith(".")


def is_sidecar(path: Path) -> bool:
    """Whether a file only stands beside scans and is passed over in silence."""
    name = path.name.lower()
    return name.startswith((".", "~")) or path.suffix.lower() in _SIDECAR_SUFFIXES or name in _SIDECAR_NAMES


def open_scans(path: Path, settings: ReadSettings) -> tuple[Scan, ...]:
    """The scans that a file holds: one, or one for each page of a PDF or multi-page TIFF.

    Nothing is decoded. Raises one of the ScanError family with one line and an advice when the file is
    cut off, encrypted, empty, huge, foreign, still being copied, forbidden or gone, and
    MissingProgramError for a PDF without poppler.
    """
    try:
        before = _settled(path, settings.settle_seconds)
        kind = _format_of(path, before.st_size)
        frames = _frames(path, kind, settings)
        digest = _sha256(path)
        _unchanged(path, before)
    except OSError as error:
        raise _system_trouble(path, error) from None
    for number, frame in enumerate(frames, start=1):
        _check_size(path, frame, number, len(frames), settings)
    return tuple(
        Scan(
            path=str(path.absolute()),
            sha256=digest,
            page_index=index,
            page_count=len(frames),
            width=frame.width,
            height=frame.height,
            dpi=frame.dpi,
        )
        for index, frame in enumerate(frames)
    )


def load_pixels(scan: Scan, settings: ReadSettings) -> NDArray[np.uint8]:
    """The scan upright (EXIF applied): HxW grey or HxWx3 in OpenCV's order, blue first.

    Raises the ScanError family, EngineTimeoutError (a PDF page that takes too long to render) or
    MissingProgramError.
    """
    import numpy as np

    from ocr import poppler, raster

    path = Path(scan.path)
    try:
        with path.open("rb") as file:
            kind = sniff(file.read(HEAD_BYTES))
        if kind is ScanFormat.PDF:
            dpi = round(scan.dpi or settings.pdf_dpi)
            pixels = poppler.render_page(path, scan.page_index, dpi, settings.page_seconds)
        else:
            pixels = raster.decode(path, scan.page_index)
    except OSError as error:
        raise _system_trouble(path, error) from None
    if pixels.ndim == 3:
        return np.ascontiguousarray(pixels[:, :, ::-1])
    return np.ascontiguousarray(pixels)


def _frames(path: Path, kind: ScanFormat, settings: ReadSettings) -> tuple[Frame, ...]:
    from ocr import poppler, raster

    if kind is ScanFormat.PDF:
        pages = poppler.pdf_pages(path, settings.pdf_dpi)
        return tuple(raster.Frame(page.width, page.height, float(page.dpi)) for page in pages)
    return raster.frames(path)


def _format_of(path: Path, size: int) -> ScanFormat:
    if size == 0:
        raise EmptyScanError(f"{path.name} has no bytes", advice="copy it again")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
    kind = sniff(head)
    if kind is None:
        raise ForeignFileError(
            f"{path.name} is no scan but {describe_foreign(head)}",
            advice="feuillet reads PDF, TIFF, JPEG, JPEG 2000, PNG and WebP",
        )
    if seems_truncated(kind, head, tail, size):
        raise UnreadableScanError(f"{path.name} is cut off: its end is missing", advice="copy it again")
    return kind


def _check_size(path: Path, frame: Frame, number: int, count: int, settings: ReadSettings) -> None:
    where = path.name if count == 1 else f"{path.name}, page {number},"
    if min(frame.width, frame.height) < _MIN_SIDE:
        raise EmptyScanError(
            f"{where} has only {frame.width} x {frame.height} pixels", advice="scan it again"
        )
    megapixels = frame.width * frame.height / 1e6
    if megapixels > settings.max_megapixels:
        raise OversizedScanError(
            f"{where} has {megapixels:.0f} megapixels, more than the {settings.max_megapixels} allowed",
            advice="raise FEUILLET_MAX_MEGAPIXELS or save it at 300 dpi",
        )


def _settled(path: Path, settle_seconds: float) -> stat_result:
    """The file's status once it has been left alone for `settle_seconds`; waits at most that long."""
    first = path.stat()
    if path.is_dir():
        raise ForeignFileError(f"{path.name} is a folder", advice="give it as a folder of scans")
    age = time.time() - first.st_mtime
    if not 0 <= age < settle_seconds:
        return first
    time.sleep(settle_seconds - age)
    _unchanged(path, first)
    return first


def _unchanged(path: Path, before: stat_result) -> None:
    after = path.stat()
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise GrowingFileError(f"{path.name} is still being copied", advice="run again when it is there")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _system_trouble(path: Path, error: OSError) -> UnreadableScanError:
    if isinstance(error, FileNotFoundError):
        return UnreadableScanError(f"{path.name} is no longer there", advice="look where it was moved to")
    if isinstance(error, PermissionError):
        return UnreadableScanError(
            f"{path.name} may not be read by this user", advice="change its permissions"
        )
    reason = error.strerror or "the system gave no reason"
    return UnreadableScanError(f"{path.name} cannot be read: {reason}", advice="check the disk or network")
