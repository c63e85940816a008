"""Images for the clerk: the strip of a row, the page it stands on; from the scan, else from its copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registers.document import Scan
from registers.errors import FeuilletError, NotFoundError
from registers.geometry import Point, Quad
from services.desk import Desk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRIP_HEIGHT = 112  # pixels: shown at 56, sharp on dense screens


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded image with its size in pixels; `scale` is its pixels per pixel of the scan."""

    content: bytes
    media_type: str
    width: int
    height: int
    scale: float = 1.0


def strip_of(desk: Desk, entry_id: str, height: int = STRIP_HEIGHT) -> Picture:
    """The row of an entry, cut out and straightened. Raises NotFoundError, also when no image is left."""
    from ocr.strip import cut_strip, encode_jpeg

    source = desk.catalogue.entries.get(entry_id).entry.source
    scan = desk.catalogue.pages.scan(source.scan_id, source.register_id)
    pixels, scale = _pixels(desk, scan)
    strip = cut_strip(pixels, _scaled(source.quad, scale), height=height)
    return Picture(encode_jpeg(strip), "image/jpeg", strip.shape[1], strip.shape[0], scale)


def page_image(desk: Desk, page_id: str, register_id: str = "") -> Picture:
    """The viewing copy of the scan on which a page lies. Raises NotFoundError when no image is left."""
    scan = desk.catalogue.pages.page(page_id, register_id).scan
    view = desk.workspace.view(scan.id)
    if not view.exists():
        _make_view(desk, scan, view)
    from ocr.strip import image_size

    content = view.read_bytes()
    width, height = image_size(content)
    return Picture(content, "image/jpeg", width, height, width / scan.width)


def _make_view(desk: Desk, scan: Scan, view: Path) -> None:
    from ocr.intake import load_pixels
    from ocr.strip import viewing_copy

    try:
        pixels = load_pixels(scan, desk.settings.read)
    except FeuilletError as error:
        raise NotFoundError(
            f"the scan {scan.image} cannot be opened any more", advice=error.message
        ) from error
    desk.workspace.write(view, viewing_copy(pixels))


def _pixels(desk: Desk, scan: Scan) -> tuple[NDArray[np.uint8], float]:
    """The pixels of the viewing copy, and their scale. The original is not decoded for a strip."""
    from ocr.strip import decode

    view = desk.workspace.view(scan.id)
    if not view.exists():
        _make_view(desk, scan, view)
    pixels = decode(view.read_bytes())
    return pixels, pixels.shape[1] / scan.width


def _scaled(quad: Quad, scale: float) -> Quad:
    return Quad(*(Point(corner.x * scale, corner.y * scale) for corner in quad.corners))
