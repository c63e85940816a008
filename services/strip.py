"""Images for the clerk: the strip of a row, the page it stands on; from the viewing copy of the scan."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from registers.document import Page, Scan
from registers.errors import FeuilletError, NotFoundError
from registers.geometry import Box, Point, Quad
from services.desk import Desk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRIP_HEIGHT = 112  # pixels: shown at 56, sharp on dense screens
PAGE_BYTES = 300_000
_MARGIN = 0.05  # of the row's height, above and below: more would show the rows beside it
_SIDE_MARGIN = 0.45  # of the row's height, left and right: the table's outer rules are seen
_PAGE_SIDES = (2000, 1600, 1300, 1000)
_VIEWS_AT_HAND = 12  # decoded: 4 MB each when grey, 12 MB when coloured
_decoding = threading.Lock()


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
    quad = _scaled(_widened(source.quad, _SIDE_MARGIN - _MARGIN), scale)
    strip = cut_strip(pixels, quad, margin=_MARGIN, height=height)
    return Picture(encode_jpeg(strip), "image/jpeg", strip.shape[1], strip.shape[0], scale)


def strip_size(quad: Quad, height: int = STRIP_HEIGHT) -> tuple[int, int]:
    """Width and height of the strip that `strip_of` cuts for a row, without looking at its image."""
    tall = max(2.0, quad.height)
    wide = max(2.0, quad.width) + 2 * _SIDE_MARGIN * tall
    return max(1, round(wide / (tall * (1 + 2 * _MARGIN)) * height)), height


def page_image(desk: Desk, page_id: str, register_id: str = "") -> Picture:
    """The viewing copy of the scan on which a page lies. Raises NotFoundError when no image is left."""
    from ocr.strip import image_size

    scan = desk.catalogue.pages.page(page_id, register_id).scan
    content = _view(desk, scan).read_bytes()
    width, height = image_size(content)
    return Picture(content, "image/jpeg", width, height, width / scan.width)


def page_copy(desk: Desk, page_id: str, register_id: str = "") -> Picture:
    """The page side alone (see `page_box`), small enough to come at once; raises as `page_image` does."""
    from ocr.strip import encode_jpeg, shrunk

    stored = desk.catalogue.pages.page(page_id, register_id)
    pixels, scale = _pixels(desk, stored.scan)
    box = page_box(stored.page, stored.scan)
    rows = slice(round(box.y * scale), max(1, round(box.bottom * scale)))
    columns = slice(round(box.x * scale), max(1, round(box.right * scale)))
    side = pixels[rows, columns]
    content, small = b"", side
    for longest in _PAGE_SIDES:
        small = shrunk(side, longest)
        content = encode_jpeg(small, 72)
        if len(content) <= PAGE_BYTES:
            break
    return Picture(content, "image/jpeg", small.shape[1], small.shape[0], small.shape[1] / box.width)


def page_box(page: Page, scan: Scan) -> Box:
    """Where a page side lies on its scan, in pixels of the scan; never beyond its edges."""
    whole = Box(0, 0, scan.width, scan.height)
    return page.quad.bounds.intersection(whole) or whole


def _view(desk: Desk, scan: Scan) -> Path:
    view = desk.workspace.view(scan.id)
    if not view.exists():
        _make_view(desk, scan, view)
    return view


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
    view = _view(desk, scan)
    # The strips of one scan are asked for at once: the first decodes it, the others wait for that.
    with _decoding:
        pixels = _decoded(view, view.stat().st_mtime_ns)
    return pixels, pixels.shape[1] / scan.width


@lru_cache(maxsize=_VIEWS_AT_HAND)
def _decoded(view: Path, _changed: int) -> NDArray[np.uint8]:
    from ocr.strip import decode

    return decode(view.read_bytes())


def _widened(quad: Quad, margin: float) -> Quad:
    """The quad, longer at both ends by `margin` of its height."""
    along = (quad.top_right.x - quad.top_left.x, quad.top_right.y - quad.top_left.y)
    share = margin * quad.height / max(quad.width, 1.0)
    dx, dy = along[0] * share, along[1] * share
    left = [Point(corner.x - dx, corner.y - dy) for corner in (quad.top_left, quad.bottom_left)]
    right = [Point(corner.x + dx, corner.y + dy) for corner in (quad.top_right, quad.bottom_right)]
    return Quad(left[0], right[0], right[1], left[1])


def _scaled(quad: Quad, scale: float) -> Quad:
    return Quad(*(Point(corner.x * scale, corner.y * scale) for corner in quad.corners))
