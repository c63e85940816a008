"""Raster files through Pillow: sizes without decoding, frames, and pixels that are always upright uint8."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from registers.errors import UnreadableScanError

# The limit is settings.max_megapixels, checked before anything is decoded; Pillow's own would warn first.
Image.MAX_IMAGE_PIXELS = None
_EXIF_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})
_SIXTEEN_BIT = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One image of a file: its size upright, and its resolution where the file says it."""

    width: int
    height: int
    dpi: float | None


def frames(path: Path) -> tuple[Frame, ...]:
    """All images of a file, in order; nothing is decoded. Raises UnreadableScanError."""
    with _opened(path) as image:
        count = getattr(image, "n_frames", 1)
        found = []
        for index in range(count):
            if index:
                image.seek(index)
            found.append(_frame(image))
        return tuple(found)


def decode(path: Path, index: int) -> NDArray[np.uint8]:
    """Image `index` of a file, upright: HxW grey or HxWx3 RGB. Raises UnreadableScanError."""
    with _opened(path) as image:
        if index:
            image.seek(index)
        image.load()
        upright = ImageOps.exif_transpose(image)
        return _to_bytes(image if upright is None else upright)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            # Pillow warns of damaged metadata of files that it then decodes without fault.
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = "cut off" if "truncated" in str(error) else "damaged"
        raise UnreadableScanError(
            f"{path.name} is {reason}: it cannot be decoded", advice="copy or scan it again"
        ) from None


def _frame(image: Image.Image) -> Frame:
    width, height = image.size
    try:
        orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - broken EXIF blocks raise many things and say nothing of the image
        orientation = 1
    if orientation in _SIDEWAYS:
        width, height = height, width
    dpi = image.info.get("dpi", (None,))[0]
    return Frame(width, height, float(dpi) if dpi and 1 < float(dpi) < 10_000 else None)


def _to_bytes(image: Image.Image) -> NDArray[np.uint8]:
    if image.mode in _SIXTEEN_BIT:
        return _scaled(np.asarray(image))
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        canvas = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        image = Image.alpha_composite(canvas, rgba).convert("RGB")
    if image.mode == "1":
        image = image.convert("L")
    if image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    return np.asarray(image)


def _scaled(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Deep grey to eight bits: sixteen bits by their range, others by the values that occur."""
    deep = values.astype(np.float32)
    low = min(float(deep.min()), 0.0)
    high = float(deep.max())
    if high <= 255 and low >= 0:
        return deep.astype(np.uint8)
    # Twelve-bit data in sixteen-bit files would be nearly black by the nominal range.
    top = 4095.0 if high <= 4095 else 65535.0 if high <= 65535 else high
    scaled: NDArray[np.uint8] = np.clip((deep - low) * (255.0 / (top - low)), 0, 255).astype(np.uint8)
    return scaled
