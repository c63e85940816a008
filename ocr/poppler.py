"""Poppler's programs: how many pages a PDF has, how large they are, and one of them as pixels."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registers.errors import (
    EmptyScanError,
    EncryptedScanError,
    EngineTimeoutError,
    MissingProgramError,
    UnreadableScanError,
)

# pdfinfo's -isodates and the page ranges that pdf2image relies on are all there since then.
MINIMUM_VERSION = (0, 62)
_ADVICE = "install it: apt install poppler-utils, or brew install poppler"
_POINTS_PER_INCH = 72
_USUAL_DPI = (120, 600)  # of scans: outside, an image is a logo or a preview


@dataclass(frozen=True, slots=True)
class PdfPage:
    """Size of a page in pixels, upright, at the resolution at which it is to be rendered."""

    width: int
    height: int
    dpi: int


def poppler_version() -> str:
    """Poppler's version, such as "22.12.0".

    Raises MissingProgramError when it is not installed or too old.
    """
    program = shutil.which("pdfinfo")
    if program is None or shutil.which("pdftoppm") is None:
        raise MissingProgramError("poppler is not installed, PDF files cannot be read", advice=_ADVICE)
    answer = subprocess.run([program, "-v"], capture_output=True, text=True, check=False, timeout=20)
    found = re.search(r"version (\d+(?:\.\d+)+)", answer.stderr + answer.stdout)
    if found is None:
        raise MissingProgramError("pdfinfo does not say its version", advice=_ADVICE)
    version = tuple(int(part) for part in found.group(1).split("."))
    if version < MINIMUM_VERSION:
        raise MissingProgramError(f"poppler {found.group(1)} is too old", advice=_ADVICE)
    return found.group(1)


def pdf_pages(path: Path, dpi: int) -> tuple[PdfPage, ...]:
    """The pages of a PDF with their sizes.

    A page that is one scanned image is rendered at that image's own resolution, where that is a usual
    one; any other page at `dpi`.

    Raises EncryptedScanError, EmptyScanError, UnreadableScanError or MissingProgramError.
    """
    count = int(_pdfinfo(path).get("Pages", 0))
    if count == 0:
        raise EmptyScanError(f"{path.name} is a PDF without pages", advice="export it again")
    details = _pdfinfo(path, last_page=count)
    own = _image_resolutions(path)
    return tuple(_page_size(details, number, own.get(number, dpi)) for number in range(1, count + 1))


def render_page(path: Path, index: int, dpi: int, timeout: int) -> NDArray[np.uint8]:
    """Page `index` (from 0) at `dpi`: HxWx3 RGB.

    Raises UnreadableScanError, EncryptedScanError, EngineTimeoutError or MissingProgramError.
    """
    from pdf2image import convert_from_path
    from pdf2image.exceptions import PDFPopplerTimeoutError

    try:
        images = convert_from_path(
            path, dpi=dpi, first_page=index + 1, last_page=index + 1, use_cropbox=True, timeout=timeout
        )
    except PDFPopplerTimeoutError:
        raise EngineTimeoutError(
            f"{path.name}: page {index + 1} took longer than {timeout} s to render",
            advice="raise FEUILLET_PAGE_SECONDS or lower FEUILLET_PDF_DPI",
        ) from None
    except Exception as error:  # noqa: BLE001 - pdf2image raises bare exceptions of several libraries
        raise _translated(path, error) from None
    if not images:
        raise UnreadableScanError(
            f"{path.name}: page {index + 1} cannot be rendered", advice="export the PDF again"
        )
    return np.asarray(images[0].convert("RGB"))


def _pdfinfo(path: Path, last_page: int | None = None) -> dict[str, Any]:
    from pdf2image import pdfinfo_from_path

    try:
        if last_page is None:
            return dict(pdfinfo_from_path(str(path), timeout=60))
        return dict(pdfinfo_from_path(str(path), timeout=60, first_page=1, last_page=last_page))
    except Exception as error:  # noqa: BLE001 - pdf2image raises bare exceptions of several libraries
        raise _translated(path, error) from None


def _translated(path: Path, error: Exception) -> Exception:
    from pdf2image.exceptions import PDFInfoNotInstalledError

    if isinstance(error, PDFInfoNotInstalledError | FileNotFoundError):
        return MissingProgramError("poppler is not installed, PDF files cannot be read", advice=_ADVICE)
    said = str(error)
    if "Incorrect password" in said or "ncrypted" in said:
        return EncryptedScanError(
            f"{path.name} is protected by a password", advice="save a copy without password"
        )
    if "Invalid page count 0" in said or "last page (0)" in said:
        return EmptyScanError(f"{path.name} is a PDF without pages", advice="export it again")
    return UnreadableScanError(
        f"{path.name} is damaged or cut off: no PDF reader can open it", advice="copy or export it again"
    )


def _image_resolutions(path: Path) -> dict[int, int]:
    """Pixels per inch of the pages (from 1) that hold exactly one image; none where poppler can't say."""
    program = shutil.which("pdfimages")
    if program is None:
        return {}
    answer = subprocess.run(
        [program, "-list", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    images: dict[int, list[tuple[int, int]]] = {}
    for line in answer.stdout.splitlines()[2:]:
        fields = line.split()
        if len(fields) >= 14 and fields[2] == "image" and fields[12].isdigit() and fields[13].isdigit():
            images.setdefault(int(fields[0]), []).append((int(fields[12]), int(fields[13])))
    single = {page: found[0] for page, found in images.items() if len(found) == 1}
    low, high = _USUAL_DPI
    return {page: x for page, (x, y) in single.items() if abs(x - y) <= 2 and low <= x <= high}


def _page_size(details: dict[str, Any], number: int, dpi: int) -> PdfPage:
    text = next((str(v) for k, v in details.items() if re.fullmatch(rf"Page\s+{number}\s+size", k)), "")
    turned = next((str(v) for k, v in details.items() if re.fullmatch(rf"Page\s+{number}\s+rot", k)), "0")
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if len(numbers) < 2:
        return PdfPage(0, 0, dpi)
    width, height = (ceil(float(value) * dpi / _POINTS_PER_INCH) for value in numbers[:2])
    if turned.strip() in {"90", "270"}:
        width, height = height, width
    return PdfPage(width, height, dpi)
